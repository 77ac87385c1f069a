import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestPermission } from '../../src/inspect/nearest.ts';
import type { JsonObject } from '../../src/json.ts';
import {
  type ArgumentRules,
  admitsAction,
  admitsRequest,
  admitsResource,
  type Permission,
} from '../../src/scope/permission.ts';
import { permissions, requestsNear, resourceOf } from '../support/arbitraries.ts';

const wanted = (action: string, resource: string, args: JsonObject = {}) => ({ action, resource, args });
const may = (actions: string, resources: string, args?: ArgumentRules): Permission => ({
  actions: actions.split(' '),
  resources: resources.split(' '),
  ...(args && { args }),
});
const pay = may('pay', 'invoices/*', { amount: { range: [1, 500] }, '?memo': { size: 9 } });

describe('what a request would have to change', () => {
  test.each<[string, Permission, ReturnType<typeof wanted>, string[]]>([
    ['nothing', may('read', 'a/*'), wanted('read', 'a/b'), []],
    ['the action', may('read list', 'a/*'), wanted('pay', 'a/b'), ['ask for read or list instead of pay']],
    ['the resource', may('read', 'a/* b'), wanted('read', 'c'), ['name a resource of a/* or b']],
    ['both', may('read', 'a/*'), wanted('pay', 'c'), ['ask for read instead of pay', 'name a resource of a/*']],
    ['not the action, where any will do', may('*', 'a'), wanted('pay', 'b'), ['name a resource of a']],
    ['a missing argument', pay, wanted('pay', 'invoices/1'), ['add the argument amount']],
    ['a value out of range', pay, wanted('pay', 'invoices/1', { amount: 501 }), ['give a value for amount that is from 1 to 500']],
    ['nothing, at the end of the range', pay, wanted('pay', 'invoices/1', { amount: 500 }), []],
    ['an argument that is not listed', pay, wanted('pay', 'invoices/1', { amount: 1, to: 'x' }), ['leave out the argument to']],
    ['an optional argument', pay, wanted('pay', 'invoices/1', { amount: 1, memo: '1234567890' }), ['give a value for memo that has at most 9 bytes or elements']],
    ['all arguments, where there must be none', may('pay', 'a', {}), wanted('pay', 'a', { x: 1 }), ['leave out the argument x']],
    ['a required argument of any value', may('pay', 'a', { x: true }), wanted('pay', 'a'), ['add the argument x']],
    ['nothing of a rule for all others', may('pay', 'a', { '?x': true, '*': true }), wanted('pay', 'a', { y: 1 }), []],
    ['one argument beside a rule for all others', may('pay', 'a', { x: { eq: 1 }, '*': true }), wanted('pay', 'a', { x: 2, y: 1 }), ['give a value for x that is 1']],
    ['an argument of a name that objects have', may('pay', 'a', Object.fromEntries([['constructor', true as const]])), wanted('pay', 'a'), ['add the argument constructor']],
  ])('%s', (_, permission, request, changes) => {
    expect(nearestPermission([permission], request)).toEqual({ permission, changes });
  }); // biome-ignore format: a row a line
});

describe('which permission is nearest', () => {
  test.each<[string, Permission[], ReturnType<typeof wanted>, number]>([
    ['the one that admits it', [may('read', 'a/c'), may('read', 'a/*')], wanted('read', 'a/b'), 1],
    ['the first of two that do', [may('read', 'a/*'), may('read', 'a/b')], wanted('read', 'a/b'), 0],
    ['the one with the fewest changes', [may('pay', 'a'), may('read', 'b')], wanted('read', 'c'), 1],
    ['that of the resource, where the action would also have to change', [may('pay', 'x'), may('pay', 'c')], wanted('read', 'c'), 1],
    ['the one that shares more segments', [may('read', 'a/x'), may('read', 'a/b/x')], wanted('read', 'a/b/c'), 1],
    ['the one of which the resource has every segment', [may('read', 'a/x'), may('read', 'a/b')], wanted('read', 'a/b/c'), 1],
    ['the one whose best pattern shares more', [may('read', 'a/x'), may('read', 'z a/b/x')], wanted('read', 'a/b/c'), 1],
    ['one of the same scheme', [may('read', 'a/c'), may('read', 's://a/c')], wanted('read', 's://a/b'), 1],
  ])('%s', (_, given, request, index) => {
    expect(nearestPermission(given, request)?.permission).toBe(given[index]);
  }); // biome-ignore format: a row a line

  test('none of none', () => {
    expect(nearestPermission([], wanted('read', 'a'))).toBeUndefined();
  });

  test('the given list stays in its order', () => {
    const given = Object.freeze([may('read', 'a'), may('read', 'b')]);
    expect(nearestPermission(given, wanted('read', 'b'))?.permission).toBe(given[1]);
  });
});

describe('laws', () => {
  const several = fc.uniqueArray(permissions, { minLength: 1, maxLength: 4 });
  const situation = several.chain((given) => fc.tuple(fc.constant(given), requestsNear(...given)));

  test('nothing has to change just where some permission admits the request, and that one is nearest', () => {
    const seen = { admitted: 0, denied: 0 };
    const law = fc.property(situation, ([given, request]) => {
      const nearest = nearestPermission(given, request);
      const admitted = given.some((permission) => admitsRequest(permission, request));
      seen[admitted ? 'admitted' : 'denied'] += 1;
      expect(nearest?.changes.length === 0).toBe(admitted);
      expect(nearest !== undefined && admitsRequest(nearest.permission, request)).toBe(admitted);
    });
    fc.assert(law, { numRuns: 3000 });
    expect(Math.min(seen.admitted, seen.denied)).toBeGreaterThan(300);
  });

  test('no permission would need fewer changes', () => {
    const law = fc.property(situation, ([given, request]) => {
      const count = nearestPermission(given, request)?.changes.length;
      const counts = given.map((permission) => nearestPermission([permission], request)?.changes.length ?? 0);
      expect(count).toBe(Math.min(...counts));
    });
    fc.assert(law, { numRuns: 1000 });
  });

  test('with the action and the resource changed as it says, the permission admits both', () => {
    const seen = { action: 0, resource: 0 };
    const resourceFor = ({ resources }: Permission) => fc.constantFrom(...resources).chain(resourceOf);
    const changed = situation.chain(([given, request]) => {
      const nearest = nearestPermission(given, request);
      const { permission, changes } = nearest as NonNullable<typeof nearest>;
      const action = changes.some((change) => change.startsWith('ask for '));
      const resource = changes.some((change) => change.startsWith('name a resource of '));
      seen.action += Number(action);
      seen.resource += Number(resource);
      return fc.record({
        permission: fc.constant(permission),
        action: action ? fc.constantFrom(...permission.actions) : fc.constant(request.action),
        resource: resource ? resourceFor(permission) : fc.constant(request.resource),
      });
    });
    const law = fc.property(changed, ({ permission, action, resource }) => {
      expect([admitsAction(permission, action), admitsResource(permission, resource)]).toEqual([true, true]);
    });
    fc.assert(law, { numRuns: 2000 });
    expect(Math.min(seen.action, seen.resource)).toBeGreaterThan(200);
  });
});
