import type { Change } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';
import type { Seat } from './crowd.ts';
import { type Asked, mintAll, minter } from './mint.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';

/** What runs of concurrent spenders came to. */
export interface Spent {
  readonly runs: number;
  /** Runs in which exactly the budget was allowed, and everything else denied for it. */
  exact: number;
  presented: number;
  allowed: number;
  /** Runs in which more than one worker was allowed something. */
  contended: number;
  readonly violations: string[];
}

/** A budget, what asks for it, and how often that is allowed. */
interface Budget {
  readonly kind: string;
  readonly caveats: Change;
  readonly asked: Asked;
  readonly fits: number;
  readonly denied: string;
}

/** Lets all workers spend at once what is enough for some of their requests, each run in a new store. */
export async function spend(
  place: Place,
  seats: readonly Seat[],
  runs: number,
  random: Random,
  tell: (runs: number) => void = () => {},
): Promise<Spent> {
  const spent: Spent = { runs, exact: 0, presented: 0, allowed: 0, contended: 0, violations: [] };
  for (let run = 0; run < runs; run++) {
    const each = random.between(3, 6);
    const { kind, caveats, asked, fits, denied } = budgetOf(run, seats.length * each, random);
    const address = await place();
    // Verifiers whose clocks differ by a second, of which the store takes the later one.
    await Promise.all(seats.map((seat, i) => seat.open(address, NOW + (i % 2))));
    const all = mintAll(minter(run % 2 === 0 ? 1 : 2, `spend ${run}`, caveats), seats.length * each, asked);
    const found = await Promise.all(
      seats.map((seat, i) => seat.present(all.slice(i * each, (i + 1) * each))),
    );
    const codes = found.flat();
    const allowed = codes.filter((code) => code === 'allowed').length;
    const others = codes.filter((code) => code !== 'allowed' && code !== denied);
    spent.presented += codes.length;
    spent.allowed += allowed;
    if (found.filter((some) => some.includes('allowed')).length > 1) spent.contended++;
    if (allowed === fits && others.length === 0) spent.exact++;
    else spent.violations.push(`run ${run}, ${kind}: allowed ${allowed} of ${fits}, ${others.join(' ')}`);
    tell(run + 1);
  }
  return spent;
}

function budgetOf(run: number, requests: number, random: Random): Budget {
  const fits = random.between(1, requests - 1);
  const cost = random.between(2, 9);
  const amount = fits * cost + random.below(cost);
  const paid = { asked: { action: 'pay', resource: `pay/${cost}` }, fits, denied: 'limits.spent' };
  const kinds: readonly Budget[] = [
    { ...paid, kind: 'calls', caveats: [[15, [['call', fits]]]] },
    { ...paid, kind: 'calls in a window', caveats: [[15, [['call', fits, 60]]]] },
    { ...paid, kind: 'costs', caveats: [[15, [['usd-cent', amount]]]] },
    { ...paid, kind: 'costs in a window', caveats: [[15, [['usd-cent', amount, 60]]]] },
    { ...paid, kind: 'reservations', asked: { action: 'pay', resource: `pay/${cost}/0` }, caveats: [[15, [['usd-cent', amount]]]] }, // biome-ignore format: a row a line
    { ...paid, kind: 'a step', caveats: [[16, [[[['pay'], ['**']], 1, fits]]]], denied: 'plan.closed' }, // biome-ignore format: a row a line
  ];
  return kinds[run % kinds.length] as Budget;
}
