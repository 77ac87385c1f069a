import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { StoreError } from '../../src/errors.ts';
import { charge } from '../../src/state/charge.ts';
import { memoryStore } from '../../src/state/memory.ts';
import type { Store } from '../../src/state/store.ts';
import { lookUsage } from '../../src/state/usage.ts';
import { chainOf, REQUEST, textWith } from '../support/chains.ts';
import {
  brokenStore,
  chargeFor,
  limited,
  nth,
  nthChain,
  planned,
  withoutEvidence,
} from '../support/counting.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';

const codesOf = async (decision: ReturnType<typeof chargeFor>) =>
  (await decision).denials.map(({ code }) => code);
const usedBy = async (root: ReturnType<typeof limited>, store: Store, now = NOW) =>
  (await lookUsage(nthChain(0, { root }), store, now)).flatMap(({ limits }) =>
    limits.map(({ used }) => used),
  );
const durable = (): Store => ({ ...memoryStore(), durable: true });

describe('a request that logic allows', () => {
  test('is allowed, and replay is established', async () => {
    const { verdict, code, notEstablished } = await chargeFor(nthChain(1), { store: durable() });
    expect([verdict, code, notEstablished]).toEqual(['allow', 'allowed', []]);
  });

  test('is allowed by a store that forgets, and the decision says so', async () => {
    expect((await chargeFor(nthChain(1))).notEstablished).toEqual(['durability']);
  });

  test('keeps what else was not established', async () => {
    const chain = nthChain(1);
    const options = { store: durable(), replay: 'required', costs: {}, reserveFor: 300 } as const;
    const { notEstablished } = await charge(
      chain,
      withoutEvidence(decide(chain, { audience: AUDIENCE, now: NOW })),
      options,
    );
    expect(notEstablished).toEqual(['request']);
  });

  test('has no reservation where all costs are exact', async () => {
    const chain = nthChain(1, { root: limited(['usd', 5]) });
    expect(await chargeFor(chain, { costs: { usd: 5 } })).not.toHaveProperty('reservation');
  });
});

describe('a nonce', () => {
  test('allows once; seen again, replay is the only denial, whatever is used up', async () => {
    const store = memoryStore();
    const chain = nthChain(1, { root: limited(['call', 1]) });
    await chargeFor(chain, { store });
    const again = await chargeFor(chain, { store });
    expect(again.denials).toEqual([
      { code: 'invocation.replay', block: null, caveat: 'invocation', expected: null, actual: null },
    ]);
    expect(again.needs).toEqual([]);
  });

  test('is not spent by a request that a limit refuses', async () => {
    const store = memoryStore();
    const root = limited(['call', 1, 10]);
    await chargeFor(nthChain(1, { root }), { store });
    expect(await codesOf(chargeFor(nthChain(2, { root }), { store }))).toEqual(['limits.spent']);
    expect((await chargeFor(nthChain(2, { root }), { store, now: NOW + 10 })).verdict).toBe('allow');
  });

  test('is its block’s own: another chain may use it too', async () => {
    const store = memoryStore();
    await chargeFor(nthChain(1), { store });
    const other = nthChain(1, { hop: [[9, new Map([[2, 'another']])]] });
    expect((await chargeFor(other, { store })).verdict).toBe('allow');
  });
});

describe('what the store refuses is said as', () => {
  test('a limit that is spent: what was used, what was asked, and nothing that could be brought', async () => {
    const store = memoryStore();
    const root = limited(['usd', 5, 10]);
    await chargeFor(nthChain(1, { root }), { store, costs: { usd: 3 } });
    const { denials, needs } = await chargeFor(nthChain(2, { root }), {
      store,
      costs: { usd: 4 },
      now: NOW + 1,
    });
    expect(denials).toEqual([
      {
        code: 'limits.spent',
        block: 0,
        caveat: 'limits',
        expected: { unit: 'usd', amount: 5, window: 10 },
        actual: { used: 3, cost: 4, frees: NOW + 10 },
      },
    ]);
    expect(needs).toEqual([]);
  });

  test('a plan: which step is taken, how often, and what was asked', async () => {
    const root = planned(['read', 1, 1], ['write', 0, 1]);
    const chain = nthChain(1, { root }, 'write');
    expect((await chargeFor(chain)).denials).toMatchObject([
      {
        code: 'plan.early',
        block: 0,
        caveat: 'plan',
        actual: { taken: [0, 0], position: 0, action: 'write', resource: REQUEST.resource },
      },
    ]);
  });

  test('all of them, in the order of the blocks', async () => {
    const root = [...planned(['read', 1, 1], ['write', 0, 1]), ...limited(['call', 0])];
    const chain = nthChain(1, { root, hop: limited(['call', 0], ['usd', 1]) }, 'write');
    const { code, denials } = await chargeFor(chain, { costs: { usd: 2 } });
    expect(denials.map((denial) => [denial.code, denial.block])).toEqual([
      ['limits.spent', 0],
      ['plan.early', 0],
      ['limits.spent', 1],
      ['limits.spent', 1],
    ]);
    expect(code).toBe('limits.spent');
  });
});

