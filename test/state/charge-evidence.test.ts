import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory.ts';
import type { Charge, Store } from '../../src/state/store.ts';
import type { Change } from '../support/chains.ts';
import { brokenStore, limited } from '../support/counting.ts';
import {
  approvalText,
  boss,
  COMPLETED,
  entryOf,
  keeper,
  SUSPENDED,
  second,
  statusText,
} from '../support/evidence.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';
import { ALIVE, answer, answers, approvedBy, approvedText, sealed, serviceOf } from '../support/serving.ts';

const at = (issued: number, entry = entryOf()) => statusText(keeper, NOW + issued, entry);
const alive = (n: number, status: string, root: Change = []) =>
  sealed(2, { root: [...ALIVE, ...root], n }).text + status;

/** A store in memory, and the kinds of operations of each charge that it was asked for. */
function watched(): { readonly store: Store; readonly asked: string[][] } {
  const inner = memoryStore();
  const asked: string[][] = [];
  const charge = (one: Charge) => {
    asked.push(one.operations.map(({ kind }) => kind));
    return inner.charge(one);
  };
  return { store: { ...inner, charge }, asked };
}

describe('what evidence said is charged', () => {
  test('with the nonce and the limits, in one call', async () => {
    const { store, asked } = watched();
    expect(await answer(alive(1, at(0), limited(['call', 5])), { store })).toBe('allowed');
    expect(asked).toEqual([['once', 'keep', 'spend']]);
  });

  test('by itself where the request is denied, and nothing else is', async () => {
    const { store, asked } = watched();
    expect(await answer(alive(1, at(0, entryOf(SUSPENDED)), limited(['call', 5])), { store })).toBe(
      'alive.suspended',
    );
    expect(asked).toEqual([['keep']]);
  });

  test('and no store is asked where nothing was said', async () => {
    const { store, asked } = watched();
    expect(await answers([alive(1, ''), alive(2, at(-61))], { store })).toEqual([
      'alive.status +',
      'alive.stale +',
    ]);
    expect(asked).toEqual([]);
  });

  test('a yes that another denial makes useless is not kept, a no is', async () => {
    const { store, asked } = watched();
    const forged = sealed(2, { root: [...ALIVE, ...approvedBy()] });
    expect(await answer(approvedText(forged), { store })).toBe('alive.status +');
    expect(asked).toEqual([]);
    expect(await answer(approvedText(forged, second, [[10, false]]), { store })).toBe('alive.status');
    expect(asked).toEqual([['keep']]);
    expect(await answer(approvedText(forged) + at(0), { store })).toBe('approval.refused');
  });
});

describe('a request that a store refuses for its status', () => {
  test('charges nothing, and passes with the later status', async () => {
    const store = memoryStore();
    const root = limited(['call', 2]);
    expect(await answer(alive(1, at(-5), root), { store })).toBe('allowed');
    expect(await answer(alive(2, at(-6), root), { store })).toBe('alive.older +');
    expect(await answer(alive(2, at(-5), root), { store })).toBe('allowed');
    expect(await answer(alive(3, at(-4), root), { store })).toBe('limits.spent');
  });

  test('is told of every block that asks', async () => {
    const store = memoryStore();
    const hops = [[[12, [[keeper.publicKey, 50]]]]] as Change[];
    const asking = (n: number) => sealed(2, { root: ALIVE, hops, n }).text;
    await answer(asking(1) + at(-5), { store });
    const { denials, needs } = await serviceOf({ store })(asking(2) + at(-6));
    expect(denials.map(({ code, block }) => [code, block])).toEqual([
      ['alive.older', 0],
      ['alive.older', 1],
    ]);
    expect(needs.map(({ kind, block }) => [kind, block])).toEqual([
      ['status', 0],
      ['status', 1],
    ]);
  });

  test('has no needs where something else is refused for good', async () => {
    const store = memoryStore();
    const root = limited(['call', 1]);
    await answer(alive(1, at(-5), root), { store });
    const { denials, needs } = await serviceOf({ store })(alive(2, at(-6), root));
    expect(denials.map(({ code }) => code)).toEqual(['alive.older', 'limits.spent']);
    expect(needs).toEqual([]);
  });

  test('is told that it is a replay, and nothing else, where it is one', async () => {
    expect(await answers([alive(1, at(-5)), alive(1, at(-6))])).toEqual(['allowed', 'invocation.replay']);
  });

  test('is counted where it is outside of the scope too', async () => {
    const store = memoryStore();
    const root = limited(['denial', 1]);
    const outside = sealed(2, { root: [...ALIVE, ...root], n: 2, invocation: [[2, 'payroll/q3']] }).text;
    await answer(alive(1, at(-5), root), { store });
    expect(await answer(outside + at(-6), { store })).toBe('scope.resource');
    expect(await answer(alive(3, at(-4), root), { store })).toBe('limits.frozen');
  });
});

