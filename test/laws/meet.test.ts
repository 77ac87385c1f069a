import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaveatName, type CaveatValues, caveats } from '../../src/caveats/all.ts';
import type { Approval } from '../../src/caveats/approval.ts';
import type { Caveat, CaveatForm } from '../../src/caveats/caveat.ts';
import { checkDelegation, type Delegation } from '../../src/caveats/delegation.ts';
import { forms } from '../../src/caveats/forms.ts';
import type { Limit } from '../../src/caveats/limits.ts';
import type { Delegate, Facts } from '../../src/facts.ts';
import { sameKey } from '../../src/keys/key-claim.ts';
import type { PublicKey } from '../../src/keys/public-key.ts';
import type { Alive } from '../../src/keys/trust.ts';
import { admitsRequest, type Permission } from '../../src/scope/permission.ts';
import { narrowerPermission, permissions, requestsNear } from '../support/arbitraries.ts';
import { hands } from '../support/chains.ts';
import { narrowerPredicate, predicates, probes } from '../support/predicates.ts';

// Law 2 for every caveat. Each has values, worlds in which a value holds or not, and a plain reading of when it holds.

interface Law<V, W> {
  readonly values: fc.Arbitrary<V>;
  /** Values that hold in fewer worlds, so that containment occurs. */
  narrower?(value: V): fc.Arbitrary<V>;
  worlds(a: V, b: V): fc.Arbitrary<W>;
  holds(value: V, world: W): boolean;
}

const law = <V, W>(of: Law<V, W>): Law<unknown, unknown> => of as unknown as Law<unknown, unknown>;
const upTo = <T>(items: fc.Arbitrary<T>, maxLength: number, minLength = 1) =>
  fc.array(items, { minLength, maxLength });

const anyKey: fc.Arbitrary<PublicKey> = fc.constantFrom(
  ...[hands.cfo, hands.research, hands.lookup].map(({ publicKey }) => publicKey),
);
const keySet = fc.uniqueArray(anyKey, { minLength: 1, comparator: sameKey });
const anyName = fc.constantFrom('agent:a/x', 'agent:a/y', 'agent:b/x');
const smallNumber = fc.integer({ min: 0, max: 6 });
const facts: Facts = { now: 0, audience: 's', action: 'read', resource: 'a', args: {}, context: {} };

/** A caveat that is checked against the facts of a request and nothing else. */
const ofRequest = (name: CaveatName, value: unknown, of: Partial<Facts>): boolean =>
  (caveats[name] as Caveat<unknown>).check(
    value,
    { ...facts, ...of },
    { below: [], audiences: ['s'], subject: 's' },
  ).length === 0;

const party = fc.oneof(anyName, fc.constantFrom('agent:*', 'agent:a/*', 'agent:b/*'), anyKey);
const subject = fc.constantFrom(undefined, 'other');
const approval = fc
  .record({
    unless: upTo(permissions, 1, 0),
    keys: keySet,
    need: fc.integer({ min: 1, max: 2 }),
    within: smallNumber,
  })
  .map((own): Approval => ({ ...own, need: Math.min(own.need, own.keys.length) }));
const limit: fc.Arbitrary<Limit> = fc.record({
  unit: fc.constantFrom('call', 'usd'),
  amount: smallNumber,
  window: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
});

type Status = readonly [key: PublicKey, subject: string | undefined, age: number];
type Approved = {
  readonly approvals: readonly (readonly [PublicKey, number])[];
  readonly request: Parameters<typeof admitsRequest>[1];
};
type History = readonly { readonly unit: string; readonly age: number; readonly cost: number }[];

