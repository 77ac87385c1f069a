import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import { type Host, startHost } from './host.ts';

/** The built program, which `npm test` builds first. */
export const MAIN: string = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a run of `writ` left behind. */
export interface Run {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Given {
  readonly input?: string | Buffer;
  readonly env?: NodeJS.ProcessEnv;
}

/** A new empty folder and `writ` in it. */
export interface Workplace {
  readonly folder: string;
  /** Runs a command in the process that all commands of a test file share, which is as good, and quicker. */
  writ(args: readonly string[], given?: Given): Run;
  /** Runs a command in a process of its own, its input and output by pipes. */
  spawn(args: readonly string[], given?: Given): Run;
  /** Runs and demands exit code 0; gives back standard output without its final newline. */
  ok(...args: readonly string[]): string;
}

let host: Host | undefined;
afterAll(() => host?.stop());

/** Makes a workplace that is gone when the test is; `sharedWorkplace` when the tests of a file are. */
export function workplace(whenDone: (remove: () => void) => void = onTestFinished): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'writ-test-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  const writ: Workplace['writ'] = (args, { input = '', env = {} } = {}) => {
    host ??= startHost(MAIN);
    return host.run({ args, folder, more: env, input });
  };
  const spawn: Workplace['spawn'] = (args, { input = '', env = {} } = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
      cwd: folder,
      encoding: 'utf8',
      input,
      env: { ...process.env, ...env },
    });
    return { exit: status, stdout, stderr };
  };
  const ok: Workplace['ok'] = (...args) => {
    const { exit, stdout, stderr } = writ(args);
    if (exit !== 0) throw new Error(`writ ${args.join(' ')} ended with ${exit}: ${stderr}`);
    return stdout.trimEnd();
  };
  return { folder, writ, spawn, ok };
}

/** A workplace that the tests of a file read and do not change. */
export function sharedWorkplace(): Workplace {
  return workplace(afterAll);
}

/** The clock that the tests of the command line go by. */
export const CLOCK = ['--now', '2026-11-22T14:00:00Z'] as const;
export const SERVICE = 'https://files.acme.example';

/** Makes keys of agents, `NAME.jwk` and `NAME.pub.jwk`. */
export function makeKeys({ ok }: Workplace, ...names: readonly string[]): void {
  for (const name of names) {
    ok('keygen', '--suite', 'ed25519', '--out', `${name}.jwk`, '--public', `${name}.pub.jwk`);
  }
}

/** A grantor, a trust file and a grant in `grant.writ`, by either suite. */
export function makeGrant(place: Workplace, suite: 'ed25519' | 'hmac', ...more: readonly string[]): void {
  const { ok } = place;
  const anchor = ['trust', 'add', '--trust', 'trust.jwks'];
  if (suite === 'ed25519') {
    makeKeys(place, 'cfo', 'research');
    ok(...anchor, '--key', 'cfo.pub.jwk', '--principal', 'mailto:cfo@acme.example', '--kind', 'human');
  } else {
    ok('keygen', '--suite', 'hmac', '--out', 'cfo.jwk');
    const authority = ['--principal', 'https://iam.acme.example', '--kind', 'authority'];
    ok(...anchor, '--key', 'cfo.jwk', ...authority, '--speaks-for', 'mailto:*');
  }
  const to = suite === 'ed25519' ? ['--to', 'research.pub.jwk'] : ['--audience', SERVICE];
  ok(
    ...[
      'grant',
      '--key',
      'cfo.jwk',
      '--grantor',
      'mailto:cfo@acme.example',
      ...to,
      '--as',
      'agent:acme/research',
    ],
    ...['--mission', 'q3-report', '--purpose', 'Prepare the Q3 report', '--allow', 'read,list reports/**'],
    ...['--expires', '2h', '--delegations', '3', '--out', 'grant.writ', ...CLOCK, ...more],
  );
}
