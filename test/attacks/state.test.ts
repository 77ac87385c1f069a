import { describe, expect, test } from 'vitest';
import { BRANCHES, latin1 } from '../../src/state/keys.ts';
import { memoryStore } from '../../src/state/memory.ts';
import type { Store } from '../../src/state/store.ts';
import { lookUsage } from '../../src/state/usage.ts';
import { createVerifier } from '../../src/verifier.ts';
import { type Change, chainOf, REQUEST, recipe, suites, textWith, trust } from '../support/chains.ts';
import { AUDIENCE, forge, NOW, sha256 } from '../support/forge.ts';

const limits = (...entries: readonly (readonly (string | number)[])[]): Change => [
  [3, [AUDIENCE]],
  [15, entries],
];
const nonce = (n: number) => sha256(`nonce ${n}`).slice(0, 16);
const TASKS = ['one', 'two', 'three', 'four'].map((task): Change => [[9, new Map([[2, task]])]]);

/** What a service answers to one presentation after the other. */
async function answers(store: Store, texts: readonly string[], now = NOW, request: object = REQUEST) {
  const verifier = createVerifier({ trust, audience: AUDIENCE, store, clock: () => now });
  const codes: string[] = [];
  for (const text of texts) codes.push((await verifier.authorize(text, request)).code);
  return codes;
}

/** The same, each presentation for the request that it was sealed for. */
const asSealed = (store: Store, texts: readonly string[]) => answers(store, texts, NOW, {});

describe.each(suites)('H. replay, suite %i', (suite) => {
  const sealed = (n: number, exp = NOW + 60) =>
    textWith(suite, { invocation: [[4, exp], [7, nonce(n)]] }); // biome-ignore format: short

  test('H01 the identical sealed invocation a second time', async () => {
    expect(await answers(memoryStore(), [sealed(1), sealed(1)])).toEqual(['allowed', 'invocation.replay']);
  });

  test('H01 at its last second, and with the clock of a verifier that is behind', async () => {
    const store = memoryStore();
    expect(await answers(store, [sealed(1)], NOW)).toEqual(['allowed']);
    expect(await answers(store, [sealed(2, NOW + 90)], NOW + 80)).toEqual(['allowed']);
    expect(await answers(store, [sealed(1)], NOW + 59)).toEqual(['invocation.replay']);
  });

  test('H09 a flood of nonces fills a store, and evicts none that lives', async () => {
    const store = memoryStore({ rows: 50 });
    expect(await answers(store, [sealed(0)])).toEqual(['allowed']);
    const flood = await answers(
      store,
      Array.from({ length: 100 }, (_, i) => sealed(i + 1)),
    );
    expect(flood.filter((code) => code === 'allowed').length).toBeLessThan(50);
    expect(flood.slice(50)).toEqual(Array(50).fill('store.full'));
    expect(await answers(store, [sealed(0)])).toEqual(['invocation.replay']);
  });

  test('H09 a store that was full has room again when the nonces in it have ended', async () => {
    const store = memoryStore({ rows: 5 });
    const flood = await answers(
      store,
      Array.from({ length: 9 }, (_, i) => sealed(i + 1)),
    );
    expect(flood.at(-1)).toBe('store.full');
    expect(await answers(store, [sealed(0, NOW + 150)], NOW + 91)).toEqual(['allowed']);
  });

  test('H10 a clock set back denies, before it opens a window again', async () => {
    const store = memoryStore();
    expect(await answers(store, [sealed(1)])).toEqual(['allowed']);
    expect(await answers(store, [sealed(2, NOW + 180)], NOW + 120)).toEqual(['allowed']);
    expect(await answers(store, [sealed(1)], NOW)).toEqual(['store.clock']);
    expect(await answers(store, [sealed(3)], NOW)).toEqual(['store.clock']);
  });
});

describe.each(suites)('I. budgets, suite %i', (suite) => {
  test('T06 leaves that a child mints share the budget of the block that declares it', async () => {
    const leaves = Array.from({ length: 8 }, (_, leaf) =>
      textWith(suite, {
        root: limits(['call', 3]),
        hop: [[9, new Map([[2, `leaf ${leaf}`]])]],
        invocation: [[7, nonce(1)]],
      }),
    );
    const codes = await answers(memoryStore(), leaves);
    expect(codes).toEqual([...Array(3).fill('allowed'), ...Array(5).fill('limits.spent')]);
  });

  test('T06 a leaf that declares a larger budget of its own gains nothing', async () => {
    const leaves = [1, 2].map((n) =>
      textWith(suite, {
        root: limits(['call', 1]),
        hop: [[7, nonce(n)], [15, [['call', 99]]]], // biome-ignore format: short
        invocation: [[7, nonce(n)]],
      }),
    );
    expect(await answers(memoryStore(), leaves)).toEqual(['allowed', 'limits.spent']);
  });
});

describe.each(suites)('a store that fails, suite %i', (suite) => {
  test.each(['ENOSPC', 'EIO', 'EROFS'])('T05 whatever an adapter lets through of %s denies', async (code) => {
    const fail = () => Promise.reject(Object.assign(new Error(code), { code }));
    const store = { ...memoryStore(), charge: fail };
    expect(await answers(store, [textWith(suite)])).toEqual(['store.failed']);
  });
});

describe.each(suites)('refused requests, suite %i', (suite) => {
  const root = limits(['denial', 2]);
  const good = (n: number, hop: Change = []) => textWith(suite, { root, hop, invocation: [[7, nonce(n)]] });
  const outside = (resource: string, n: number, hop: Change = []) =>
    textWith(suite, { root, hop, invocation: [[2, resource], [7, nonce(n)]] }); // biome-ignore format: short

  test('one that was captured, sent a thousand times, counts once and freezes nothing', async () => {
    const store = memoryStore();
    const captured = Array<string>(1000).fill(outside('payroll/q3', 1));
    expect(new Set(await asSealed(store, captured))).toEqual(new Set(['scope.resource']));
    const [usage] = await lookUsage(chainOf(good(2)), store, NOW);
    expect(usage?.limits).toMatchObject([{ unit: 'denial', used: 1, left: 1 }]);
    expect(await asSealed(store, [good(2)])).toEqual(['allowed']);
  });

  test('one nonce sealed again for another request counts again', async () => {
    const store = memoryStore();
    const probes = [outside('payroll/q3', 1), outside('payroll/q4', 1)];
    expect(await asSealed(store, probes)).toEqual(['scope.resource', 'scope.resource']);
    expect(await asSealed(store, [good(2)])).toEqual(['limits.frozen']);
  });

  test('a rogue branch freezes itself, and neither its sibling nor its parent, until an operator lifts it', async () => {
    const store = memoryStore();
    const [rogue, sibling] = TASKS as [Change, Change];
    const parent = (n: number) => {
      const { blocks, holders = [], ...made } = recipe(suite, { root, invocation: [[7, nonce(n)]] });
      return forge({ ...made, blocks: blocks.slice(0, 1), holders: holders.slice(0, 1) }).text;
    };
    await asSealed(store, [outside('payroll/q3', 1, rogue), outside('payroll/q3', 2, rogue)]);
    expect(await asSealed(store, [good(3, rogue), good(4, sibling), parent(5)])).toEqual([
      'limits.frozen',
      'allowed',
      'allowed',
    ]);
    const { id } = chainOf(good(3, rogue)).blocks[1] as { id: Uint8Array };
    expect(await store.lift(BRANCHES, latin1(id))).toHaveLength(1);
    expect(await asSealed(store, [good(6, rogue)])).toEqual(['allowed']);
  });
});
