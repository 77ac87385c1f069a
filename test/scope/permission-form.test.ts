import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ArgumentRules,
  admitsRequest,
  type Permission,
  parsePermission,
} from '../../src/scope/permission.ts';
import { containsPermission, describePermission, encodePermission } from '../../src/scope/permission-form.ts';
import { NEVER } from '../../src/scope/predicate-meet.ts';
import { narrowerPermission, permissions, requestsNear } from '../support/arbitraries.ts';
import { rewire } from '../support/wire.ts';

const base: Permission = { actions: ['read'], resources: ['a/**'] };
const withRules = (args: ArgumentRules | undefined): Permission => ({ ...base, args });
const read = (permission: Permission): Permission =>
  parsePermission(rewire(encodePermission(permission)), 'permission');
const ownProto = (rule: unknown): ArgumentRules => Object.fromEntries([['__proto__', rule]]) as ArgumentRules;

describe('encodePermission', () => {
  test('puts sets into the order of the wire, without repetition', () => {
    expect(read({ actions: ['read', 'pay', 'read'], resources: ['b', 'a/b', 'a'] })).toEqual({
      actions: ['pay', 'read'],
      resources: ['a', 'b', 'a/b'],
    });
  });

  test('writes any arguments as no rules', () => {
    expect(encodePermission(withRules({ '*': true }))).toEqual([['read'], ['a/**']]);
  });

  test('keeps a star beside other rules', () => {
    expect(read(withRules({ '*': true, x: true })).args).toEqual({ '*': true, x: true });
  });

  test('keeps the empty map, which admits no arguments', () => {
    expect(read(withRules({})).args).toEqual({});
  });

  test('keeps a rule for an argument named like the prototype', () => {
    expect(Object.entries(read(withRules(ownProto({ eq: 1 }))).args ?? {})).toEqual([
      ['__proto__', { eq: 1 }],
    ]);
  });

  test('is undone by the parser', () => {
    fc.assert(
      fc.property(permissions, (permission) => {
        const sorted = read(permission);
        expect(read(sorted)).toEqual(sorted);
        expect([containsPermission(permission, sorted), containsPermission(sorted, permission)]).toEqual([
          true,
          true,
        ]);
      }),
      { numRuns: 200 },
    );
  });
});

test.each<[string, Permission]>([
  ['read on a/**', base],
  ['pay, read on a, b', { actions: ['pay', 'read'], resources: ['a', 'b'] }],
  ['do anything on **', { actions: ['*'], resources: ['**'] }],
  ['do anything on **', { actions: ['*', 'read'], resources: ['**'] }],
  ['read on a/**, without arguments', withRules({})],
  ['read on a/**, with x that is 1, any y, z if given', withRules({ x: { eq: 1 }, y: true, '?z': true })],
  ['read on a/**, with x if given that is 1', withRules({ '?x': { eq: 1 } })],
  ['read on a/**, with no x, any other argument', withRules({ '?x': NEVER, '*': true })],
  ['read on a/**, with any x, any other argument', withRules({ x: true, '*': true })],
])('in words: %s', (words, permission) => {
  expect(describePermission(permission)).toBe(words);
});

