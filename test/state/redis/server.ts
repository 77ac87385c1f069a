import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
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
    const own = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const safe = ['--appendonly', 'yes', '--appendfsync', 'always', '--enable-debug-command', 'yes'];
    this.#process = spawn('redis-server', [...own, ...safe, ...this.#settings], { stdio: 'ignore' });
    while ((await this.admin.ping().catch(() => '')) !== 'PONG') await sleep(20);
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
