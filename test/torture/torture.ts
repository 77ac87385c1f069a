import { gather } from './crowd.ts';
import { type Killed, killAll } from './kill.ts';
import { randomFrom } from './random.ts';
import { type Spent, spend } from './spend.ts';

/** How much a store is made to suffer. */
export interface Torment {
  readonly runs: number;
  readonly kills: number;
  readonly seed: number;
  /** Hears how far it has come. */
  tell?(progress: string): void;
}

/** What it came to. */
export interface Suffered {
  readonly threads: Spent;
  readonly processes: Spent;
  readonly killed: Killed;
}

const THREADS = 8;
const PROCESSES = 4;

/** Concurrent spenders over threads and over processes, then kills; on lmdb, in folders that are gone afterwards. */
export async function torture({ runs, kills, seed, tell = () => {} }: Torment): Promise<Suffered> {
  const crowd = gather();
  try {
    const random = randomFrom(seed);
    const over = async (name: string, count: number, sit: () => ReturnType<typeof crowd.thread>) => {
      const seats = Array.from({ length: count }, sit);
      const spent = await spend(crowd, seats, runs, random, (run) => tell(`${name}: run ${run} of ${runs}`));
      await Promise.all(seats.map((seat) => seat.close()));
      return spent;
    };
    return {
      threads: await over(`${THREADS} threads`, THREADS, crowd.thread),
      processes: await over(`${PROCESSES} processes`, PROCESSES, crowd.process),
      killed: await killAll(crowd, kills, random, (count) => tell(`kill ${count} of ${kills}`)),
    };
  } finally {
    await crowd.disperse();
  }
}
