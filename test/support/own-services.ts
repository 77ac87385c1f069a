import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// A set of servers of a test's own, beside the set that other tests share.

const script = new URL('../../scripts/services.sh', import.meta.url).pathname;

/** Listens at a port of 127.0.0.1; undefined where another does. */
export const listen = (port: number) =>
  new Promise<Server | undefined>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

/** Closes what `listen` has opened. */
export const close = (server: Server | undefined) =>
  new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));

const bases = [15432, 16379, 17001, 17002, 17003, 27001, 27002, 27003];

async function freeShift(): Promise<number> {
  const first = Math.floor(Math.random() * 80);
  for (let tries = 0; tries < 80; tries++) {
    const shift = 100 + 10 * ((first + tries) % 80);
    const servers = await Promise.all(bases.map((base) => listen(base + shift)));
    await Promise.all(servers.map(close));
    if (servers.every((server) => server !== undefined)) return shift;
  }
  throw new Error('no free ports for services');
}

/** What a run of the script did. */
export interface Run {
  readonly status: number | null;
  readonly said: string;
}

/** Runs the script with words, where `environment` says. */
export function services(words: readonly string[], environment: Record<string, string>): Run {
  const { status, stdout, stderr } = spawnSync('bash', [script, ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    timeout: 120_000,
  });
  return { status, said: stdout + stderr };
}

/** Ports that are free, and a folder; `run` runs the script there, and `drop` ends all and removes the folder. */
export async function ownServices() {
  const shift = await freeShift();
  const folder = await mkdtemp(join(tmpdir(), 'writ-services-test-'));
  const own = join(folder, 'services');
  const run = (...words: string[]) =>
    services(words, { WRIT_SERVICES_FOLDER: own, WRIT_SERVICES_PORTS: String(shift) });
  const drop = async () => {
    run('stop');
    const data = await realpath(join(own, 'data')).catch(() => own);
    for (const path of [data, folder]) rmSync(path, { recursive: true, force: true });
  };
  return { shift, run, drop };
}

/** The ids of the main processes that a run names. */
export const processesIn = ({ said }: Run): number[] =>
  [...said.matchAll(/, process ([\d ]+)$/gm)].flatMap(([, ids = '']) => ids.split(' ').map(Number));

/** The id of a process and then the ids of its children, of those that run. */
export function familyOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const runs = all.map(Number).filter((id) => statOf(id)[0] !== 'Z');
  return [pid, ...runs.filter((id) => Number(statOf(id)[1]) === pid)].filter((id) => runs.includes(id));
}

// One that has ended stays as a zombie until its parent asks.
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return ['Z'];
  }
}
