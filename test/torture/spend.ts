import type { Change } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';
import type { Crowd, Seat } from './crowd.ts';
import { type Asked, mintAll, minter, type Presentation } from './mint.ts';
import type { Random } from './random.ts';

/** What runs of concurrent spenders came to. */
export interface Spent {
  runs: number;
  /** Runs in which exactly the budget was allowed, and everything else denied for it. */
  exact: number;
  presented: number;
  allowed: number;
  /** Runs in which more than one worker was allowed something. */
  contended: number;
  /** Sealed requests that all workers presented, and those of them that exactly one was allowed. */
  shared: number;
  once: number;
  violations: string[];
}

/** A budget, what asks for it, and how often that is allowed. */
interface Budget {
  readonly kind: string;
  readonly caveats: Change;
  readonly asked: Asked;
  readonly fits: number;
  readonly denied: string;
}

const SHARED = 4;

/**
 * Lets all workers spend at once what is enough for some of their requests, and then present the same requests, each
 * run in a new folder.
 */
export async function spend(
  crowd: Crowd,
  seats: readonly Seat[],
  runs: number,
  random: Random,
  tell: (runs: number) => void,
): Promise<Spent> {
  const spent: Spent = { runs, exact: 0, presented: 0, allowed: 0, contended: 0, shared: 0, once: 0, violations: [] }; // biome-ignore format: short
  for (let run = 0; run < runs; run++) {
    const suite = run % 2 === 0 ? 1 : 2;
    const each = random.between(3, 6);
    const budget = budgetOf(run, seats.length * each, random);
    const path = `${crowd.folder()}/store`;
    // Verifiers whose clocks differ by a second, of which the store takes the later one.
    await Promise.all(seats.map((seat, i) => seat.open(path, NOW + (i % 2))));

    const own = mintAll(minter(suite, `spend ${run}`, budget.caveats), seats.length * each, budget.asked);
    const found = await Promise.all(
      seats.map((seat, i) => seat.present(own.slice(i * each, (i + 1) * each))),
    );
    const codes = found.flat();
    const allowed = codes.filter((code) => code === 'allowed').length;
    const others = codes.filter((code) => code !== 'allowed' && code !== budget.denied);
    spent.presented += codes.length;
    spent.allowed += allowed;
    if (found.filter((some) => some.includes('allowed')).length > 1) spent.contended++;
    if (allowed === budget.fits && others.length === 0) spent.exact++;
    else
      spent.violations.push(`run ${run}, ${budget.kind}: ${allowed} of ${budget.fits} ${others.join(' ')}`);

    const same = mintAll(minter(suite, `same ${run}`, []), SHARED, {
      action: 'read',
      resource: 'reports/q3.pdf',
    });
    spent.shared += SHARED;
    for (const [i, found] of (await presentSame(seats, same)).entries()) {
      const winners = found.filter((code) => code === 'allowed').length;
      const replays = found.filter((code) => code === 'invocation.replay').length;
      if (winners === 1 && replays === seats.length - 1) spent.once++;
      else spent.violations.push(`run ${run}, request ${i} of all workers: ${found.join(' ')}`);
    }
    tell(run + 1);
  }
  return spent;
}

// The codes by request.
async function presentSame(seats: readonly Seat[], same: readonly Presentation[]): Promise<string[][]> {
  const found = await Promise.all(seats.map((seat) => seat.present(same)));
  return same.map((_, i) => found.map((codes) => codes[i] as string));
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
