import { describe, expect, test } from 'vitest';
import type { Operation, Store } from '../../src/state/store.ts';

const NOW = 1_000_000;

const keep = (at: number, what: string, more: object = {}): Operation => ({
  kind: 'keep',
  key: 'k',
  until: NOW + 300,
  at,
  what,
  final: false,
  ...more,
});
const end = (at: number, what: string, more: object = {}) => keep(at, what, { final: true, ...more });
const full: Operation = { kind: 'spend', key: 'none', until: NOW + 300, amount: 0, cost: 1 };
const once: Operation = { kind: 'once', key: 'k', until: NOW + 300 };

/** What every adapter must do with what it is to keep; `storeOf` gives the store of the test. */
export function contractOfKeep(storeOf: () => Store): void {
  describe('keep', () => {
    const charge = async (now: number, ...operations: Operation[]) =>
      (await storeOf().charge({ now, operations })).refused;
    const kept = async (now = NOW, key = 'k') =>
      (await storeOf().look({ now, operations: [keep(0, '-', { key })] }))[0]?.kept;

    test('what is later holds, what is older or other is refused, and the latest is kept', async () => {
      const said = [keep(5, 'a'), keep(6, 'b'), keep(5, 'a'), keep(6, 'c'), keep(7, 'd')];
      const refused = [];
      for (const one of said) refused.push((await charge(NOW, one)).length);
      expect(refused).toEqual([0, 0, 1, 1, 0]);
      expect(await kept()).toEqual({ at: 7, what: 'd', final: false });
    });

    test('what stood before is told', async () => {
      const first = await storeOf().charge({ now: NOW, operations: [keep(5, 'a')] });
      const second = await storeOf().charge({ now: NOW, operations: [keep(4, 'b')] });
      expect(first.standing).toEqual([{ used: 0 }]);
      expect(second.standing).toEqual([{ used: 1, kept: { at: 5, what: 'a', final: false } }]);
    });

    test('what is final stays, and is learnt though it is older', async () => {
      await charge(NOW, keep(5, 'a'));
      expect(await charge(NOW, end(4, 'z'))).toEqual([]);
      expect(await charge(NOW, keep(6, 'b'), end(7, 'y'))).toEqual([0, 1]);
      expect(await kept()).toEqual({ at: 4, what: 'z', final: true });
    });

    test('is done where something else of the charge refuses, which is not', async () => {
      expect(await charge(NOW, once, keep(5, 'a'), full)).toEqual([2]);
      expect(await kept()).toEqual({ at: 5, what: 'a', final: false });
      expect(await charge(NOW, once)).toEqual([]);
    });

    test('that is refused refuses the charge', async () => {
      await charge(NOW, keep(5, 'a'));
      expect(await charge(NOW, once, keep(4, 'b'))).toEqual([1]);
      expect(await charge(NOW, once)).toEqual([]);
    });

    test('two of one time in one charge hold, and from then on neither does', async () => {
      expect(await charge(NOW, keep(5, 'a'), keep(5, 'b'))).toEqual([]);
      expect(await charge(NOW, keep(5, 'a'), keep(5, 'b'))).toEqual([0, 1]);
      expect(await kept()).toEqual({ at: 5, what: '', final: false });
    });

    test('keys are kept apart, and from those of other kinds', async () => {
      await charge(NOW, keep(5, 'a'), keep(6, 'b', { key: 'l' }), once);
      expect([await kept(), await kept(NOW, 'l')]).toMatchObject([{ at: 5 }, { at: 6 }]);
    });

    test('what is said may have any characters up to U+00FF', async () => {
      const what = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
      await charge(NOW, keep(5, what));
      expect(await charge(NOW, keep(5, what))).toEqual([]);
      expect((await kept())?.what).toBe(what);
    });

    test('is forgotten 30 seconds after the longest time that was asked for', async () => {
      await charge(NOW, keep(5, 'a', { until: NOW + 5 }));
      await charge(NOW, keep(6, 'b', { until: NOW + 3 }));
      await storeOf().prune(NOW + 34);
      expect(await charge(NOW + 34, keep(5, 'a', { until: NOW + 3 }))).toEqual([0]);
      expect(await charge(NOW + 35, keep(5, 'a', { until: NOW + 400 }))).toEqual([]);
      expect(await charge(NOW + 300, keep(4, 'b', { until: NOW + 400 }))).toEqual([0]);
    });

    test('is dropped when it is pruned, and not before', async () => {
      await charge(NOW, keep(5, 'a', { until: NOW + 5 }));
      await charge(NOW, keep(5, 'a', { until: NOW + 9 }));
      expect([await storeOf().prune(NOW + 38), await storeOf().prune(NOW + 39)]).toEqual([0, 1]);
    });

    test('for longer is dropped once, at the last of its times', async () => {
      for (const seconds of [5, 8, 20]) await charge(NOW, keep(5, 'a', { until: NOW + seconds }));
      const dropped = [];
      for (const time of [35, 38, 49, 50, 51]) dropped.push(await storeOf().prune(NOW + time));
      expect(dropped).toEqual([0, 0, 0, 1, 0]);
    });

    test('a look changes nothing', async () => {
      await storeOf().look({ now: NOW, operations: [end(9, 'z')] });
      expect(await kept()).toBeUndefined();
    });

    test('of many at once the latest is kept', async () => {
      const ats = Array.from({ length: 40 }, (_, i) => (i * 17) % 40);
      await Promise.all(ats.map((at) => charge(NOW, keep(at, `said ${at}`))));
      expect(await kept()).toEqual({ at: 39, what: 'said 39', final: false });
    });
  });
}