describe('what a request costs', () => {
  const root = limited(['usd', 5], ['usd', 9, 60]);

  test('is denied for every limit where the service does not say', async () => {
    expect((await chargeFor(nthChain(1, { root }))).denials).toEqual([
      { code: 'limits.cost', block: 0, caveat: 'limits', expected: { unit: 'usd', amount: 5 }, actual: null },
      {
        code: 'limits.cost',
        block: 0,
        caveat: 'limits',
        expected: { unit: 'usd', amount: 9, window: 60 },
        actual: null,
      },
    ]);
  });

  test('is not what every object has by the name of the unit', async () => {
    const chain = nthChain(1, { root: limited(['constructor', 5]) });
    expect(await codesOf(chargeFor(chain))).toEqual(['limits.cost']);
  });

  test('spends no nonce where it is not said', async () => {
    const store = memoryStore();
    const chain = nthChain(1, { root });
    await chargeFor(chain, { store });
    expect((await chargeFor(chain, { store, costs: { usd: 1 } })).verdict).toBe('allow');
  });

  test('may be nothing, even of a budget of nothing', async () => {
    const chain = nthChain(1, { root: limited(['usd', 0]) });
    expect((await chargeFor(chain, { costs: { usd: 0 } })).verdict).toBe('allow');
  });

  test('fits to the last unit, near the greatest number', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const store = memoryStore();
    const spend = (n: number, usd: number) =>
      chargeFor(nthChain(n, { root: limited(['usd', most, most]) }), { store, costs: { usd } });
    expect((await spend(1, most - 1)).verdict).toBe('allow');
    expect((await spend(2, 2)).code).toBe('limits.spent');
    expect((await spend(3, 1)).verdict).toBe('allow');
  });

  test.each<[string, unknown]>([
    ['a text', '1'],
    ['less than nothing', -1],
    ['a part', 0.5],
    ['no number', Number.NaN],
    ['endless', Number.POSITIVE_INFINITY],
    ['above the profile', 2 ** 53],
    ['nothing at all', null],
    ['undefined', undefined],
    ['a promise', Promise.resolve(1)],
    ['true', true],
    ['at most a text', { atMost: '1' }],
    ['at most less than nothing', { atMost: -1 }],
    ['a bigint', 1n],
  ])('is refused where it is %s', async (_, usd) => {
    const costs = { usd } as unknown as Record<string, number>;
    await expect(chargeFor(nthChain(1, { root }), { costs })).rejects.toMatchObject({
      code: 'cost.malformed',
    });
  });

  test('counts once for each limit, and each limit for itself', async () => {
    const store = memoryStore();
    await chargeFor(nthChain(1, { root }), { store, costs: { usd: 4 } });
    expect(await usedBy(root, store)).toEqual([4, 4]);
  });
});

describe('a cost that is known later', () => {
  const root = limited(['usd', 100]);

  test('is reserved at its most, by an id that tells the invocation from all others', async () => {
    const store = memoryStore();
    const first = await chargeFor(nthChain(1, { root }), {
      store,
      costs: { usd: { atMost: 60 } },
      reserveFor: 7,
    });
    expect(first.reservation).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      until: NOW + 7,
      costs: { usd: 60 },
    });
    expect(await usedBy(root, store)).toEqual([60]);
  });

  test('is kept apart from one under the same nonce, once that is forgotten', async () => {
    const store = memoryStore();
    const of = (exp: number) => nthChain(1, { root, invocation: [[4, exp]] });
    const first = await chargeFor(of(NOW + 1), { store, costs: { usd: { atMost: 1 } } });
    const second = await chargeFor(of(NOW + 60), { store, now: NOW + 31, costs: { usd: { atMost: 90 } } });
    expect(second.verdict).toBe('allow');
    await store.settle({ now: NOW + 31, id: first.reservation?.id as string, costs: { usd: 0 } });
    expect(await usedBy(root, store, NOW + 31)).toEqual([90]);
  });

  test('is not reserved where it is denied', async () => {
    const decision = await chargeFor(nthChain(1, { root }), { costs: { usd: { atMost: 101 } } });
    expect([decision.code, decision.reservation]).toEqual(['limits.spent', undefined]);
  });
});

