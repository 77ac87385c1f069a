import { describe, expect, test } from 'vitest';
import { type Ext, ext, extForm } from '../../src/caveats/ext.ts';
import type { Facts } from '../../src/facts.ts';
import { exceeds } from '../../src/token/narrower.ts';
import { type Change, outcomeOf, textWith } from '../support/chains.ts';
import { errorOf } from '../support/code-of.ts';
import { AUDIENCE, type Item, NOW } from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

const map = (...entries: [Item, Item][]): Item => new Map(entries);

describe('on the wire', () => {
  test.each<[string, Ext]>([
    ['an extension of any value', { 'acme/geo': ['de', new Map([[1, Uint8Array.of(1)]]), false, -7] }],
    ['several', { a: 1, b: 'x' }],
    ['one named like the prototype', JSON.parse('{"__proto__": 1}')],
  ])('%s comes back as it was', (_, value) => {
    expect(Object.entries(roundTrip('ext', value))).toEqual(Object.entries(value));
  });

  test.each<[string, Item]>([
    ['no extensions', map()],
    ['a list', ['a']],
    ['true', true],
    ['an extension by number', map([1, true])],
    ['an extension without a name', map(['', true])],
    ['a name with a space', map(['a b', true])],
    ['a name of 256 characters', map(['a'.repeat(256), true])],
  ])('%s is refused', (_, item) => {
    expect(parseCode('ext', item)).toBe('claim.value');
  });
});

test.each(['acme/geo', '__proto__', 'constructor', 'scope'])('an extension named %s denies', (name) => {
  expect(check('ext', Object.fromEntries([[name, true]]))).toEqual([
    { code: 'ext.unknown', expected: name, actual: null },
  ]);
});

test('an extension denies whatever its value, false too', () => {
  expect(checkCodes('ext', { a: false, b: true, c: 0 })).toEqual([
    'ext.unknown',
    'ext.unknown',
    'ext.unknown',
  ]);
});

describe('a handler', () => {
  const facts: Facts = {
    now: NOW,
    audience: AUDIENCE,
    action: 'read',
    resource: 'a/b',
    args: {},
    context: {},
  };
  const ask = (extensions: Ext, handlers: Record<string, unknown>) =>
    ext
      .check(extensions, { ...facts, ext: new Map(Object.entries(handlers)) as never }, {} as never)
      .map(({ code, expected }) => [code, expected]);

  test.each<[string, unknown]>([
    ['false', false],
    ['nothing', undefined],
    ['1', 1],
    ['a text', 'yes'],
    ['a promise of true', Promise.resolve(true)],
    ['an object', { valueOf: () => true }],
  ])('that gives %s denies', (_, answer) => {
    expect(ask({ geo: 'de' }, { geo: () => answer })).toEqual([['ext.refused', 'geo']]);
  });

  test('that gives true admits', () => {
    expect(ask({ geo: 'de' }, { geo: () => true })).toEqual([]);
  });

  test('that throws admits nothing: its error is the caller’s', () => {
    const geo = () => {
      throw new RangeError('geo');
    };
    expect(errorOf(() => ask({ geo: 'de' }, { geo }))).toBeInstanceOf(RangeError);
  });

  test('is asked for its own extension, with its value and the facts', () => {
    const seen: unknown[] = [];
    const geo = (value: unknown, { action }: Facts) => seen.push(value, action) > 0;
    ask({ geo: ['de'] }, { geo, cost: () => seen.push('cost') });
    expect(seen).toEqual([['de'], 'read']);
  });

  test('of another name enforces nothing, and each extension denies for itself, in order', () => {
    const given = { b: 1, a: 1, c: 1, constructor: 1 } as unknown as Ext;
    expect(ask(given, { c: () => true, b: () => false })).toEqual([
      ['ext.unknown', 'a'],
      ['ext.refused', 'b'],
      ['ext.unknown', 'constructor'],
    ]);
  });

  test('is asked once for each block that has the extension, and each must be admitted', () => {
    const seen: unknown[] = [];
    const geo = (value: unknown) => {
      seen.push(value);
      return value === 'de';
    };
    const of = (value: string): Change => [[18, new Map([['geo', value]])]];
    const decided = outcomeOf(textWith(2, { root: of('de'), hop: of('fr') }), {
      ext: new Map([['geo', geo]]),
    });
    expect([decided, seen]).toEqual(['ext.refused', ['de', 'fr']]);
  });
});

test('in words, a line for each extension, and nothing of its value', () => {
  expect(extForm.describe({ 'acme/geo': 'de', b: 1 })).toEqual([
    'only where the extension acme/geo allows',
    'only where the extension b allows',
  ]);
});

describe('a hop that asks for', () => {
  const geo: Ext = { 'acme/geo': ['de', 'fr'] };
  test.each<[string, boolean, Ext]>([
    ['the same', true, { 'acme/geo': ['de', 'fr'] }],
    ['another extension', true, { 'acme/cost': 1 }],
    ['another value, which only a handler could compare', false, { 'acme/geo': ['de'] }],
    ['another value beside another extension', false, { 'acme/cost': 1, 'acme/geo': [] }],
    ['an extension of an inherited name', true, { constructor: 1 } as unknown as Ext],
  ])('%s asks for no more: %s', (_, expected, inner) => {
    expect(exceeds(extForm, geo, inner, 1)).toBe(!expected);
  });
});
