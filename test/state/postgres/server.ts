import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL of its own, to be stopped and killed. */
export class Server {
  readonly #folder: string;
  readonly #port: number;
  readonly #user: { readonly uid?: number; readonly gid?: number };
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number, user: object) {
    this.#folder = folder;
    this.#port = port;
    this.#user = user;
  }

  static async make(): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'writ-postgres-'));
    // PostgreSQL refuses to run as root.
    const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
    const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
    const server = new Server(folder, await freePort(), user);
    const args = ['-D', server.#data, '-U', 'writ', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
    execFileSync(programOf('initdb'), args, { ...user, cwd: folder, stdio: 'ignore' });
    return server;
  }

  get url(): string {
    return `postgres://writ@127.0.0.1:${this.#port}/postgres`;
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** Starts it, with settings such as `fsync=off`, and waits until it answers. */
  async start(...settings: readonly string[]): Promise<void> {
    const own = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_locks_per_transaction=10'];
    const args = [
      '-D',
      this.#data,
      '-p',
      String(this.#port),
      ...[...own, ...settings].flatMap((each) => ['-c', each]),
    ];
    this.#process = spawn(programOf('postgres'), args, { ...this.#user, cwd: this.#folder, stdio: 'ignore' });
    while (!(await this.#answers())) await sleep(50);
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const server = this.#process;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    if (signal === 'SIGKILL') this.signal('SIGKILL');
    else server.kill(signal);
    await event(server, 'exit');
  }

  /** Sends a signal to the server and to all processes that it started. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.#process?.pid as number;
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    for (const each of [pid, ...children.trim().split(/\s+/).map(Number)])
      try {
        process.kill(each, signal);
      } catch {
        // It ended by itself.
      }
  }

  /** Keeps a copy of a server that is stopped; the result puts it in its place. */
  copy(): () => void {
    const options = { recursive: true, preserveTimestamps: true };
    const copy = join(this.#folder, 'copy');
    cpSync(this.#data, copy, options);
    return () => {
      rmSync(this.#data, options);
      cpSync(copy, this.#data, options);
      if (this.#user.uid !== undefined)
        execFileSync('chown', ['-R', `${this.#user.uid}:${this.#user.gid}`, this.#data]);
      execFileSync('chmod', ['700', this.#data]);
    };
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      if (this.#process?.exitCode !== null)
        throw new Error(`PostgreSQL ended with ${this.#process?.exitCode}`);
      return false;
    }
  }
}

function programOf(name: string): string {
  const versions = '/usr/lib/postgresql';
  const newest = existsSync(versions) ? readdirSync(versions).at(-1) : undefined;
  return newest === undefined ? name : join(versions, newest, 'bin', name);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await event(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await event(server, 'close');
  return port;
}
