import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WritError } from '../../src/errors.ts';
import type { Charge, Operation, Store } from '../../src/state/store.ts';
import { contractOfKeep } from './contract-keep.ts';

/** A store that is new, and how to be done with it. */
export interface Opened {
  readonly store: Store;
  close(): Promise<void>;
}

/** The time of the tests. */
export const NOW = 1_000_000;

export const once = (key: string, until = NOW + 300): Operation => ({ kind: 'once', key, until });

export const spend = (key: string, amount: number, cost: number, more: object = {}): Operation => ({
  kind: 'spend',
  key,
  until: NOW + 10_000,
  amount,
  cost,
  ...more,
});

const step = (key: string, steps: readonly (readonly [number, number, boolean])[]): Operation => ({
  kind: 'step',
  key,
  until: NOW + 10_000,
  steps: steps.map(([min, max, admits]) => ({ min, max, admits })),
});

/** The code with which a call is refused; `accepted` where it is not. */
export async function codeLater(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof WritError) return error.code;
    throw error;
  }
  return 'accepted';
}

/** What every adapter of the store port must do (spec §9.6). */
export function contract(name: string, open: () => Opened): void {
  describe(`${name}: the contract of a store`, () => {
    let opened: Opened;
    let store: Store;
    beforeEach(() => {
      opened = open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const charge = async (now: number, ...operations: Operation[]) =>
      (await store.charge({ now, operations })).refused;
    const look = async (now: number, operation: Operation) =>
      (await store.look({ now, operations: [operation] }))[0];
    const reserve = (now: number, id: string, until: number, ...operations: Operation[]) =>
      store.charge({ now, operations, reservation: { id, until } });

    test('a charge without operations is allowed', async () => {
      expect(await charge(NOW)).toEqual([]);
    });

    describe('all or none', () => {
      test('where one refuses, nothing is charged', async () => {
        await charge(NOW, spend('full', 1, 1));
        const all = [once('n'), spend('free', 5, 1), spend('full', 1, 1), step('plan', [[0, 1, true]])];
        expect(await charge(NOW, ...all)).toEqual([2]);
        expect(await store.look({ now: NOW, operations: all })).toMatchObject([
          { used: 0 },
          { used: 0 },
          { used: 1 },
          { used: 0 },
        ]);
      });

      test('all that refuse are named, by index', async () => {
        await charge(NOW, once('n'), spend('a', 1, 1));
        expect(await charge(NOW, once('n'), spend('b', 1, 1), spend('a', 1, 1))).toEqual([0, 2]);
      });

      test('how each stood before is told, also of those that refuse', async () => {
        await charge(NOW, spend('a', 10, 4));
        const { standing } = await store.charge({ now: NOW, operations: [spend('a', 10, 7), once('n')] });
        expect(standing).toEqual([{ used: 4 }, { used: 0 }]);
      });
    });

    describe('once', () => {
      test('is refused the second time', async () => {
        await charge(NOW, once('n'));
        expect(await charge(NOW, once('n'))).toEqual([0]);
      });

      test('is remembered until 30 seconds after its time, and not longer', async () => {
        await charge(NOW, once('n', NOW + 5));
        expect(await charge(NOW + 34, once('n', NOW + 300))).toEqual([0]);
        expect(await charge(NOW + 35, once('n', NOW + 300))).toEqual([]);
      });

      test('that was forgotten and remembered again has its new time', async () => {
        await charge(NOW, once('n', NOW + 5));
        await charge(NOW + 40, once('n', NOW + 300));
        await store.prune(NOW + 41);
        expect(await charge(NOW + 42, once('n', NOW + 300))).toEqual([0]);
      });

      test('keys differ in every byte', async () => {
        const keys = Array.from({ length: 256 }, (_, byte) => `k${String.fromCharCode(byte)}`);
        for (const key of keys) expect(await charge(NOW, once(key))).toEqual([]);
        for (const key of keys) expect(await charge(NOW, once(key))).toEqual([0]);
      });

      test('keys may start and end with any byte, and one may begin with another', async () => {
        const keys = [
          '\0',
          '\0\0',
          '\xff',
          '\xff\xff',
          '\xff\0',
          '\0\xff',
          'a',
          'a\0',
          'a\xff',
          '\xe9',
          '\xc3\xa9',
        ];
        for (const key of keys) expect(await charge(NOW, once(key))).toEqual([]);
        for (const key of keys) expect(await charge(NOW, once(key))).toEqual([0]);
      });

      test('a key of 350 bytes is told from one that differs in its last', async () => {
        const long = 'x'.repeat(349);
        expect(await charge(NOW, once(`${long}a`), once(`${long}b`))).toEqual([]);
        expect(await charge(NOW, once(`${long}b`))).toEqual([0]);
      });

      test('of many at once with the same key, one is allowed', async () => {
        const all = await Promise.all(Array.from({ length: 50 }, () => charge(NOW, once('n'))));
        expect(all.filter((refused) => refused.length === 0)).toHaveLength(1);
      });
    });

    describe('spend', () => {
      test('fits up to the amount and not beyond', async () => {
        expect(await charge(NOW, spend('a', 10, 6))).toEqual([]);
        expect(await charge(NOW, spend('a', 10, 5))).toEqual([0]);
        expect(await charge(NOW, spend('a', 10, 4))).toEqual([]);
        expect(await charge(NOW, spend('a', 10, 1))).toEqual([0]);
      });

      test('what costs nothing fits where all is used', async () => {
        await charge(NOW, spend('a', 10, 10));
        expect(await charge(NOW, spend('a', 10, 0))).toEqual([]);
      });

      test('amounts near 2^53 are exact', async () => {
        const most = Number.MAX_SAFE_INTEGER;
        expect(await charge(NOW, spend('a', most, most - 1))).toEqual([]);
        expect(await charge(NOW, spend('a', most, 2))).toEqual([0]);
        expect(await charge(NOW, spend('a', most, 1))).toEqual([]);
        expect(await look(NOW, spend('a', most, 1))).toEqual({ used: most });
      });

      test('an end that never comes is kept', async () => {
        await charge(NOW, spend('a', 1, 1, { until: Number.POSITIVE_INFINITY }));
        await store.prune(NOW * 1000);
        expect(await charge(NOW * 1000, spend('a', 1, 1))).toEqual([0]);
      });

      test('of many at once, exactly the amount is allowed', async () => {
        const all = await Promise.all(Array.from({ length: 300 }, () => charge(NOW, spend('a', 100, 1))));
        expect(all.filter((refused) => refused.length === 0)).toHaveLength(100);
      });

      test('a counter is forgotten 30 seconds after its time', async () => {
        await charge(NOW, spend('a', 1, 1, { until: NOW + 5, window: 1000 }));
        await store.prune(NOW + 34);
        expect(await look(NOW + 34, spend('a', 1, 1, { window: 1000 }))).toMatchObject({ used: 1 });
        await store.prune(NOW + 35);
        expect(await look(NOW + 35, spend('a', 1, 1, { window: 1000 }))).toEqual({ used: 0 });
      });
    });

    describe('a window', () => {
      const use = (cost: number, amount = 10) => spend('w', amount, cost, { window: 60 });

      test('counts what was used one second less ago than it is long', async () => {
        await charge(NOW, use(10));
        expect(await charge(NOW + 59, use(1))).toEqual([0]);
      });

      test('does not count what was used as long ago as it is long', async () => {
        await charge(NOW, use(10));
        expect(await charge(NOW + 60, use(10))).toEqual([]);
      });

      test('frees what was used second by second', async () => {
        await charge(NOW, use(4));
        await charge(NOW + 1, use(6));
        expect(await charge(NOW + 60, use(5))).toEqual([0]);
        expect(await charge(NOW + 60, use(4))).toEqual([]);
        expect(await charge(NOW + 61, use(6))).toEqual([]);
        expect(await charge(NOW + 61, use(1))).toEqual([0]);
      });

      test('says when the oldest use leaves it', async () => {
        await charge(NOW, use(4));
        await charge(NOW + 7, use(4));
        expect(await look(NOW + 8, use(1))).toEqual({ used: 8, frees: NOW + 60 });
        expect(await look(NOW + 60, use(1))).toEqual({ used: 4, frees: NOW + 67 });
      });

      test('what was refused does not count', async () => {
        await charge(NOW, use(10));
        await charge(NOW + 30, use(1));
        expect(await charge(NOW + 60, use(10))).toEqual([]);
      });

      test('counts many seconds, each for as long', async () => {
        for (let i = 0; i < 10; i++) await charge(NOW + i, use(1));
        for (let i = 0; i < 10; i++) expect(await look(NOW + 60 + i, use(1))).toMatchObject({ used: 9 - i });
      });
    });

    describe('a plan', () => {
      const plan = (i: number, ...bounds: [number, number][]) =>
        step(
          'p',
          bounds.map(([min, max], j) => [min, max, i === j] as const),
        );

      test('is taken in its order', async () => {
        const bounds: [number, number][] = [
          [1, 1],
          [1, 2],
          [0, 1],
        ];
        expect(await charge(NOW, plan(1, ...bounds))).toEqual([0]);
        expect(await charge(NOW, plan(0, ...bounds))).toEqual([]);
        expect(await charge(NOW, plan(0, ...bounds))).toEqual([0]);
        expect(await charge(NOW, plan(1, ...bounds))).toEqual([]);
        expect(await charge(NOW, plan(1, ...bounds))).toEqual([]);
        expect(await charge(NOW, plan(1, ...bounds))).toEqual([0]);
        expect(await charge(NOW, plan(2, ...bounds))).toEqual([]);
      });

      test('a step that may be left out is closed by a later one', async () => {
        expect(await charge(NOW, plan(1, [0, 5], [0, 5]))).toEqual([]);
        expect(await charge(NOW, plan(0, [0, 5], [0, 5]))).toEqual([0]);
      });

      test('its standing tells what was taken and where it is', async () => {
        await charge(NOW, plan(0, [1, 2], [0, 1]));
        await charge(NOW, plan(1, [1, 2], [0, 1]));
        expect(await look(NOW, plan(0, [1, 2], [0, 1]))).toEqual({ used: 2, taken: [1, 1], position: 1 });
      });
    });

    contractOfKeep(() => store);

    describe('a reservation', () => {
      const late = (key: string, amount: number, cost: number, more: object = {}) =>
        spend(key, amount, cost, { unit: key, ...more });

      test('gives back what it did not cost', async () => {
        await reserve(NOW, 'r', NOW + 300, late('a', 10, 8));
        expect(await store.settle({ now: NOW + 1, id: 'r', costs: { a: 3 } })).toBe(true);
        expect(await look(NOW + 1, spend('a', 10, 1))).toEqual({ used: 3 });
      });

      test('gives all back where it cost nothing', async () => {
        await reserve(NOW, 'r', NOW + 300, late('a', 10, 8));
        await store.settle({ now: NOW + 1, id: 'r', costs: { a: 0 } });
        expect(await look(NOW + 1, spend('a', 10, 1))).toEqual({ used: 0 });
      });

      test('gives back only what can be settled', async () => {
        await reserve(NOW, 'r', NOW + 300, once('n'), spend('call', 5, 1), late('a', 10, 8));
        await store.settle({ now: NOW + 1, id: 'r', costs: { a: 0 } });
        expect(await charge(NOW + 1, once('n'))).toEqual([0]);
        expect(await look(NOW + 1, spend('call', 5, 1))).toEqual({ used: 1 });
      });

      test('gives back to several counters of one unit', async () => {
        const both = [spend('a', 10, 8, { unit: 'u' }), spend('b', 9, 8, { unit: 'u', window: 60 })];
        await reserve(NOW, 'r', NOW + 300, ...both);
        await store.settle({ now: NOW + 1, id: 'r', costs: { u: 5 } });
        expect(await store.look({ now: NOW + 1, operations: both })).toMatchObject([
          { used: 5 },
          { used: 5 },
        ]);
      });

      test('in a window gives back to the second in which it was made', async () => {
        await reserve(NOW, 'r', NOW + 300, late('a', 10, 8, { window: 60 }));
        await charge(NOW + 5, late('a', 10, 1, { window: 60 }));
        await store.settle({ now: NOW + 6, id: 'r', costs: { a: 2 } });
        expect(await look(NOW + 59, late('a', 10, 1, { window: 60 }))).toMatchObject({ used: 3 });
        expect(await look(NOW + 60, late('a', 10, 1, { window: 60 }))).toMatchObject({ used: 1 });
      });

      test.each([undefined, 60])(
        'gives no more back than is used after a lift, with window %s',
        async (window) => {
          await reserve(NOW, 'r', NOW + 300, late('a', 10, 8, { window }));
          await store.lift('a', '');
          await charge(NOW, spend('a', 10, 1, { window }));
          await store.settle({ now: NOW, id: 'r', costs: { a: 0 } });
          expect(await look(NOW, spend('a', 10, 1, { window }))).toMatchObject({ used: 0 });
        },
      );

      test('that has left the window gives nothing back', async () => {
        await reserve(NOW, 'r', NOW + 300, late('a', 10, 8, { window: 60 }));
        await charge(NOW + 60, late('a', 10, 5, { window: 60 }));
        expect(await store.settle({ now: NOW + 61, id: 'r', costs: { a: 0 } })).toBe(true);
        expect(await look(NOW + 61, late('a', 10, 1, { window: 60 }))).toMatchObject({ used: 5 });
      });

      test('is settled once', async () => {
        await reserve(NOW, 'r', NOW + 300, late('a', 10, 8));
        await store.settle({ now: NOW, id: 'r', costs: { a: 3 } });
        expect(await store.settle({ now: NOW, id: 'r', costs: { a: 0 } })).toBe(false);
        expect(await look(NOW, spend('a', 10, 1))).toEqual({ used: 3 });
      });

      test('past its time counts in full', async () => {
        await reserve(NOW, 'r', NOW + 10, late('a', 10, 8));
        expect(await store.settle({ now: NOW + 10, id: 'r', costs: { a: 0 } })).toBe(false);
        expect(await look(NOW + 10, spend('a', 10, 1))).toEqual({ used: 8 });
      });

      test('one second before its time can be settled', async () => {
        await reserve(NOW, 'r', NOW + 10, late('a', 10, 8));
        expect(await store.settle({ now: NOW + 9, id: 'r', costs: { a: 0 } })).toBe(true);
      });

      test('of a charge that was refused is none', async () => {
        await reserve(NOW, 'r', NOW + 300, late('a', 5, 8));
        expect(await store.settle({ now: NOW, id: 'r', costs: { a: 0 } })).toBe(false);
      });

      test.each([
        ['more than was reserved', { a: 9 }],
        ['less than nothing', { a: -1 }],
        ['no whole number', { a: 1.5 }],
        ['another unit', { a: 1, b: 1 }],
        ['no unit', {}],
      ])('that came to %s is refused, and stays open', async (_, costs) => {
        await reserve(NOW, 'r', NOW + 300, late('a', 10, 8));
        expect(
          await codeLater(() => store.settle({ now: NOW, id: 'r', costs: costs as { a: number } })),
        ).toBe('cost.malformed');
        expect(await store.settle({ now: NOW, id: 'r', costs: { a: 8 } })).toBe(true);
      });
    });

    describe('lift', () => {
      test('sets counters to nothing by prefix and part, and names them', async () => {
        await charge(NOW, spend('b1x', 5, 3), spend('b2x', 5, 3), spend('b2y', 5, 3), spend('c2x', 5, 3));
        expect(await store.lift('b', '2')).toEqual(expect.arrayContaining(['b2x', 'b2y']));
        const all = ['b1x', 'b2x', 'b2y', 'c2x'].map((key) => spend(key, 5, 1));
        expect((await store.look({ now: NOW, operations: all })).map(({ used }) => used)).toEqual([
          3, 0, 0, 3,
        ]);
      });

      test('forgets the uses in a window, too', async () => {
        const use = spend('b1', 5, 3, { window: 60 });
        await charge(NOW, use);
        await charge(NOW + 1, spend('b1', 5, 2, { window: 60 }));
        expect(await store.lift('b', '1')).toEqual(['b1']);
        expect(await charge(NOW + 2, spend('b1', 5, 5, { window: 60 }))).toEqual([]);
        expect(await look(NOW + 2, use)).toEqual({ used: 5, frees: NOW + 62 });
      });

      test('finds prefixes of any bytes', async () => {
        await charge(NOW, spend('\xff\xff1', 5, 3), spend('\xfe', 5, 3));
        expect(await store.lift('\xff', '')).toEqual(['\xff\xff1']);
      });

      test('finds no nonce, though it has the same key', async () => {
        await charge(NOW, once('b1'));
        expect(await store.lift('b', '')).toEqual([]);
        expect(await charge(NOW, once('b1'))).toEqual([0]);
      });
    });

    describe('look', () => {
      test('changes nothing', async () => {
        const operations = [once('n'), spend('a', 1, 1, { window: 60 }), step('p', [[0, 1, true]])];
        await store.look({ now: NOW, operations });
        expect(await store.charge({ now: NOW, operations })).toMatchObject({ refused: [] });
      });

      test('does not advance the time', async () => {
        await charge(NOW);
        await store.look({ now: NOW + 1000, operations: [] });
        expect(await codeLater(() => charge(NOW))).toBe('accepted');
      });
    });

    describe('prune', () => {
      test('drops what is past its time, and says how many', async () => {
        await charge(NOW, once('a', NOW + 5), once('b', NOW + 5), once('c', NOW + 6), once('d', NOW + 400));
        expect(await store.prune(NOW + 34)).toBe(0);
        expect(await store.prune(NOW + 35)).toBe(2);
        expect(await store.prune(NOW + 36)).toBe(1);
        expect(await charge(NOW + 36, once('d'))).toEqual([0]);
      });

      test('drops thousands of settled reservations, and what is behind them', async () => {
        const late = spend('a', 5000, 1, { unit: 'a' });
        for (let i = 0; i < 1200; i++) await reserve(NOW, `r${i}`, NOW + 5, late);
        for (let i = 0; i < 1200; i++) await store.settle({ now: NOW, id: `r${i}`, costs: { a: 1 } });
        await charge(NOW, once('n', NOW + 6));
        expect(await store.prune(NOW + 100)).toBe(1201);
      });

      test('drops thousands', async () => {
        const operations = Array.from({ length: 2500 }, (_, i) => once(`n${i}`, NOW + (i % 7)));
        await store.charge({ now: NOW, operations });
        expect(await store.prune(NOW + 100)).toBe(2500);
      });
    });

    describe('time', () => {
      test('31 seconds back is refused', async () => {
        await charge(NOW);
        expect(await codeLater(() => charge(NOW - 31))).toBe('store.clock');
      });

      test('30 seconds back counts at the latest time', async () => {
        await charge(NOW, spend('w', 10, 1, { window: 60 }));
        await charge(NOW - 30, spend('w', 10, 1, { window: 60 }));
        expect(await look(NOW + 59, spend('w', 10, 1, { window: 60 }))).toMatchObject({ used: 2 });
      });

      test('that is refused charges nothing', async () => {
        await charge(NOW);
        await codeLater(() => charge(NOW - 31, once('n')));
        expect(await charge(NOW, once('n'))).toEqual([]);
      });

      test.each([NOW + 0.5, 2 ** 33, -1, Number.NaN, '1'])('%s is none', async (now) => {
        expect(await codeLater(() => store.prune(now as number))).toBe('store.failed');
      });

      test.each(['settle', 'prune'] as const)('31 seconds back is refused by %s', async (method) => {
        await charge(NOW);
        const call = {
          settle: () => store.settle({ now: NOW - 31, id: 'r', costs: {} }),
          prune: () => store.prune(NOW - 31),
        };
        expect(await codeLater(call[method])).toBe('store.clock');
      });
    });

    test('many charges of all kinds at once are as exact as one by one', async () => {
      const charges = Array.from(
        { length: 400 },
        (_, i): Charge => ({
          now: NOW + Math.floor(i / 40),
          operations: [
            once(`n${i % 200}`),
            spend('a', 90, 1),
            spend('w', 30, 1, { window: 3 }),
            step('p', [[0, 60, true]]),
          ],
        }),
      );
      const outcomes = await Promise.all(charges.map((one) => store.charge(one)));
      const allowed = outcomes.filter(({ refused }) => refused.length === 0).length;
      expect(await look(NOW + 9, step('p', [[0, 60, true]]))).toMatchObject({ used: allowed });
      expect(allowed).toBe(60);
    });
  });
}
