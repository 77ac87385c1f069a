import { toSet } from '../cbor/compare.ts';
import { degenerate, expectArray, expectSet, expectText, expectUint } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import { checkMembers } from '../members.ts';
import { isUnit } from '../names.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** At most `amount` of a unit, for the block's life or in any `window` seconds. */
export interface Limit {
  /** `call` and `denial` are counted by the verifier; the service states the cost in all others. */
  readonly unit: string;
  readonly amount: number;
  readonly window?: number | undefined;
}

/** `limits`: budgets that belong to the block and that all its descendants share (spec §5.5.9). */
export const limits: Caveat<readonly Limit[]> = {
  key: 15,
  counted: true,
  parse: (value, path) => expectSet(value, path, parseLimit),
  // Logic alone cannot count: a limit denies, and names the store that it needs.
  check: (entries, _facts, { audiences }) =>
    audiences?.length === 1
      ? [{ code: 'limits.store', expected: entries, actual: null, need: { kind: 'store' } }]
      : [{ code: 'limits.audience', expected: 1, actual: audiences ?? null }],
};

export const limitsForm: CaveatForm<readonly Limit[]> = {
  enforcement: 'state',
  encode: (entries) => toSet(entries.map(encodeLimit)),
  // For one history of requests: what counts more of them, or for longer, is used up no later.
  contains: (outer, inner) =>
    outer.every(({ unit, amount, window = Number.POSITIVE_INFINITY }) =>
      inner.some(
        (own) =>
          own.unit === unit && own.amount <= amount && (own.window ?? Number.POSITIVE_INFINITY) >= window,
      ),
    ),
  // Counters belong to their block: two are two, whatever their amounts.
  meet: () => undefined,
  exceeds: (outer, inner) =>
    inner.some((narrow) =>
      outer.some(
        (wide) => wide.unit === narrow.unit && wide.window === narrow.window && narrow.amount > wide.amount,
      ),
    ),
  describe: (entries) => entries.map(describeLimit),
};

function parseLimit(value: CborValue, path: string): Limit {
  const [unit, amount, window] = expectArray(value, path, 2, 3) as [CborValue, CborValue, CborValue?];
  const limit = {
    unit: expectText(unit, path, isUnit),
    amount: expectUint(amount, path),
    window: window === undefined ? window : expectUint(window, path),
  };
  const isDenial = limit.unit === 'denial';
  const degenerated = limit.window === 0 || (isDenial && (limit.amount === 0 || limit.window !== undefined));
  return degenerated ? degenerate(path) : limit;
}

function describeLimit({ unit, amount, window }: Limit): string {
  const many = amount === 1 ? '' : 's';
  if (unit === 'denial') return `frozen after ${amount} request${many} outside of what is granted`;
  const what = unit === 'call' ? `call${many}` : unit;
  return `at most ${amount} ${what}${window === undefined ? ' in all' : ` in any ${window} s`}`;
}

function encodeLimit(limit: Limit): CborValue {
  checkMembers(limit, ['unit', 'amount', 'window']);
  const { unit, amount, window } = limit;
  return window === undefined ? [unit, amount] : [unit, amount, window];
}
