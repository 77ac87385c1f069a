import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory.ts';
import { lookUsage } from '../../src/state/usage.ts';
import { brokenStore, chargeFor, limited, nthChain, planned } from '../support/counting.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';

describe('what is used', () => {
  test('of every limit of every block: used, left, and when the oldest use is over', async () => {
    const store = memoryStore();
    const changes = { root: limited(['call', 5], ['usd', 9, 60]), hop: limited(['call', 3, 10]) };
    await chargeFor(nthChain(1, changes), { store, costs: { usd: 4 } });
    await chargeFor(nthChain(2, changes), { store, costs: { usd: 0 }, now: NOW + 4 });
    expect(await lookUsage(nthChain(3, changes), store, NOW + 5)).toEqual([
      {
        block: 0,
        limits: [
          { unit: 'call', amount: 5, used: 2, left: 3 },
          { unit: 'usd', amount: 9, window: 60, used: 4, left: 5, frees: NOW + 60 },
        ],
      },
      { block: 1, limits: [{ unit: 'call', amount: 3, window: 10, used: 2, left: 1, frees: NOW + 10 }] },
    ]);
  });

  test('of a window is what still counts', async () => {
    const store = memoryStore();
    const root = limited(['call', 3, 10]);
    await chargeFor(nthChain(1, { root }), { store });
    const [usage] = await lookUsage(nthChain(2, { root }), store, NOW + 10);
    expect(usage?.limits).toEqual([{ unit: 'call', amount: 3, window: 10, used: 0, left: 3 }]);
  });

  test('of a plan: how often each step was taken, and where it stands', async () => {
    const store = memoryStore();
    const root = planned(['read', 1, 3], ['write', 0, 2]);
    for (const [n, action] of [
      [1, 'read'],
      [2, 'read'],
      [3, 'write'],
    ] as const) {
      // biome-ignore format: pairs
      await chargeFor(nthChain(n, { root }, action), { store });
    }
    const [usage] = await lookUsage(nthChain(4, { root }), store, NOW);
    expect(usage?.limits).toEqual([]);
    expect(usage?.plan?.steps.map(({ min, max, taken }) => [min, max, taken])).toEqual([[1, 3, 2], [0, 2, 1]]); // biome-ignore format: pairs
    expect(usage?.plan?.position).toBe(1);
  });

  test('of a new chain is nothing', async () => {
    const root = [...planned(['read', 1, 3]), ...limited(['denial', 2])];
    expect(await lookUsage(nthChain(1, { root }), memoryStore(), NOW)).toMatchObject([
      { limits: [{ unit: 'denial', used: 0, left: 2 }], plan: { steps: [{ taken: 0 }], position: 0 } },
    ]);
  });

  test('of denials is never less than none left', async () => {
    const store = memoryStore();
    const root = limited(['denial', 1]);
    for (const n of [1, 2]) await chargeFor(nthChain(n, { root }, 'write'), { store });
    const [usage] = await lookUsage(nthChain(3, { root }), store, NOW);
    expect(usage?.limits).toEqual([{ unit: 'denial', amount: 1, used: 2, left: 0, branch: 1 }]);
  });

  test('is each block’s own, whatever the same limit says elsewhere', async () => {
    const store = memoryStore();
    const root = limited(['call', 9]);
    await chargeFor(nthChain(1, { root }), { store });
    await chargeFor(nthChain(2, { root, hop: limited(['call', 9]) }), { store });
    const usage = await lookUsage(nthChain(3, { root, hop: limited(['call', 9]) }), store, NOW);
    expect(usage.map(({ limits }) => limits[0]?.used)).toEqual([2, 1]);
  });
});

describe('nothing is said', () => {
  test.each<[string, Parameters<typeof nthChain>[1]]>([
    ['of a chain without limits and plan', {}],
    ['where two services are left', { root: [...limited(['call', 1]), [3, [AUDIENCE, `${AUDIENCE}.uk`]]] }],
    ['where no service is named', { root: [...limited(['call', 1]), [3, undefined]] }],
    ['where none is left', { root: limited(['call', 1]), hop: [...limited(['call', 1]), [3, ['x:y']]] }],
    [
      'where a hop leaves one too late for the root',
      { root: [...limited(['call', 1]), [3, [AUDIENCE, `${AUDIENCE}.uk`]]], hop: limited(['call', 1]) },
    ],
  ])('%s', async (_, changes) => {
    expect(await lookUsage(nthChain(1, changes), memoryStore(), NOW)).toEqual([]);
  });
});

test('looking changes nothing, and asks nothing but to look', async () => {
  const chain = nthChain(1, { root: limited(['call', 1]) });
  const store = brokenStore(() => {
    throw new Error('charged');
  });
  const once = await lookUsage(chain, store, NOW);
  expect(await lookUsage(chain, store, NOW)).toEqual(once);
});
