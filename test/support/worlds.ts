import fc from 'fast-check';
import type { Caveats } from '../../src/caveats/all.ts';
import type { Facts } from '../../src/facts.ts';
import type { JsonObject } from '../../src/json.ts';
import type { PublicKey } from '../../src/keys/public-key.ts';
import type { Permission } from '../../src/scope/permission.ts';
import type { Predicate } from '../../src/scope/predicate.ts';
import type { Chain } from '../../src/token/chain.ts';
import type { HopClaims } from '../../src/token/model.ts';
import { hands } from './chains.ts';
import { NOW } from './forge.ts';

// Small worlds: few names, so that requests meet caveats, and chances that leave about half of all requests admitted.

const often = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: rare });
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const names = ['agent:a/x', 'agent:a/y', 'agent:b/x'];
const keys = [hands.cfo, hands.research, hands.lookup].map(({ publicKey }) => publicKey);
const anyName = fc.constantFrom(...names);
const anyKey = fc.constantFrom(...keys);
const action = fc.constantFrom('read', 'write');
const resource = fc.constantFrom('a/b', 'a/c', 'a/b/c', 'b');
const pattern = often(fc.constantFrom('**', 'a/**', 'a/*', '*/b'), resource);

const predicate: fc.Arbitrary<Predicate> = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 5, max: 9 })).map(([low, high]) => ({ range: [low, high] as const })),
  fc.integer({ min: 0, max: 9 }).map((eq) => ({ eq })),
  fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }).map((notIn) => ({ notIn })),
  fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 8 }).map((items) => ({ in: items })),
); // biome-ignore format: a row a line reads better

const permission: fc.Arbitrary<Permission> = fc.record({
  actions: often<string[]>(fc.constantFrom<string[]>(['*'], ['read', 'write']), action.map((own) => [own])), // biome-ignore format: short
  resources: fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }),
  args: seldom(fc.record({ '?n': predicate, '*': fc.constant(true as const) })),
});
const scope = fc.array(permission, { minLength: 1, maxLength: 3 });
const within = fc.integer({ min: 1, max: 99 });

const caveats: fc.Arbitrary<Caveats> = fc
  .record({
    aud: sometimes(often<string[]>(fc.constant(['s1', 's2']), fc.constantFrom<string[]>(['s1'], ['s2']))),
    exp: sometimes(often(fc.constant(NOW + 100), fc.constantFrom(NOW, NOW + 1))),
    nbf: sometimes(often(fc.constant(NOW), fc.constantFrom(NOW + 30, NOW + 31))),
    scope: sometimes(scope),
    delegation: seldom(
      fc.record({
        depth: fc.integer({ min: 1, max: 5 }),
        to: seldom(fc.uniqueArray(fc.oneof(anyName, fc.constantFrom('agent:*', 'agent:a/*'), anyKey), { minLength: 1, maxLength: 3 })), // biome-ignore format: short
      }),
    ),
    context: seldom(predicate.map((n) => ({ n }))),
    alive: seldom(fc.record({ key: anyKey, within }).map((entry) => [entry])),
    approval: seldom(fc.record({ unless: fc.array(permission, { maxLength: 1 }), keys: fc.constant([keys[0] as PublicKey]), need: fc.constant(1), within }).map((entry) => [entry])), // biome-ignore format: short
    limits: seldom(fc.constant([{ unit: 'call', amount: 1 }])),
    plan: seldom(
      fc.array(fc.record({ permission, min: fc.constant(0), max: fc.constant(2) }), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

/** Caveats as a delegate gives them who wants to widen: a block may also ask for everything. */
const widening: Caveats = {
  aud: ['s1', 's2', 's3'],
  exp: NOW + 9999,
  nbf: 0,
  scope: [{ actions: ['*'], resources: ['**'] }],
  delegation: { depth: 99 },
};
const anyCaveats = fc.oneof(
  { weight: 4, arbitrary: caveats },
  { weight: 1, arbitrary: fc.constant(widening) },
);

/** Hops of any caveats, to one of few delegates. */
export const hop: fc.Arbitrary<HopClaims> = fc
  .tuple(anyName, anyKey, anyCaveats)
  .map(([own, key, rest]) => ({ ...rest, delegate: own, key }));

const args: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant({}),
  fc.record({ n: fc.constantFrom<number | string>(0, 3, 5, 7.5, 'x') }),
);

/** Requests that such chains may meet. */
export const facts: fc.Arbitrary<Facts> = fc.record({
  now: often(fc.constant(NOW), fc.constantFrom(NOW - 31, NOW + 1, NOW + 100)),
  audience: often(fc.constant('s1'), fc.constantFrom('s2', 's3')),
  action,
  resource,
  args,
  context: fc.record({ n: fc.integer({ min: 0, max: 9 }) }, { requiredKeys: [] }),
});

/** The claims of a root block. */
export type Root = Chain['blocks'][0]['claims'];

/** Root blocks of any caveats. */
export const root: fc.Arbitrary<Root> = fc.tuple(anyCaveats, scope).map(([rest, own]) => ({
  exp: NOW + 200,
  scope: own,
  delegation: { depth: 4 },
  ...rest,
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:a/x',
  iat: NOW,
  cti: new Uint8Array(16),
  mission: { id: 'q3', purpose: 'x' },
})) as fc.Arbitrary<Root>;

/** An anchor that demands no status. */
export const anchor = {
  key: keys[0] as PublicKey,
  principal: 'mailto:cfo@acme.example',
  kind: 'human',
  speaksFor: [],
} as const;
