import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArgumentRules, admitsRequest, type Permission } from '../../src/scope/permission.ts';
import { containsPermission } from '../../src/scope/permission-form.ts';
import { meetPermissions, withoutContained } from '../../src/scope/permission-meet.ts';
import { narrowerPermission, permissions, requestsNear } from '../support/arbitraries.ts';

const pairs = fc.oneof(
  fc.tuple(permissions, permissions),
  permissions.chain((outer) => fc.tuple(fc.constant(outer), narrowerPermission(outer))),
);
const cases = pairs.chain(([a, b]) =>
  fc.tuple(fc.constant(a), fc.constant(b), fc.array(requestsNear(a, b), { minLength: 30 })),
);

const withArgs = (args?: ArgumentRules): Permission => ({ actions: ['*'], resources: ['**'], args });

describe('meetPermissions', () => {
  test('admits exactly what both admit', () => {
    const law = fc.property(cases, ([a, b, requests]) => {
      const met = meetPermissions(a, b);
      const admits = (r: (typeof requests)[number]) => met !== undefined && admitsRequest(met, r);
      const wrong = requests.filter((r) => admits(r) !== (admitsRequest(a, r) && admitsRequest(b, r)));
      expect(wrong).toEqual([]);
    });
    fc.assert(law, { numRuns: 1000 });
  });

  test('admits enough requests that the law is about something', () => {
    const admitted = fc.sample(cases, { numRuns: 200, seed: 1 }).filter(([a, b, requests]) => {
      const met = meetPermissions(a, b);
      return met !== undefined && requests.some((r) => admitsRequest(met, r));
    });
    expect(admitted.length).toBeGreaterThan(40);
  });

  test.each<[string, Permission, Permission, Permission | undefined]>([
    ['actions', { actions: ['read', 'list'], resources: ['a'] }, { actions: ['list', 'pay'], resources: ['a'] }, { actions: ['list'], resources: ['a'] }],
    ['any action', { actions: ['*'], resources: ['a'] }, { actions: ['read'], resources: ['a'] }, { actions: ['read'], resources: ['a'] }],
    ['no shared action', { actions: ['read'], resources: ['a'] }, { actions: ['pay'], resources: ['a'] }, undefined],
    ['resources', { actions: ['*'], resources: ['a/**', 'b'] }, { actions: ['*'], resources: ['*/c', 'b'] }, { actions: ['*'], resources: ['a/c', 'b'] }],
    ['no shared resource', { actions: ['*'], resources: ['a'] }, { actions: ['*'], resources: ['b'] }, undefined],
    ['rules on one side', withArgs(), withArgs({ x: true }), withArgs({ x: true })],
    ['a required and an optional rule', withArgs({ '?x': { range: [0, 5] } }), withArgs({ x: { range: [3, 9] } }), withArgs({ x: { range: [3, 5] } })],
    ['a required argument that the other does not list', withArgs({ x: true }), withArgs({ y: true }), undefined],
    ['an optional argument that the other does not list', withArgs({ '?x': true }), withArgs({}), withArgs({})],
    ['an argument under a rule for all others', withArgs({ x: { eq: 1 } }), withArgs({ '?y': true, '*': true }), withArgs({ x: { eq: 1 } })],
    ['optional rules that contradict, in a closed world', withArgs({ '?x': { eq: 1 } }), withArgs({ '?x': { eq: 2 } }), withArgs({})],
    ['optional rules that contradict, in an open world', withArgs({ '?x': { eq: 1 }, '*': true }), withArgs({ '?x': { eq: 2 }, '*': true }), withArgs({ '*': true, '?x': { in: [] } })],
    ['required rules that contradict', withArgs({ x: { eq: 1 } }), withArgs({ x: { eq: 2 } }), undefined],
  ])('%s', (_, a, b, met) => {
    expect(meetPermissions(a, b)).toEqual(met);
  }); // biome-ignore format: a row a line

  test('reads rules for names that every object has as rules of their own', () => {
    const own = withArgs({ constructor: true } as unknown as ArgumentRules);
    expect(meetPermissions(own, withArgs({}))).toBe(undefined);
  });
});

describe('withoutContained', () => {
  test('leaves the widest, whatever the order', () => {
    const [wide, narrow] = [withArgs(), withArgs({ x: true })];
    expect([withoutContained([wide, narrow]), withoutContained([narrow, wide])]).toEqual([[wide], [wide]]);
  });

  test('leaves one of two that are alike', () => {
    expect(withoutContained([withArgs(), withArgs()])).toHaveLength(1);
  });

  test('leaves none that another contains', () => {
    const law = fc.property(fc.array(permissions, { maxLength: 6 }), (all) => {
      const kept = withoutContained(all);
      const contained = kept.filter((own) => kept.some((o) => o !== own && containsPermission(o, own)));
      return contained.length === 0 && all.every((own) => kept.some((o) => containsPermission(o, own)));
    });
    fc.assert(law, { numRuns: 500 });
  });
});
