import type { Seat } from './crowd.ts';
import { mintAll, minter } from './mint.ts';
import type { Place } from './place.ts';

/** What came of sealed requests that all workers presented at once. */
export interface Shared {
  requests: number;
  /** Those that exactly one worker was allowed, and that were a replay for all others. */
  once: number;
  readonly violations: string[];
}

const EACH = 4;

/** Lets all workers present the same sealed requests at once, each run in a new store. */
export async function share(
  place: Place,
  seats: readonly Seat[],
  runs: number,
  tell: (runs: number) => void = () => {},
): Promise<Shared> {
  const shared: Shared = { requests: 0, once: 0, violations: [] };
  for (let run = 0; run < runs; run++) {
    const address = await place();
    await Promise.all(seats.map((seat) => seat.open(address)));
    const mint = minter(run % 2 === 0 ? 1 : 2, `share ${run}`, []);
    const same = mintAll(mint, EACH, { action: 'read', resource: 'reports/q3.pdf' });
    const found = await Promise.all(seats.map((seat) => seat.present(same)));
    for (let i = 0; i < EACH; i++) {
      const codes = found.map((own) => own[i] as string);
      const wins = codes.filter((code) => code === 'allowed').length;
      const replays = codes.filter((code) => code === 'invocation.replay').length;
      shared.requests++;
      if (wins === 1 && replays === seats.length - 1) shared.once++;
      else shared.violations.push(`run ${run}, request ${i}: ${codes.join(' ')}`);
    }
    tell(run + 1);
  }
  return shared;
}