describe('a request outside of what is granted is counted', () => {
  const root = limited(['denial', 3]);
  const outside = (n: number, more = {}) => nthChain(n, { root, ...more }, 'write');

  test.each<[string, Parameters<typeof chargeFor>[0]]>([
    ['for its action', outside(1)],
    ['for its resource', nthChain(1, { root, invocation: [[2, 'hr/q3.pdf']] })],
    [
      'for its arguments',
      nthChain(1, { root: [...root, [10, [[['read'], ['reports/**'], { a: [1, 1] }]]]] }),
    ],
    ['as no step of a plan', nthChain(1, { root: [...planned(['read', 0, 1]), ...root] }, 'write')],
    [
      'as a closed step',
      nthChain(1, { root: [...planned(['read', 1, 1], ['write', 0, 1]), ...root] }, 'write'),
    ],
  ])('%s', async (_, chain) => {
    const store = memoryStore();
    expect((await chargeFor(chain, { store })).verdict).toBe('deny');
    const [usage] = await lookUsage(chain, store, NOW);
    expect(usage?.limits.map(({ used }) => used)).toEqual([1]);
  });

  test.each<[string, Parameters<typeof chargeFor>[0], Parameters<typeof chargeFor>[1]]>([
    ['has expired', outside(1, { invocation: [[4, NOW + 1]] }), { now: NOW + 1 }],
    [
      'is not the one that was sealed',
      outside(1),
      { request: { action: 'delete', resource: REQUEST.resource } },
    ],
    ['is for another service', outside(1, { invocation: [[3, 'https://pay.acme.example']] }), {}],
    ['comes from an expired grant', outside(1, { hop: [[4, NOW]] }), {}],
    ['comes too early', outside(1, { hop: [[5, NOW + 31]] }), {}],
    ['is inside, but over a limit', nthChain(1, { root: limited(['denial', 3], ['call', 0]) }), {}],
    [
      'is inside, but lacks a context',
      nthChain(1, { root: [...root, [14, new Map([['net', [1, 'x']]])]] }),
      {},
    ],
  ])('but not where it %s', async (_, chain, options) => {
    const store = memoryStore();
    expect((await chargeFor(chain, { ...options, store })).verdict).toBe('deny');
    expect((await lookUsage(chain, store, NOW))[0]?.limits.find(({ unit }) => unit === 'denial')?.used).toBe(
      0,
    );
  });

  test('once, however often it is sent', async () => {
    const store = memoryStore();
    for (let i = 0; i < 20; i++) await chargeFor(outside(1), { store });
    expect(await usedBy(root, store)).toEqual([1]);
  });

  test('each, where its holder uses one nonce for several', async () => {
    const store = memoryStore();
    await chargeFor(outside(1), { store });
    await chargeFor(outside(1, { invocation: [[2, 'reports/q4.pdf']] }), { store });
    expect(await usedBy(root, store)).toEqual([2]);
  });

  test('until the amount is reached, which freezes what is inside, and names no need', async () => {
    const store = memoryStore();
    for (const n of [1, 2]) await chargeFor(outside(n), { store });
    expect((await chargeFor(nthChain(3, { root }), { store })).verdict).toBe('allow');
    await chargeFor(outside(4), { store });
    const frozen = await chargeFor(nthChain(5, { root }), { store });
    expect(frozen.denials).toEqual([
      {
        code: 'limits.frozen',
        block: 0,
        caveat: 'limits',
        expected: { unit: 'denial', amount: 3 },
        actual: { used: 3 },
      },
    ]);
    expect(frozen.needs).toEqual([]);
  });

  test('without a cost that is wrong keeping it from being counted', async () => {
    const store = memoryStore();
    const both = limited(['denial', 3], ['usd', 3]);
    const decision = await chargeFor(nthChain(1, { root: both }, 'write'), {
      store,
      costs: { usd: Number.NaN },
    });
    expect(decision.code).toBe('scope.action');
    expect(await usedBy(both, store)).toEqual([0, 1]);
  });

  test('and by each limit of its own amount', async () => {
    const store = memoryStore();
    const two = limited(['denial', 1], ['denial', 2]);
    await chargeFor(nthChain(1, { root: two }, 'write'), { store });
    expect((await chargeFor(nthChain(2, { root: two }), { store })).denials).toMatchObject([
      { code: 'limits.frozen', expected: { amount: 1 } },
    ]);
  });

  test('not at all where nothing watches', async () => {
    const charged: unknown[] = [];
    const store = { ...memoryStore(), charge: (all: unknown) => charged.push(all) } as unknown as Store;
    await chargeFor(nthChain(1, {}, 'write'), { store });
    expect(charged).toEqual([]);
  });
});

