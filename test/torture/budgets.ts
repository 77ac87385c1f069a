import type { Change } from '../support/chains.ts';
import type { Asked } from './mint.ts';
import type { Random } from './random.ts';

/** A budget that outlives the workers that spend it. */
export interface Budget {
  readonly kind: 'calls' | 'calls in a window' | 'costs' | 'reservations' | 'a plan';
  readonly caveats: Change;
  /** How much of it there is; of a plan, how often its second step may be taken. */
  readonly amount: number;
  /** By how many seconds the clock is ahead in each life, so that uses leave the window. */
  readonly pace: number;
  readonly window: number;
  /** What a worker asks for when the kills have come so far, from 0 to 1. */
  ask(random: Random, progress: number): Asked;
}

export const FIRST: Asked = { action: 'read', resource: 'reports/q3.pdf' };
export const SECOND: Asked = { action: 'write', resource: 'reports/q3.pdf' };

const CALL: Asked = { action: 'read', resource: 'reports/q3.pdf' };
const WINDOW = 10;

/** The budgets, one of each kind. */
export function budgets(random: Random): readonly Budget[] {
  const amount = random.between(100, 400);
  const lasting = { amount, pace: 0, window: Number.POSITIVE_INFINITY };
  const plan = [
    [['read'], ['reports/**']],
    [['write'], ['reports/**']],
  ];
  return [
    { ...lasting, kind: 'calls', caveats: [[15, [['call', amount]]]], ask: () => CALL },
    {
      ...{ kind: 'calls in a window', amount, pace: 3, window: WINDOW, ask: () => CALL },
      caveats: [[15, [['call', amount, WINDOW]]]],
    },
    {
      ...lasting,
      kind: 'costs',
      caveats: [[15, [['usd-cent', amount]]]],
      ask: (random) => ({ action: 'pay', resource: `pay/${random.between(1, 3)}` }),
    },
    {
      ...lasting,
      kind: 'reservations',
      caveats: [[15, [['usd-cent', amount]]]],
      ask(random) {
        const most = random.between(2, 9);
        const due = random.below(3);
        return { action: 'pay', resource: `pay/${most}/${due}`, due };
      },
    },
    {
      ...lasting,
      kind: 'a plan',
      caveats: [[16, plan.map((permission, i) => [permission, i === 0 ? 1 : 0, amount])]],
      ask: (random, progress) => (random.below(100) < 100 * progress ** 2 ? SECOND : FIRST),
    },
  ];
}

/** What a request that was allowed costs for good. */
export function costOf(asked: Asked): number {
  return asked.due ?? mostOf(asked);
}

/** What it costs until it is settled. */
export function mostOf({ resource }: Asked): number {
  return resource.startsWith('pay/') ? Number(resource.split('/')[1]) : 1;
}
