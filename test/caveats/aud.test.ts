import { describe, expect, test } from 'vitest';
import { audForm } from '../../src/caveats/aud.ts';
import type { Item } from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

const API = 'api.example.com';

describe('on the wire', () => {
  test('a list comes back in the order of the wire, without repetition', () => {
    expect(roundTrip('aud', ['https://b', 'a', 'b', 'a'])).toEqual(['a', 'b', 'https://b']);
  });

  test.each<[string, Item]>([
    ['a name alone', API],
    ['no names', []],
    ['a number', [1]],
    ['an empty name', ['']],
    ['a name with a space', ['a b']],
    ['a name of 256 characters', ['a'.repeat(256)]],
    ['a name with an umlaut', ['\u00fc']],
    ['false', false],
    ['a map', new Map([['a', true]])],
  ])('%s is refused', (_, item) => {
    expect(parseCode('aud', item)).toBe('claim.value');
  });

  test.each<[string, Item]>([
    ['unsorted', ['b', 'a']],
    ['repeated', ['a', 'a']],
    ['in the order of a dictionary', ['aa', 'b']],
  ])('names that are %s are no set', (_, item) => {
    expect(parseCode('aud', item)).toBe('claim.set');
  });
});

describe('a service is compared exactly', () => {
  test.each([
    ['the name', API, []],
    ['another name of the list', 'b', []],
    ['a longer name', `${API}.evil`, ['aud.other']],
    ['a shorter name', 'api.example', ['aud.other']],
    ['a part of the name', 'example.com', ['aud.other']],
    ['a trailing slash', `${API}/`, ['aud.other']],
    ['a trailing dot', `${API}.`, ['aud.other']],
    ['upper case', API.toUpperCase(), ['aud.other']],
    ['a scheme', `https://${API}`, ['aud.other']],
    ['both names', `${API},b`, ['aud.other']],
    ['nothing', '', ['aud.other']],
  ])('%s', (_, audience, codes) => {
    expect(checkCodes('aud', [API, 'b'], { audience })).toEqual(codes);
  });

  test('a list in place of a name is no name', () => {
    expect(checkCodes('aud', [API], { audience: [API] as unknown as string })).toEqual(['aud.other']);
  });

  test('the denial says who may accept, and who asked', () => {
    expect(check('aud', [API], { audience: 'evil' })).toEqual([
      { code: 'aud.other', expected: [API], actual: 'evil' },
    ]);
  });

  test('an empty list, which no wire can carry, accepts nobody', () => {
    expect(checkCodes('aud', [], { audience: API })).toEqual(['aud.other']);
  });
});

test.each([
  [['a', 'b'], ['a'], true],
  [['a', 'b'], ['a', 'b'], true],
  [['a'], ['a', 'b'], false],
  [['a'], ['b'], false],
])('%j contains %j: %s', (outer, inner, expected) => {
  expect(audForm.contains(outer, inner)).toBe(expected);
});

test('in words', () => {
  expect(audForm.describe([API, 'b'])).toEqual(['accepted only by api.example.com, b']);
});
