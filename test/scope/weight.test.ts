import { expect, test } from 'vitest';
import { scopeForm } from '../../src/caveats/scope.ts';
import type { ArgumentRules, Permission } from '../../src/scope/permission.ts';
import { MAX_COMPARED, weigh } from '../../src/scope/weight.ts';

const scope = (patterns: number, args?: ArgumentRules): Permission[] => [
  { actions: ['read', 'list'], resources: Array.from({ length: patterns }, (_, i) => `s${i}/*`), args },
];

test.each<[string, number, Permission[]]>([
  ['nothing', 0, []],
  ['a part for each action on each pattern', 6, scope(3)],
  ['no rules, which are no values', 6, scope(3, {})],
  ['once more for a rule', 12, scope(3, { x: { eq: 1 } })],
  ['once more for any value', 12, scope(3, { x: true })],
  ['once more for each value in a rule', 18, scope(3, { x: { in: [1, 2] } })],
  ['the values of all members', 24, scope(3, { x: { all: [{ notIn: [1, 2] }, { size: 3 }] } })],
])('weighs %s: %i', (_, weight, permissions) => {
  expect(weigh(permissions)).toBe(weight);
});

test('scopes that are too heavy to compare are contained only where they are alike', () => {
  const heavy = scope(129);
  expect(weigh(heavy) ** 2).toBeGreaterThan(MAX_COMPARED);
  expect(scopeForm.contains(heavy, scope(129))).toBe(true);
  expect(scopeForm.contains(heavy, [...heavy, ...scope(1)])).toBe(false);
  expect(scopeForm.contains(scope(128), scope(127))).toBe(true);
});
