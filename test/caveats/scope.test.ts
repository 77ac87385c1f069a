import { describe, expect, test } from 'vitest';
import { type Scope, scopeForm } from '../../src/caveats/scope.ts';
import { decide } from '../../src/decide/decide.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import { codeOf } from '../support/code-of.ts';
import {
  AUDIENCE,
  forge,
  grantPayload,
  type Item,
  invocationPayload,
  NOW,
  scene,
  trustFile,
} from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

const read: Scope[number] = { actions: ['read'], resources: ['reports/**'] };
const pay: Scope[number] = {
  actions: ['pay'],
  resources: ['invoices/*'],
  args: { amount: { range: [1, 500] } },
};

describe('on the wire', () => {
  test('permissions come back in the order of the wire, without repetition', () => {
    expect(roundTrip('scope', [pay, read, read])).toEqual([{ ...read, args: undefined }, pay]);
  });

  test.each<[string, Item]>([
    ['no permission', []],
    ['a permission alone', [['read'], ['a']]],
    ['a text', 'read'],
    ['a permission without resources', [[['read']]]],
    ['a permission with no action', [[[], ['a']]]],
  ])('%s is refused', (_, item) => {
    expect(parseCode('scope', item)).toBe('claim.value');
  });

  const one = [['read'], ['a']];
  const other = [['read'], ['b']];
  test.each<[string, Item]>([
    ['unsorted', [other, one]],
    ['repeated', [one, one]],
  ])('permissions that are %s are no set', (_, item) => {
    expect(parseCode('scope', item)).toBe('claim.set');
  });

  test('any arguments spelt out are degenerate', () => {
    expect(parseCode('scope', [[['read'], ['a'], new Map([['*', true]])]])).toBe('claim.degenerate');
  });
});

describe('a request', () => {
  const scope = [read, pay, { actions: ['pay'], resources: ['fees/*'], args: {} }];
  test.each([
    ['that one permission admits', {}, []],
    ['that another admits', { action: 'pay', resource: 'invoices/7', args: { amount: 500 } }, []],
    ['that the last admits', { action: 'pay', resource: 'fees/7', args: {} }, []],
    ['for another action', { action: 'write' }, ['scope.action']],
    ['for the resource of another permission', { action: 'pay' }, ['scope.resource']],
    ['for a resource of a longer name', { resource: 'reports2/q3' }, ['scope.resource']],
    ['for the folder itself', { resource: 'reports' }, ['scope.resource']],
    ['with too much', { action: 'pay', resource: 'invoices/7', args: { amount: 501 } }, ['scope.arguments']],
    [
      'with the amount as text',
      { action: 'pay', resource: 'invoices/7', args: { amount: '5' } },
      ['scope.arguments'],
    ],
    [
      'with a negative amount',
      { action: 'pay', resource: 'invoices/7', args: { amount: -5 } },
      ['scope.arguments'],
    ],
    ['with no amount', { action: 'pay', resource: 'invoices/7' }, ['scope.arguments']],
    ['with the arguments of another permission', { action: 'pay', resource: 'fees/7', args: { amount: 5 } }, ['scope.arguments']], // biome-ignore format: a row
  ])('%s', (_, facts, codes) => {
    expect(checkCodes('scope', scope, facts)).toEqual(codes);
  });

  test('for another action is told all permissions', () => {
    expect(check('scope', [read, pay], { action: 'write' })).toEqual([
      { code: 'scope.action', expected: [read, pay], actual: 'write' },
    ]);
  });

  test('for another resource is told the permissions for the action', () => {
    expect(check('scope', [read, pay], { action: 'pay' })).toEqual([
      { code: 'scope.resource', expected: [pay], actual: 'reports/q3.pdf' },
    ]);
  });

  test('with other arguments is told the permissions for the resource', () => {
    const args = { amount: 501 };
    expect(check('scope', [read, pay], { action: 'pay', resource: 'invoices/7', args })).toEqual([
      { code: 'scope.arguments', expected: [pay], actual: args },
    ]);
  });

  test('is admitted by no scope without permissions', () => {
    expect(checkCodes('scope', [])).toEqual(['scope.action']);
  });
});

describe('a resource that two readers could read differently', () => {
  const tricks = [
    ...[
      'reports/../hr',
      'reports/..',
      '../reports/q3.pdf',
      'reports/./q3.pdf',
      './reports/q3.pdf',
      '..',
      '.',
    ],
    ...['/reports/q3.pdf', 'reports/', 'reports//q3.pdf', 'reports///q3.pdf', '//reports'],
    ...[
      'reports/%2e%2e/hr',
      'reports/%2E%2E/hr',
      'reports%2fhr',
      'reports%5chr',
      'reports/%252e%252e/hr',
      'a%00',
    ],
    ...[
      'reports/%c0%ae%c0%ae/hr',
      'reports\\..\\hr',
      'reports/q3.pdf?x',
      'reports/q3.pdf#x',
      'reports/..;/hr',
      '',
    ],
  ];
  const chain = verify(decode(forge(scene(2)).text), importTrust(trustFile), { now: NOW });

  test.each(tricks)('is refused in a grant: %j', (resource) => {
    const payload = grantPayload(2, [[10, [[['read'], [resource]]]]]);
    expect(codeOf(() => decode(forge(scene(2, { blocks: [{ payload }] })).text))).toBe('claim.value');
  });

  test.each(tricks)('is refused in an invocation: %j', (resource) => {
    const invocation = { payload: invocationPayload([[2, resource]]) };
    expect(codeOf(() => decode(forge(scene(2, { invocation })).text))).toBe('claim.value');
  });

  test.each(tricks)('is refused in a request: %j', (resource) => {
    const request = { action: 'read', resource };
    expect(codeOf(() => decide(chain, { audience: AUDIENCE, request, now: NOW }))).toBe('request.malformed');
  });
});

describe('contains', () => {
  const narrow: Scope[number] = { ...pay, args: { amount: { range: [1, 50] } } };
  test.each<[string, boolean, Scope, Scope]>([
    ['itself', true, [read, pay], [read, pay]],
    ['one of its permissions', true, [read, pay], [pay]],
    ['a narrower permission', true, [read, pay], [narrow]],
    ['two under one', true, [pay], [narrow, pay]],
    ['one permission too many', false, [pay], [narrow, read]],
    ['a wider permission', false, [narrow], [pay]],
    ['what several of its permissions admit together', true, [{ ...pay, resources: ['a'] }, { ...pay, resources: ['b'] }], [{ ...pay, resources: ['a', 'b'] }]], // biome-ignore format: a row
    ['what no one of its permissions admits', false, [read, pay], [{ ...read, actions: ['pay', 'read'] }]],
  ])('%s: %s', (_, expected, outer, inner) => {
    expect(scopeForm.contains(outer, inner)).toBe(expected);
  });
});

test('in words, a line for each permission', () => {
  expect(scopeForm.describe([read, pay])).toEqual([
    'may read on reports/**',
    'may pay on invoices/*, with amount that is from 1 to 500',
  ]);
});
