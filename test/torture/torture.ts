import { type Crowd, gather, type Seat } from './crowd.ts';
import { type Killed, killAll } from './kill.ts';
import { onDisk } from './place.ts';
import { randomFrom } from './random.ts';
import { killClerks, type Recorded } from './receipts.ts';
import { type Shared, share } from './share.ts';
import { type Spent, spend } from './spend.ts';

/** How many workers there are of each sort. */
export const SORTS = [
  ['threads', 8],
  ['processes', 4],
] as const;

type Sort = (typeof SORTS)[number][0];

/** Workers of a sort. */
export function seatsOf(crowd: Crowd, sort: Sort, count: number): Seat[] {
  return Array.from({ length: count }, sort === 'threads' ? crowd.thread : crowd.process);
}

/** How much stores and logs of receipts are made to suffer. */
export interface Torment {
  readonly runs: number;
  readonly kills: number;
  readonly seed: number;
  /** Hears how far it has come. */
  tell(progress: string): void;
}

/** What it came to. */
export interface Suffered {
  readonly spent: readonly { readonly sort: string; readonly spent: Spent; readonly shared: Shared }[];
  readonly killed: Killed;
  readonly recorded: Recorded;
}

/** Spenders over threads and over processes, then kills; on lmdb, then of a log; in folders that are gone afterwards. */
export async function torture({ runs, kills, seed, tell }: Torment): Promise<Suffered> {
  const crowd = gather();
  try {
    const random = randomFrom(seed);
    const spent: Suffered['spent'][number][] = [];
    for (const [sort, count] of SORTS) {
      const seats = seatsOf(crowd, sort, count);
      const hear = (what: string) => (run: number) =>
        tell(`${count} ${sort}, ${what}: run ${run} of ${runs}`);
      spent.push({
        sort: `${count} ${sort}`,
        spent: await spend(onDisk(crowd), seats, runs, random, hear('one budget')),
        shared: await share(onDisk(crowd), seats, runs, hear('the same nonces')),
      });
      await Promise.all(seats.map((seat) => seat.close()));
    }
    const killed = await killAll(crowd, kills, random, (count) => tell(`kill ${count} of ${kills}`));
    const recorded = await killClerks(crowd, kills, random, (count) =>
      tell(`receipts: kill ${count} of ${kills}`),
    );
    return { spent, killed, recorded };
  } finally {
    await crowd.disperse();
  }
}
