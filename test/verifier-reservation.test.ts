import { describe, expect, test } from 'vitest';
import { memoryStore } from '../src/state/memory.ts';
import type { Store } from '../src/state/store.ts';
import { lookUsage } from '../src/state/usage.ts';
import { createVerifier, type VerifierOptions } from '../src/verifier.ts';
import { type Changes, chainOf, REQUEST, textWith, trust } from './support/chains.ts';
import { limited, nth } from './support/counting.ts';
import { AUDIENCE, NOW } from './support/forge.ts';

const base = { trust, audience: AUDIENCE, clock: () => NOW };
const verifierWith = (options: Partial<VerifierOptions> = {}) => createVerifier({ ...base, ...options });
const sealed = (n: number, changes: Changes = {}, suite: 1 | 2 = 2): string =>
  textWith(suite, { ...changes, invocation: nth(n, changes.invocation ?? []) });

describe('a reservation', () => {
  const root = limited(['usd', 100]);
  const reserve = async (verifier = verifierWith({ costs: { usd: () => ({ atMost: 60 }) } }), n = 1) => ({
    verifier,
    decision: await verifier.authorize(sealed(n, { root }), REQUEST),
  });
  const unknown = { code: 'reservation.unknown' };

  test('is settled at less, which frees the rest', async () => {
    const { verifier, decision } = await reserve();
    expect((await reserve(verifier, 2)).decision.code).toBe('limits.spent');
    await verifier.settle(decision, { usd: 40 });
    expect((await reserve(verifier, 3)).decision.code).toBe('allowed');
  });

  test('is released as a whole, but for its nonce', async () => {
    const { verifier, decision } = await reserve();
    await verifier.release(decision);
    expect((await reserve(verifier, 1)).decision.code).toBe('invocation.replay');
    expect((await reserve(verifier, 2)).decision.code).toBe('allowed');
  });

  test('is settled once', async () => {
    const { verifier, decision } = await reserve();
    await verifier.settle(decision, { usd: 60 });
    await expect(verifier.settle(decision, { usd: 0 })).rejects.toMatchObject(unknown);
    await expect(verifier.release(decision)).rejects.toMatchObject(unknown);
  });

  test('counts in full for good when its time is over', async () => {
    let now = NOW;
    const verifier = verifierWith({
      clock: () => now,
      reserveFor: 10,
      costs: { usd: () => ({ atMost: 60 }) },
    });
    const { decision } = await reserve(verifier);
    now = NOW + 10;
    await expect(verifier.release(decision)).rejects.toMatchObject(unknown);
    expect((await reserve(verifier, 2)).decision.code).toBe('limits.spent');
  });

  test.each<[string, Record<string, unknown>]>([
    ['more than was reserved', { usd: 61 }],
    ['less than nothing', { usd: -1 }],
    ['a part', { usd: 0.5 }],
    ['nothing of a unit', {}],
    ['another unit too', { usd: 1, eur: 1 }],
    ['a promise', { usd: Promise.resolve(1) }],
  ])('is not settled at %s, and stays', async (_, costs) => {
    const { verifier, decision } = await reserve();
    const settled = verifier.settle(decision, costs as Record<string, number>);
    await expect(settled).rejects.toMatchObject({ code: 'cost.malformed' });
    await verifier.settle(decision, { usd: 1 });
  });

  test('that a decision lacks is unknown', async () => {
    const { verifier } = await reserve();
    await expect(verifier.release({})).rejects.toMatchObject(unknown);
    await expect(verifier.settle({}, { usd: 1 })).rejects.toMatchObject(unknown);
  });

  test('is settled by another verifier of the store, from the decision as JSON', async () => {
    const store = memoryStore();
    const { decision } = await reserve(verifierWith({ store, costs: { usd: () => ({ atMost: 60 }) } }));
    await verifierWith({ store }).settle(JSON.parse(JSON.stringify(decision)), { usd: 4 });
    const [usage] = await lookUsage(chainOf(sealed(1, { root })), store, NOW);
    expect(usage?.limits).toEqual([{ unit: 'usd', amount: 100, used: 4, left: 96 }]);
  });

  test('fails with its store', async () => {
    const store: Store = { ...memoryStore(), settle: () => Promise.reject(new Error('gone')) };
    const { verifier, decision } = await reserve(
      verifierWith({ store, costs: { usd: () => ({ atMost: 60 }) } }),
    );
    await expect(verifier.release(decision)).rejects.toMatchObject({ code: 'store.failed' });
  });
});

test('its methods work apart from it', async () => {
  const { authorize, settle, release } = verifierWith({ costs: { usd: () => ({ atMost: 6 }) } });
  const first = await authorize(sealed(1, { root: limited(['usd', 10]) }), REQUEST);
  await settle(first, { usd: 1 });
  await release(await authorize(sealed(2, { root: limited(['usd', 10]) }), REQUEST));
  expect(first.verdict).toBe('allow');
});
