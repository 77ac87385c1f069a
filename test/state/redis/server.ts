import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A port on which nobody listens, below those that the system gives to clients. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]).catch(() => false);
    server.close();
    if (free) return port;
  }
}

/** A real server of a test's own, which may be stopped, killed, filled and emptied. */
export class Server {
  readonly folder = mkdtempSync(join(tmpdir(), 'writ-redis-'));
  readonly port: number;
  readonly url: string;
  readonly #settings: string[];
  /** A client for what tests do to the server. */
  readonly admin: Redis;
  #process: ChildProcess | undefined;

  private constructor(port: number, settings: string[]) {
    this.port = port;
    this.url = `redis://127.0.0.1:${port}`;
    this.#settings = settings;
    this.admin = new Redis(this.url, {
      retryStrategy: () => 50,
      lazyConnect: true,
      maxRetriesPerRequest: null,
    });
    this.admin.on('error', () => {});
  }

  /** Starts one on a free port. */
  static async start(...settings: string[]): Promise<Server> {
    const server = new Server(await freePort(), settings);
    await server.again();
    return server;
  }

  /** Starts it again, on its data, and waits until it answers. */
  async again(): Promise<void> {
    const place = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const safe = ['--appendonly', 'yes', '--appendfsync', 'always', '--repl-diskless-sync-delay', '0'];
    this.#process = spawn('redis-server', [...place, ...safe, ...this.#settings], { stdio: 'ignore' });
    const own = `process_id:${this.#process.pid}\r`;
    while (!(await this.admin.info('server').catch(() => '')).includes(own)) await sleep(20);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** Kills it and waits until it is gone. */
  async kill(): Promise<void> {
    const server = this.#process;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  }

  /** Kills it and drops its data. */
  async end(): Promise<void> {
    this.admin.disconnect();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