const laws: { readonly [N in CaveatName]: Law<unknown, unknown> } = {
  aud: law({
    values: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
    worlds: () => fc.constantFrom('a', 'b', 'c'),
    holds: (names: string[], audience: string) => ofRequest('aud', names, { audience }),
  }),
  exp: law({ values: smallNumber, worlds: () => smallNumber, holds: (time: number, now: number) => ofRequest('exp', time, { now }) }),
  nbf: law({ values: fc.integer({ min: 30, max: 36 }), worlds: () => smallNumber, holds: (time: number, now: number) => ofRequest('nbf', time, { now }) }),
  scope: law({
    values: upTo(permissions, 3),
    narrower: (of: Permission[]) => upTo(fc.constantFrom(...of).chain(narrowerPermission), 2),
    worlds: (a: Permission[], b: Permission[]) => requestsNear(...a, ...b),
    holds: (of: Permission[], request) => ofRequest('scope', of, request),
  }),
  delegation: law({
    values: fc.record({ depth: fc.integer({ min: 0, max: 3 }), to: fc.option(upTo(party, 3), { nil: undefined }) }).map(({ depth, to }): Delegation => (depth === 0 || to === undefined ? { depth } : { depth, to })),
    worlds: () => upTo(fc.record({ delegate: anyName, key: anyKey }), 3, 0),
    holds: (value: Delegation, below: Delegate[]) => checkDelegation(value, below).length === 0,
  }),
  alive: law({
    values: upTo(fc.record({ key: anyKey, within: smallNumber, subject }), 3),
    worlds: () => upTo(fc.tuple(anyKey, subject, smallNumber), 6, 0),
    holds: (entries: Alive[], statuses: Status[]) =>
      entries.every((own) => statuses.some(([key, about, age]) => sameKey(key, own.key) && about === own.subject && age <= own.within)),
  }),
  approval: law({
    values: upTo(approval, 2),
    narrower: (of: Approval[]) => fc.constantFrom(...of).map((own) => [{ ...own, unless: [], within: Math.max(0, own.within - 1) }]),
    worlds: (a: Approval[], b: Approval[]) => {
      const free = [...a, ...b].flatMap(({ unless }) => unless);
      return fc.record({ approvals: upTo(fc.tuple(anyKey, smallNumber), 4, 0), request: free.length > 0 ? requestsNear(...free) : permissions.chain((own) => requestsNear(own)) });
    },
    holds: (entries: Approval[], { approvals, request }: Approved) =>
      entries.every(({ unless, keys, need, within }) => {
        const yes = keys.filter((key) => approvals.some(([by, age]) => sameKey(by, key) && age <= within));
        return unless.some((own) => admitsRequest(own, request)) || yes.length >= need;
      }),
  }),
  context: law({
    values: fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), predicates, { minKeys: 1 }),
    narrower: (of: Record<string, never>) => fc.tuple(...Object.entries(of).map(([name, own]) => narrowerPredicate(own).map((inner) => [name, inner] as const))).map((entries) => Object.fromEntries(entries)),
    // Observed for the one or the other, since what is observed at random seldom fits.
    worlds: (a: Record<string, never>, b: Record<string, never>) =>
      fc.oneof(
        fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), fc.constantFrom(...probes(...Object.values(a), ...Object.values(b)))),
        ...[a, b].map((of) => fc.record(Object.fromEntries(Object.entries(of).map(([name, own]) => [name, fc.constantFrom(...probes(own))])))),
      ),
    holds: (of, context: Facts['context']) => ofRequest('context', of, { context }),
  }),
  // One history of requests, as if both counters had seen the same.
  limits: law({
    values: upTo(limit, 3),
    worlds: () => upTo(fc.record({ unit: fc.constantFrom('call', 'usd'), age: smallNumber, cost: fc.integer({ min: 0, max: 3 }) }), 6, 0),
    holds: (entries: Limit[], history: History) =>
      entries.every(({ unit, amount, window = 99 }) =>
        history.filter((one) => one.unit === unit && one.age < window).reduce((sum, { cost }) => sum + cost, 0) <= amount),
  }),
  // Which requests a plan admits depends on its counters; here just on whether some step does.
  plan: law({
    values: upTo(fc.record({ permission: permissions, min: fc.constant(0), max: fc.constant(1) }), 2),
    narrower: (of: CaveatValues['plan']) => fc.constant(of),
    worlds: (a: CaveatValues['plan'], b: CaveatValues['plan']) => requestsNear(...[...a, ...b].map(({ permission }) => permission)),
    holds: (of: CaveatValues['plan'], request: Approved['request']) => of.some(({ permission }) => admitsRequest(permission, request)),
  }),
  consent: law({ values: anyKey, worlds: () => upTo(anyKey, 2, 0), holds: (key: PublicKey, proven: PublicKey[]) => proven.some((own) => sameKey(own, key)) }),
  ext: law({
    values: fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), fc.constantFrom<number | readonly number[]>(1, 1, 1, [1]), { minKeys: 1 }),
    worlds: () => upTo(fc.tuple(fc.constantFrom('x', 'y', 'constructor'), fc.constantFrom('1', '1', '[1]')), 5, 0),
    holds: (of: Record<string, unknown>, allowed: [string, string][]) =>
      Object.entries(of).every(([name, value]) => allowed.some(([own, json]) => own === name && json === JSON.stringify(value))),
  }),
}; // biome-ignore format: a table

const names = Object.keys(laws) as CaveatName[];
const formOf = (name: CaveatName) => forms[name] as CaveatForm<unknown>;

function pairsOf({ values, narrower }: Law<unknown, unknown>): fc.Arbitrary<[unknown, unknown]> {
  const any = fc.tuple(values, values);
  if (narrower === undefined) return any;
  return fc.oneof(any, values.chain((outer) => fc.tuple(fc.constant(outer), narrower(outer)))); // biome-ignore format: one step
}

function casesOf(of: Law<unknown, unknown>): fc.Arbitrary<[unknown, unknown, unknown[]]> {
  return pairsOf(of).chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), fc.array(of.worlds(a, b), { minLength: 12 }))); // biome-ignore format: one step
}

describe.each(names)('law 2 for %s', (name) => {
  const { holds } = laws[name];

  test('what a value contains holds nowhere else', () => {
    const seen = { contained: 0, held: 0 };
    const property = fc.property(casesOf(laws[name]), ([outer, inner, worlds]) => {
      if (!formOf(name).contains(outer, inner)) return true;
      const held = worlds.filter((world) => holds(inner, world));
      seen.contained += 1;
      seen.held += held.length;
      return held.every((world) => holds(outer, world));
    });
    fc.assert(property, { numRuns: 1500 });
    // The law says nothing where nothing is contained, or where nothing holds.
    expect(seen.contained).toBeGreaterThan(40);
    expect(seen.held).toBeGreaterThan(40);
  });

  test('a meet holds exactly where both hold', () => {
    const seen = { met: 0, held: 0, runs: 0 };
    const property = fc.property(casesOf(laws[name]), ([a, b, worlds]) => {
      const met = formOf(name).meet(a, b);
      seen.runs += 1;
      if (met === undefined) return true;
      seen.met += 1;
      return worlds.every((world) => {
        const both = holds(a, world) && holds(b, world);
        seen.held += Number(both);
        return holds(met, world) === both;
      });
    });
    fc.assert(property, { numRuns: 1500 });
    // Counters of two blocks never become one.
    const counted = name === 'limits' || name === 'plan';
    expect(seen.met > seen.runs / 8, `${seen.met} met`).toBe(!counted);
    expect(seen.held > 40, `${seen.held} held`).toBe(!counted);
  });

  test('a value contains itself, and its meet with itself is contained in it', () => {
    const property = fc.property(laws[name].values, (value) => {
      const met = formOf(name).meet(value, value) ?? value;
      return formOf(name).contains(value, value) && formOf(name).contains(value, met);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