describe('a store that fails denies', () => {
  test.each<[string, () => unknown, string]>([
    ['with its own error', () => { throw new StoreError('store.lost'); }, 'store.lost'],
    ['later', () => Promise.reject(new StoreError('store.full')), 'store.full'],
    ['with another error', () => { throw new TypeError('x'); }, 'store.failed'],
    ['with no error at all', () => Promise.reject(undefined), 'store.failed'],
    ['with no answer', () => undefined, 'store.failed'],
    ['with true', () => true, 'store.failed'],
    ['with nothing refused and nothing standing', () => ({ refused: [], standing: [] }), 'store.failed'],
    ['with nothing standing', () => ({ refused: [0] }), 'store.failed'],
    ['with what is refused left out', () => ({ standing: [{ used: 0 }] }), 'store.failed'],
    ['with what was not asked', () => ({ refused: [1], standing: [{ used: 0 }] }), 'store.failed'],
    ['with what has no number', () => ({ refused: [], standing: [{}] }), 'store.failed'],
  ])('%s', async (_, answer, code) => {
    const { verdict, denials, needs } = await chargeFor(nthChain(1), { store: brokenStore(answer) });
    expect(verdict).toBe('deny');
    expect(denials).toEqual([{ code, block: null, caveat: 'store', expected: null, actual: null }]);
    expect(needs).toEqual([]);
  }); // biome-ignore format: a row a line

  test('beside what was outside, where it could not be counted', async () => {
    const store = brokenStore(() => Promise.reject(new Error('x')));
    const chain = nthChain(1, { root: limited(['denial', 1]) }, 'write');
    expect(await codesOf(chargeFor(chain, { store }))).toEqual(['scope.action', 'store.failed']);
  });
});

describe('without a store', () => {
  test('a request is denied, and the need is one', async () => {
    const { denials, needs } = await chargeFor(nthChain(1), { store: null });
    expect(denials).toEqual([
      { code: 'invocation.store', block: null, caveat: 'invocation', expected: null, actual: null },
    ]);
    expect(needs).toEqual([{ kind: 'store', block: null }]);
  });

  test('it is allowed where the owner of the service takes that on, who is told', async () => {
    const { verdict, notEstablished } = await chargeFor(nthChain(1), { store: null, replay: 'reported' });
    expect([verdict, notEstablished]).toEqual(['allow', ['replay']]);
  });

  test('limits are denied even then', async () => {
    const chain = nthChain(1, { root: limited(['call', 1]) });
    const { denials, needs } = await chargeFor(chain, { store: null, replay: 'reported' });
    expect(denials.map(({ code }) => code)).toEqual(['limits.store']);
    expect(needs).toEqual([{ kind: 'store', block: 0 }]);
  });

  test.each<[string, Parameters<typeof nthChain>[1], string, string[], number]>([
    ['what needs nothing else', { root: limited(['call', 1]) }, 'read', ['invocation.store', 'limits.store'], 2],
    ['what needs evidence too', { root: [[17, new Uint8Array(32).fill(9)]] }, 'read', ['invocation.store', 'consent.proof'], 2],
    ['what nothing mends', { root: limited(['call', 1]) }, 'write', ['scope.action', 'limits.store'], 0],
  ])('the denials and needs are all that there are: %s', async (_, changes, action, codes, needs) => {
    const decision = await chargeFor(nthChain(1, changes, action), { store: null });
    expect(decision.denials.map(({ code }) => code)).toEqual(codes);
    expect(decision.needs).toHaveLength(needs);
    expect(decision.code).toBe(codes[0]);
  }); // biome-ignore format: a row a line
});

describe('needs', () => {
  const evidence = [17, new Uint8Array(32).fill(9)] as const;

  test('of evidence stay, and none of a store that is there', async () => {
    const chain = nthChain(1, { root: [...limited(['call', 1]), evidence] });
    const { denials, needs } = await chargeFor(chain);
    expect(denials.map(({ code }) => code)).toEqual(['consent.proof']);
    expect(needs.map(({ kind }) => kind)).toEqual(['consent']);
  });

  test('are none where the store fails to count', async () => {
    const chain = nthChain(1, { root: [...limited(['denial', 1]), evidence] }, 'write');
    const store = brokenStore(() => undefined);
    expect((await chargeFor(chain, { store })).needs).toEqual([]);
  });
});

test('an open token is denied, and nothing is charged', async () => {
  const chain = chainOf(textWith(2, { invocation: null }));
  const decision = await chargeFor(chain, { store: brokenStore(() => true) });
  expect(decision.denials.map(({ code }) => code)).toEqual(['invocation.missing']);
});

test('what is charged is what was decided, with the one clock reading', async () => {
  const seen: unknown[] = [];
  const store = memoryStore();
  const spy = {
    ...store,
    charge: (all: Parameters<Store['charge']>[0]) => {
      seen.push(all.now);
      return store.charge(all);
    },
  };
  await chargeFor(chainOf(textWith(2, { invocation: nth(1) })), { store: spy, now: NOW + 5 });
  expect(seen).toEqual([NOW + 5]);
});