describe('a store that fails', () => {
  const failing = brokenStore(() => Promise.reject(new Error('gone')));

  test.each([
    ['an allowed request', at(0), 'store.failed'],
    ['one that a status denies', at(0, entryOf(COMPLETED)), 'alive.completed'],
  ])('denies: %s', async (_, status, code) => {
    expect(await answer(alive(1, status), { store: failing })).toBe(code);
  });

  test('closes what else could be brought, since what was said is not kept', async () => {
    const forged = sealed(2, { root: [...ALIVE, ...approvedBy()] });
    const { denials, needs } = await serviceOf({ store: failing, feed: at(0) })(forged.text);
    expect(denials.map(({ code }) => code)).toEqual(['approval.required', 'store.failed']);
    expect(needs).toEqual([]);
  });

  test('that is full denies, and forgets nothing that counts', async () => {
    const store = memoryStore({ rows: 3 });
    expect(await answer(alive(1, at(-5, entryOf(COMPLETED))), { store })).toBe('alive.completed');
    const others = await answers([2, 3, 4].map((n) => sealed(2, { n }).text), { store }); // biome-ignore format: short
    expect(others.at(-1)).toBe('store.full');
    expect(await answer(alive(5, at(-6)), { store })).toBe('alive.completed');
  });
});

describe('an approval', () => {
  test('that was used is remembered to the end of the chain, and a nonce without one is not', async () => {
    const end = NOW + 7200;
    const [plain, approved] = [sealed(2, { n: 1 }), sealed(2, { root: approvedBy(), n: 1 })];
    const store = memoryStore();
    expect(await answer(plain.text, { store })).toBe('allowed');
    expect(await answer(approvedText(approved), { store })).toBe('allowed');
    expect(await store.prune(NOW + 600)).toBe(1);
    expect(await store.prune(end + 29)).toBe(0);
    expect(await store.prune(end + 30)).toBe(2);
  });

  test('of a request that a limit refuses is not used up', async () => {
    const store = memoryStore();
    const root: Change = [...approvedBy(), [3, [AUDIENCE]], [15, [['call', 1, 10]]]];
    const asking = (n: number) => sealed(2, { root, n });
    expect(await answer(approvedText(asking(1)), { store })).toBe('allowed');
    expect(await answer(approvedText(asking(2)), { store })).toBe('limits.spent');
    expect(await answer(approvedText(asking(2)), { store, now: NOW + 10 })).toBe('allowed');
  });

  test('is for one invocation under one chain: the same nonce elsewhere is another', async () => {
    const store = memoryStore();
    const other = sealed(2, { root: approvedBy(), hops: [[[9, new Map([[2, 'other']])]]] });
    const own = sealed(2, { root: approvedBy() });
    expect(await answer(own.text + approvalText(own, boss, [[10, false]]), { store })).toBe(
      'approval.refused',
    );
    expect(await answer(approvedText(other), { store })).toBe('allowed');
  });
});
