import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AUDIENCE, NOW, trustFile } from '../support/forge.ts';
import type { Presentation } from './mint.ts';

/** A worker that is a thread of this process, or a process of its own. */
export interface Seat {
  /** @param address of a store: `lmdb:PATH`, `redis://HOST?prefix=NAME` or `postgres://HOST/DATABASE?schema=NAME` */
  open(address: string, clock?: number): Promise<void>;
  present(presentations: readonly Presentation[], log?: string): Promise<string[]>;
  settle(presentations: readonly Presentation[]): Promise<number[]>;
  usage(text: string): Promise<{ readonly used?: number; readonly taken?: number[] }>;
  close(): Promise<void>;
  /** Ends it at once, in the middle of whatever it does: a process by SIGKILL. */
  kill(): Promise<void>;
}

/** All workers and folders of one test, which are gone with it, however it ends. */
export interface Crowd {
  thread(): Seat;
  process(): Seat;
  folder(): string;
  /** Something to be done when all workers are gone. */
  finally(end: () => Promise<void>): void;
  disperse(): Promise<void>;
}

/** A worker ended before it answered. */
export class Gone extends Error {}

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));

// A worker that waits for a lock of a dead one would wait for ever; none of them works for so long.
const PATIENCE = 120_000;

export function gather(): Crowd {
  const seats = new Set<Seat>();
  const folders = new Set<string>();
  const ends: (() => Promise<void>)[] = [];
  const seated = (seat: Seat) => {
    seats.add(seat);
    return seat;
  };
  return {
    thread: () => seated(seatOf(new Worker(WORKER))),
    process: () => seated(seatOf(fork(WORKER, { execArgv: [], serialization: 'advanced' }))),
    folder() {
      const folder = mkdtempSync(join(tmpdir(), 'writ-torture-'));
      folders.add(folder);
      return folder;
    },
    finally(end) {
      ends.push(end);
    },
    async disperse() {
      await Promise.all([...seats].map((seat) => seat.kill()));
      for (const end of ends.splice(0)) await end();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function seatOf(host: Worker | ChildProcess): Seat {
  const gone = once(host, 'exit');
  const end = gone.then(() => Promise.reject(new Gone('the worker is gone')));
  end.catch(() => {});
  const ask = async (task: string, given: object = {}): Promise<unknown> => {
    const late = AbortSignal.timeout(PATIENCE);
    const answer = once(host, 'message', { signal: late });
    if (host instanceof Worker) host.postMessage({ task, given });
    // Where it is gone already, the answer says so.
    else host.send({ task, given }, () => {});
    const [{ result, error }] = (await Promise.race([answer, end])) as [{ result?: unknown; error?: string }];
    if (error !== undefined) throw new Error(`${task}: ${error}`);
    return result;
  };
  return {
    async open(address, clock = NOW) {
      await ask('open', { address, clock, audience: AUDIENCE, jwkSet: trustFile });
    },
    present: (presentations, log) => ask('present', { presentations, log }) as Promise<string[]>,
    settle: (presentations) => ask('settle', { presentations }) as Promise<number[]>,
    usage: (text) => ask('usage', { text }) as ReturnType<Seat['usage']>,
    async close() {
      await ask('close');
    },
    async kill() {
      if (host instanceof Worker) await host.terminate();
      else if (host.exitCode === null && host.signalCode === null) {
        host.kill('SIGKILL');
        await gone;
      }
    },
  };
}
