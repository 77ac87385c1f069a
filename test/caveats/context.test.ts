import { describe, expect, test } from 'vitest';
import { type Context, contextForm } from '../../src/caveats/context.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { exceeds } from '../../src/token/narrower.ts';
import type { Item } from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

const own = (json: string): JsonObject => JSON.parse(json);
const map = (...entries: [Item, Item][]): Item => new Map(entries);

describe('on the wire', () => {
  test.each<[string, Context]>([
    ['one condition', { ip: { cidr: '10.0.0.0/8' } }],
    ['several', { env: { in: ['prod', 'test'] }, level: { range: [1, null] } }],
    ['one named like the prototype', own('{"__proto__": {"eq": 1}}') as unknown as Context],
  ])('%s comes back as it was', (_, value) => {
    expect(Object.entries(roundTrip('context', value))).toEqual(Object.entries(value));
  });

  test.each<[string, Item]>([
    ['no conditions', map()],
    ['a list', [['ip', [1, 1]]]],
    ['a text', 'ip'],
    ['a condition by number', map([1, [1, 1]])],
    ['a condition without a name', map(['', [1, 1]])],
    ['a name with a space', map(['a b', [1, 1]])],
    ['a name of 256 characters', map(['a'.repeat(256), [1, 1]])],
    ['a condition that is true', map(['ip', true])],
    ['a condition that is no predicate', map(['ip', [12, 1]])],
    ['a network that is none', map(['ip', [9, '10.0.0.1/8']])],
  ])('%s is refused', (_, item) => {
    expect(parseCode('context', item)).toBe('claim.value');
  });

  test('a predicate that is no set is refused as one', () => {
    expect(parseCode('context', map(['env', [2, ['test', 'prod']]]))).toBe('claim.set');
  });

  test('a range without bounds is degenerate', () => {
    expect(parseCode('context', map(['level', [4, false, false]]))).toBe('claim.degenerate');
  });
});

describe('a condition', () => {
  const value: Context = { ip: { cidr: '10.0.0.0/8' }, level: { range: [1, 5] } };
  test.each<[string, JsonObject, string[]]>([
    ['on what was observed', { ip: '10.1.2.3', level: 3 }, []],
    ['beside what nobody asked for', { ip: '10.1.2.3', level: 3, env: 'prod' }, []],
    ['on nothing', {}, ['context.missing', 'context.missing']],
    ['on one of two', { ip: '10.1.2.3' }, ['context.missing']],
    ['on another value', { ip: '11.1.2.3', level: 3 }, ['context.mismatch']],
    ['on another type', { ip: '10.1.2.3', level: '3' }, ['context.mismatch']],
    ['on null', { ip: null, level: 3 }, ['context.mismatch']],
    ['on a name in another case', { IP: '10.1.2.3', level: 3 }, ['context.missing']],
    ['missing and violated at once', { level: 9 }, ['context.missing', 'context.mismatch']],
  ])('%s', (_, context, codes) => {
    expect(checkCodes('context', value, { context })).toEqual(codes);
  });

  test('that is missing says what was expected', () => {
    expect(check('context', { level: { range: [1, 5] } })).toEqual([
      { code: 'context.missing', expected: { level: { range: [1, 5] } }, actual: null },
    ]);
  });

  test('that is violated says what was expected and what was observed', () => {
    expect(check('context', { level: { range: [1, 5] } }, { context: { level: 9 } })).toEqual([
      { code: 'context.mismatch', expected: { level: { range: [1, 5] } }, actual: 9 },
    ]);
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'named %s is missing where nobody observed it',
    (name) => {
      const conditions = { ...own(`{"${name}": {"notIn": [7]}}`) } as unknown as Context;
      expect(checkCodes('context', conditions)).toEqual(['context.missing']);
    },
  );

  test.each<[Json, string[]]>([
    [1, []],
    [7, ['context.mismatch']],
  ])('named like the prototype is held to what was observed, %j', (observed, codes) => {
    const conditions = own('{"__proto__": {"notIn": [7]}}') as unknown as Context;
    const context = own(`{"__proto__": ${observed}}`);
    expect(checkCodes('context', conditions, { context })).toEqual(codes);
  });
});

describe('a hop that asks for', () => {
  const outer: Context = { level: { range: [1, 5] }, env: { in: ['prod', 'test'] } };
  test.each<[string, boolean, Context]>([
    ['the same', true, outer],
    ['a narrower condition', true, { level: { range: [2, 4] } }],
    ['another condition', true, { ip: { cidr: '10.0.0.0/8' } }],
    ['a wider condition', false, { level: { range: [0, 5] } }],
    ['a wider condition among narrower ones', false, { env: { eq: 'prod' }, level: { range: [1, 6] } }],
    ['a condition of another kind', false, { level: { size: 3 } }],
    ['a condition of an inherited name', true, { constructor: { eq: 1 } } as unknown as Context],
  ])('%s asks for no more: %s', (_, expected, inner) => {
    expect(exceeds(contextForm, outer, inner, 1)).toBe(!expected);
  });
});

test('in words, a line for each condition', () => {
  expect(contextForm.describe({ ip: { cidr: '10.0.0.0/8' }, env: { in: ['prod', 'test'] } })).toEqual([
    'only where ip is an address in 10.0.0.0/8',
    'only where env is one of "prod", "test"',
  ]);
});
