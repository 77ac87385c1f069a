import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deleteCounter, giveBack, judgeSpend } from '../../src/state/counter.ts';
import { mapRows } from '../support/map-rows.ts';

const spend = (amount: number, cost: number, window?: number) =>
  ({ kind: 'spend', key: 'k', until: 999, amount, cost, window }) as const;

/** Does what a charge of one operation does, and says whether it was done. */
function charge(rows: ReturnType<typeof mapRows>, of: ReturnType<typeof spend>, at: number): boolean {
  const before = rows.size();
  const judged = judgeSpend(rows, 'k', of, at);
  judged.tidy?.();
  const tidied = rows.size();
  if (judged.holds) judged.apply();
  expect(tidied).toBeLessThanOrEqual(before);
  expect(rows.size() - tidied).toBeLessThanOrEqual(judged.added);
  return judged.holds;
}

const usedAt = (rows: ReturnType<typeof mapRows>, at: number, window?: number) =>
  judgeSpend(rows, 'k', spend(0, 0, window), at).standing;

describe('an amount', () => {
  test.each<[number, number[], boolean[]]>([
    [3, [1, 1, 1, 1], [true, true, true, false]],
    [3, [2, 2, 1], [true, false, true]],
    [0, [0, 1], [true, false]],
    [3, [3, 0], [true, true]],
    [Number.MAX_SAFE_INTEGER, [Number.MAX_SAFE_INTEGER, 1], [true, false]],
  ])('of %i leaves room for %j: %j', (amount, costs, expected) => {
    const rows = mapRows();
    expect(costs.map((cost) => charge(rows, spend(amount, cost), 100))).toEqual(expected);
  });

  test('for life is never free again', () => {
    const rows = mapRows();
    charge(rows, spend(1, 1), 100);
    expect(charge(rows, spend(1, 1), 2 ** 33)).toBe(false);
  });

  test('is left alone by what costs nothing', () => {
    const rows = mapRows();
    charge(rows, spend(1, 0, 5), 100);
    expect(rows.size()).toBe(0);
  });
});

describe('a window', () => {
  test.each([
    [109, false],
    [110, true],
  ])('of 10 seconds from 100 is at %i over: %s', (at, expected) => {
    const rows = mapRows();
    charge(rows, spend(1, 1, 10), 100);
    expect(charge(rows, spend(1, 1, 10), at)).toBe(expected);
  });

  test('says when its oldest use is over', () => {
    const rows = mapRows();
    charge(rows, spend(9, 2, 10), 100);
    charge(rows, spend(9, 3, 10), 104);
    expect(usedAt(rows, 105, 10)).toEqual({ used: 5, frees: 110 });
    expect(usedAt(rows, 112, 10)).toEqual({ used: 3, frees: 114 });
    expect(usedAt(rows, 114, 10)).toEqual({ used: 0 });
  });

  test('of any length does not overflow', () => {
    const rows = mapRows();
    const most = Number.MAX_SAFE_INTEGER;
    charge(rows, spend(most, 1, most), 100);
    expect(charge(rows, spend(most, most, most), 2 ** 33)).toBe(false);
    expect(charge(rows, spend(most, most - 1, most), 2 ** 33)).toBe(true);
  });

  test('keeps one row for a second, and drops it when it is over', () => {
    const rows = mapRows();
    for (const at of [100, 100, 101, 102, 102]) charge(rows, spend(9, 1, 10), at);
    expect(rows.size()).toBe(1 + 3);
    charge(rows, spend(0, 1, 10), 200);
    expect(rows.size()).toBe(1);
  });
});

describe('what is given back', () => {
  test('is free again', () => {
    const rows = mapRows();
    charge(rows, spend(5, 5), 100);
    giveBack(rows, 'k', 0, 3);
    expect(usedAt(rows, 100).used).toBe(2);
  });

  test('leaves a window with what it cost', () => {
    const rows = mapRows();
    charge(rows, spend(9, 5, 10), 100);
    charge(rows, spend(9, 1, 10), 105);
    giveBack(rows, 'k', 100, 3);
    expect(usedAt(rows, 105, 10).used).toBe(3);
    expect(usedAt(rows, 110, 10).used).toBe(1);
  });

  test('too late, when its use is over, is nothing', () => {
    const rows = mapRows();
    charge(rows, spend(9, 5, 10), 100);
    charge(rows, spend(9, 1, 10), 110);
    giveBack(rows, 'k', 100, 3);
    expect(usedAt(rows, 110, 10).used).toBe(1);
  });

  test('of a counter that is gone is nothing', () => {
    const rows = mapRows();
    giveBack(rows, 'k', 0, 3);
    expect(rows.size()).toBe(0);
  });
});

test('a counter that is deleted leaves no row', () => {
  const rows = mapRows();
  for (const at of [100, 101, 105]) charge(rows, spend(9, 1, 10), at);
  deleteCounter(rows, 'k');
  expect(rows.size()).toBe(0);
});

test('a use is no counter, even for one whose key begins alike', () => {
  const rows = mapRows();
  charge(rows, spend(9, 1, 10), 100);
  expect([...rows.keys('k')]).toEqual(['k']);
});

test('judging changes nothing', () => {
  const rows = mapRows();
  charge(rows, spend(9, 1, 10), 100);
  judgeSpend(rows, 'k', spend(9, 1, 10), 200);
  expect([rows.size(), usedAt(rows, 100, 10).used]).toEqual([2, 1]);
});

test('a counter says what a list of all uses says', () => {
  type Step = { readonly wait: number; readonly cost: number; readonly back: number };
  const step = fc.record({ wait: fc.nat(4), cost: fc.nat(4), back: fc.nat(4) });
  const window = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });
  const seen = { refused: 0, freed: 0 };
  const law = fc.property(fc.array(step, { maxLength: 40 }), window, (steps: Step[], window) => {
    const rows = mapRows();
    const uses: { at: number; cost: number }[] = [];
    let at = 100;
    for (const { wait, cost, back } of steps) {
      at += wait;
      const counted = uses.filter((use) => window === undefined || use.at > at - window);
      const used = counted.reduce((sum, use) => sum + use.cost, 0);
      expect(usedAt(rows, at, window).used).toBe(used);
      expect(charge(rows, spend(7, cost, window), at)).toBe(used + cost <= 7);
      if (used + cost > 7) seen.refused += 1;
      else if (cost > 0) uses.push({ at, cost });
      seen.freed += Number(counted.length < uses.length - 1);
      const last = uses.at(-1);
      if (last?.at === at && back < last.cost) {
        giveBack(rows, 'k', window === undefined ? 0 : at, back);
        last.cost -= back;
      }
    }
  });
  fc.assert(law, { numRuns: 500 });
  expect(Math.min(seen.refused, seen.freed)).toBeGreaterThan(100);
});