describe('containsPermission', () => {
  const range = { range: [1, 5] } as const;
  const row = (outer: Permission, inner: Permission): [Permission, Permission] => [outer, inner];
  const rules = (
    outer: ArgumentRules | undefined,
    inner: ArgumentRules | undefined,
  ): [Permission, Permission] => [withRules(outer), withRules(inner)];

  test.each<[string, [Permission, Permission]]>([
    ['itself', row(base, base)],
    ['fewer actions', row({ ...base, actions: ['pay', 'read'] }, base)],
    ['an action under the star', row({ ...base, actions: ['*'] }, base)],
    ['the star under the star', row({ ...base, actions: ['*'] }, { ...base, actions: ['*'] })],
    ['a narrower resource', row(base, { ...base, resources: ['a/b', 'a/*/c'] })],
    ['rules where there were none', rules(undefined, { x: true })],
    ['no arguments where there were no rules', rules(undefined, {})],
    ['a narrower rule', rules({ x: range }, { x: { range: [2, 4] } })],
    ['a predicate for any value', rules({ x: true }, { x: range })],
    ['an optional argument as required', rules({ '?x': range }, { x: range })],
    ['an optional argument left out', rules({ '?x': range }, {})],
    ['an argument under the star', rules({ x: true, '*': true }, { x: true, y: range })],
    ['an optional argument under the star', rules({ x: true, '*': true }, { x: true, '?y': range })],
    ['the star under the star', rules({ x: true, '*': true }, { x: range, '*': true })],
    [
      'the star over an optional argument of any value',
      rules({ '?x': true, '*': true }, { y: true, '*': true }),
    ],
    ['a narrower rule for a name like the prototype', rules(ownProto({ in: [1, 2] }), ownProto({ eq: 1 }))],
  ])('is true for %s', (_, [outer, inner]) => {
    expect(containsPermission(outer, inner)).toBe(true);
  });

  test.each<[string, [Permission, Permission]]>([
    ['another action', row(base, { ...base, actions: ['pay'] })],
    ['more actions', row(base, { ...base, actions: ['pay', 'read'] })],
    ['the star under an action', row(base, { ...base, actions: ['*'] })],
    ['a wider resource', row(base, { ...base, resources: ['**'] })],
    ['one resource too many', row(base, { ...base, resources: ['a/b', 'b'] })],
    ['no rules where there were some', rules({ x: true }, undefined)],
    ['no rules where there were no arguments', rules({}, undefined)],
    ['an argument where there were none', rules({}, { x: true })],
    ['an optional argument where there were none', rules({}, { '?x': true })],
    ['a wider rule', rules({ x: range }, { x: { range: [1, 6] } })],
    ['any value for a predicate', rules({ x: range }, { x: true })],
    ['a required argument as optional', rules({ x: range }, { '?x': range })],
    ['a required argument left out', rules({ x: range }, {})],
    ['a required argument left out under the star', rules({ x: true, '*': true }, { y: true, '*': true })],
    ['the star where there was none', rules({ x: true }, { x: true, '*': true })],
    ['the star over an optional argument', rules({ '?x': range, '*': true }, { y: true, '*': true })],
    ['a wider optional rule', rules({ '?x': range }, { '?x': true })],
    ['a wider rule for a name like the prototype', rules(ownProto({ eq: 1 }), ownProto(true))],
    [
      'an inherited name where there were no arguments',
      rules({}, { toString: true } as unknown as ArgumentRules),
    ],
    ['an inherited name that was required', rules({ constructor: true } as unknown as ArgumentRules, {})],
  ])('is false for %s', (_, [outer, inner]) => {
    expect(containsPermission(outer, inner)).toBe(false);
  });

  const pairs = fc.oneof(
    fc.tuple(permissions, permissions),
    permissions.chain((outer) => fc.tuple(fc.constant(outer), narrowerPermission(outer))),
  );

  test('implies that whatever the inner admits, the outer admits', () => {
    const cases = pairs.chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), fc.array(requestsNear(a, b), { minLength: 30 }))); // biome-ignore format: one step
    fc.assert(
      fc.property(cases, ([outer, inner, requests]) => {
        const escapes = requests.filter((r) => admitsRequest(inner, r) && !admitsRequest(outer, r));
        expect(containsPermission(outer, inner) ? escapes : []).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  // The law above says nothing where nothing is contained, or where no request is admitted.
  test('finds enough pairs and requests that the law is about', () => {
    const contained = fc
      .sample(pairs, { numRuns: 400, seed: 1 })
      .filter(([a, b]) => containsPermission(a, b));
    const admitted = contained.filter(([a, b]) =>
      fc.sample(requestsNear(a, b), { numRuns: 30, seed: 1 }).some((r) => admitsRequest(b, r)),
    );
    expect(contained.length).toBeGreaterThan(80);
    expect(contained.length).toBeLessThan(350);
    expect(admitted.length).toBeGreaterThan(30);
  });
});
