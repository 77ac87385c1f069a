import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Limit } from '../../src/caveats/limits.ts';
import type { Step } from '../../src/caveats/plan.ts';
import { codes } from '../../src/codes.ts';
import { decide } from '../../src/decide/decide.ts';
import type { Decision } from '../../src/decide/decision.ts';
import { charge } from '../../src/state/charge.ts';
import { memoryStore } from '../../src/state/memory.ts';
import type { Store } from '../../src/state/store.ts';
import { lookUsage } from '../../src/state/usage.ts';
import { brandChain, type Chain } from '../../src/token/chain.ts';
import type { HopClaims } from '../../src/token/model.ts';
import { withoutEvidence } from '../support/counting.ts';
import { NOW, sha256 } from '../support/forge.ts';
import { anchor, hop, type Root, root } from '../support/worlds.ts';

type Claims = readonly [Root, ...HopClaims[]];

/** One request: for what, at which cost, and how many seconds after the one before. */
interface Ask {
  readonly action: string;
  readonly resource: string;
  readonly usd: number;
  readonly wait: number;
  /** Whether it is made below the last hop. */
  readonly longer: boolean;
}

const limit: fc.Arbitrary<Limit> = fc
  .record({
    unit: fc.constantFrom('call', 'usd'),
    amount: fc.integer({ min: 1, max: 4 }),
    window: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  })
  .map(({ window, ...rest }) => (window === undefined ? rest : { ...rest, window }));
const denial: fc.Arbitrary<Limit> = fc
  .integer({ min: 1, max: 3 })
  .map((amount) => ({ unit: 'denial', amount }));
const permission = fc.record({
  actions: fc.constantFrom(['read'], ['write'], ['*']),
  resources: fc.constantFrom(['**'], ['a/**'], ['b']),
});
const plan: fc.Arbitrary<Step[]> = fc.array(
  fc
    .record({ permission, min: fc.nat(1), more: fc.nat(2) })
    .map(({ min, more, ...step }) => ({ ...step, min, max: Math.max(1, min + more) })),
  { minLength: 1, maxLength: 3 },
);
const counters = (limits: fc.Arbitrary<Limit>) =>
  fc.record({
    limits: fc.option(fc.array(limits, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
    plan: fc.option(plan, { nil: undefined, freq: 1 }),
  });

// Of the claims of the worlds, those that say where and when are too seldom right for a sequence of requests.
const usable = { aud: ['s1'], exp: NOW + 999, nbf: undefined, delegation: undefined };
const evidence = { alive: undefined, approval: undefined, context: undefined };
const roots = (limits: fc.Arbitrary<Limit>) =>
  fc.tuple(root, counters(limits)).map(([own, counted]) => ({ ...own, ...usable, ...evidence, ...counted, delegation: { depth: 9 } }) as unknown as Root); // biome-ignore format: short
const hops = (limits: fc.Arbitrary<Limit>) =>
  fc.tuple(hop, counters(limits)).map(([own, counted]) => ({ ...own, ...usable, ...evidence, ...counted }) as unknown as HopClaims); // biome-ignore format: short
const anyLimit = fc.oneof({ weight: 3, arbitrary: limit }, { weight: 1, arbitrary: denial });

const ask: fc.Arbitrary<Ask> = fc.record({
  action: fc.constantFrom('read', 'write'),
  resource: fc.constantFrom('a/b', 'b'),
  usd: fc.nat(2),
  wait: fc.nat(2),
  longer: fc.boolean(),
});
const asks = (maxLength: number) => fc.array(ask, { minLength: 1, maxLength });

/** A chain of claims, with the nth invocation of its holder. */
function chainOf(claims: Claims, n: number, { action, resource }: Ask, now: number): Chain {
  const blocks = claims.map((own, i) => ({ id: sha256(`block ${i}`), claims: own }));
  const nonce = sha256(`nonce ${n}`).slice(0, 16);
  const invocation = { action, resource, audience: 's1', iat: now, exp: now + 60, nonce };
  return brandChain({ suite: 'ed25519', anchor, blocks, invocation } as never);
}

function decideFor(chain: Chain, { action, resource }: Ask, now: number): Decision {
  return decide(chain, { audience: 's1', request: { action, resource }, now });
}

function chargeFor(store: Store | null, chain: Chain, asked: Ask, now: number): Promise<Decision> {
  const options = { store, replay: 'required', costs: { usd: asked.usd }, reserveFor: 300 } as const;
  return charge(chain, withoutEvidence(decideFor(chain, asked, now)), options);
}

/** A store after requests, each with a nonce of its own, by holders of a chain and of that chain with its last hop. */
async function after(claims: Claims, history: readonly Ask[]): Promise<{ store: Store; now: number }> {
  const store = memoryStore();
  let now = NOW;
  for (const [n, asked] of history.entries()) {
    now += asked.wait;
    await chargeFor(store, chainOf(asked.longer ? claims : shorter(claims), n, asked, now), asked, now);
  }
  return { store, now };
}

function shorter(claims: Claims): Claims {
  return claims.slice(0, -1) as unknown as Claims;
}

const isAllowed = ({ verdict }: Decision) => verdict === 'allow';

test('monotone: what a chain with one more hop is allowed, the chain is, from the same store', async () => {
  const seen = { longer: 0, narrowed: 0, counted: 0, runs: 0 };
  const any = fc.tuple(roots(anyLimit), hops(anyLimit), hops(anyLimit), asks(8), ask);
  const law = fc.asyncProperty(any, async ([first, middle, last, history, asked]) => {
    const claims: Claims = [first, middle, last];
    const decideOn = async (own: Claims) => {
      const { store, now } = await after(claims, history);
      return chargeFor(store, chainOf(own, 99, asked, now), asked, now);
    };
    const [longer, short] = [await decideOn(claims), await decideOn(shorter(claims))];
    seen.runs += 1;
    seen.longer += Number(isAllowed(longer));
    seen.narrowed += Number(isAllowed(short) && !isAllowed(longer));
    seen.counted += Number(/^limits\.(spent|frozen)|^plan\.closed/.test(longer.code));
    return isAllowed(short) || !isAllowed(longer);
  });
  await fc.assert(law, { numRuns: 600 });
  expect(seen.longer / seen.runs).toBeGreaterThan(0.05);
  expect(seen.narrowed / seen.runs).toBeGreaterThan(0.02);
  expect(seen.counted / seen.runs).toBeGreaterThan(0.1);
});

test('a request that is refused changes nothing that is left, but what is counted of denials', async () => {
  const seen = { refused: 0, counted: 0 };
  const any = fc.tuple(roots(anyLimit), hops(anyLimit), asks(12));
  const law = fc.asyncProperty(any, async ([first, last, history]) => {
    const store = memoryStore();
    let now = NOW;
    for (const [n, asked] of history.entries()) {
      now += asked.wait;
      const chain = chainOf([first, last], n, asked, now);
      const left = async () => {
        const usage = await lookUsage(chain, store, now);
        const denials = usage.flatMap(({ limits }) => limits.filter(({ unit }) => unit === 'denial'));
        const others = usage.map(({ limits, ...more }) => ({ ...more, limits: limits.filter(({ unit }) => unit !== 'denial') })); // biome-ignore format: short
        return { denials: denials.reduce((sum, { used }) => sum + used, 0), others };
      };
      const before = await left();
      const decision = await chargeFor(store, chain, asked, now);
      if (isAllowed(decision)) continue;
      const behind = await left();
      expect(behind.others).toEqual(before.others);
      seen.refused += 1;
      const outside = decision.denials.some(({ code }) => /^scope\.|^plan\.(step|early)/.test(code));
      if (!outside) expect(behind.denials).toBe(before.denials);
      seen.counted += Number(behind.denials > before.denials);
    }
  });
  await fc.assert(law, { numRuns: 300 });
  expect(seen.refused).toBeGreaterThan(300);
  expect(seen.counted).toBeGreaterThan(30);
});

test('no window and no life ever has more used than its amount', async () => {
  const any = fc.tuple(roots(limit), hops(limit), asks(20));
  const law = fc.asyncProperty(any, async ([first, last, history]) => {
    const { store, now } = await after([first, last], history);
    const usage = await lookUsage(chainOf([first, last], 99, history[0] as Ask, now), store, now);
    for (const { limits, plan: followed } of usage) {
      for (const { used, amount } of limits) expect(used).toBeLessThanOrEqual(amount);
      for (const { taken, max } of followed?.steps ?? []) expect(taken).toBeLessThanOrEqual(max);
    }
  });
  await fc.assert(law, { numRuns: 200 });
});

describe('logic and store agree', () => {
  const stateless = <T extends object>(claims: T): T => ({ ...claims, limits: undefined, plan: undefined });

  test('where nothing is counted, a store decides as logic does, but for a nonce that comes again', async () => {
    const seen = { allowed: 0, denied: 0 };
    const any = fc.tuple(roots(limit).map(stateless), hops(limit).map(stateless), ask);
    const law = fc.asyncProperty(any, async ([first, last, asked]) => {
      const store = { ...memoryStore(), durable: true };
      const chain = chainOf([first, last], 1, asked, NOW);
      const logic = decideFor(chain, asked, NOW);
      const once = await chargeFor(store, chain, asked, NOW);
      const again = await chargeFor(store, chain, asked, NOW);
      expect({ ...once, notEstablished: logic.notEstablished }).toEqual(logic);
      expect(again.code).toBe(isAllowed(logic) ? 'invocation.replay' : logic.code);
      seen[isAllowed(logic) ? 'allowed' : 'denied'] += 1;
    });
    await fc.assert(law, { numRuns: 300 });
    expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(30);
  });

  test('needs suffice: with the store that they ask for, nothing is left that could be brought', async () => {
    const seen = { needed: 0, allowed: 0 };
    const any = fc.tuple(roots(limit), hops(limit), ask);
    const law = fc.asyncProperty(any, async ([first, last, asked]) => {
      const chain = chainOf([first, last], 1, asked, NOW);
      const without = await chargeFor(null, chain, asked, NOW);
      const brought = await chargeFor(memoryStore(), chain, asked, NOW);
      expect(brought.needs).toEqual([]);
      if (without.needs.length === 0) expect(brought.verdict).toBe('deny');
      else expect(brought.denials.filter(({ code }) => codes[code][0] === 'need')).toEqual([]);
      seen.needed += Number(without.needs.length > 0);
      seen.allowed += Number(isAllowed(brought));
    });
    await fc.assert(law, { numRuns: 300 });
    expect(Math.min(seen.needed, seen.allowed)).toBeGreaterThan(30);
  });
});

test('a branch freezes itself alone: its sibling is decided as if it had asked for nothing', async () => {
  const seen = { allowed: 0, frozen: 0 };
  const rogue = { action: 'delete', resource: 'b', usd: 0, wait: 0, longer: true };
  const any = fc.tuple(roots(denial), hops(limit), asks(6), fc.integer({ min: 1, max: 4 }));
  const law = fc.asyncProperty(any, async ([first, last, history, times]) => {
    const scope = [{ actions: ['read', 'write'], resources: ['**'] }];
    const claims = [{ ...first, scope, plan: undefined }, last] as unknown as Claims;
    const decideAll = async (store: Store) => {
      const found: string[] = [];
      for (const [n, asked] of history.entries()) {
        found.push((await chargeFor(store, chainOf(claims, n, asked, NOW), asked, NOW)).code);
      }
      return found;
    };
    const askAsSibling = (store: Store, n: number, asked: Ask) => {
      const { blocks, ...rest } = chainOf(claims, n, asked, NOW);
      const below = { id: sha256('a sibling'), claims: { delegate: 'agent:a/y' } };
      return chargeFor(store, brandChain({ ...rest, blocks: [blocks[0], below] } as never), asked, NOW);
    };
    const store = memoryStore();
    for (let n = 0; n < times; n++) await askAsSibling(store, 100 + n, rogue);
    const codes = await decideAll(store);
    expect(codes).toEqual(await decideAll(memoryStore()));
    seen.allowed += codes.filter((code) => code === 'allowed').length;
    const frozen = await askAsSibling(store, 200, { ...rogue, action: 'read' });
    seen.frozen += Number(frozen.code === 'limits.frozen');
  });
  await fc.assert(law, { numRuns: 200 });
  expect(Math.min(seen.allowed, seen.frozen)).toBeGreaterThan(30);
});
