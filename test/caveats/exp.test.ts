import { describe, expect, test } from 'vitest';
import { expForm } from '../../src/caveats/exp.ts';
import type { Item } from '../support/forge.ts';
import { NOW } from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

describe('on the wire', () => {
  test.each([0, 1, NOW, 2 ** 32, 2 ** 33 - 1])('%i comes back as it was', (time) => {
    expect(roundTrip('exp', time)).toBe(time);
  });

  test.each<[string, Item]>([
    ['2^33', 2 ** 33],
    ['beyond 2^40', 2 ** 40 + 1],
    ['in milliseconds', NOW * 1000],
    ['below zero', -1],
    ['a text', String(NOW)],
    ['a date', '2027-01-15T08:00:00Z'],
    ['false', false],
    ['a list', [NOW]],
    ['bytes', new Uint8Array(4)],
  ])('%s is refused', (_, item) => {
    expect(parseCode('exp', item)).toBe('claim.value');
  });

  test('a time with a fraction is refused by the reader', () => {
    expect(parseCode('exp', NOW + 0.5)).toBe('cbor.float');
  });
});

describe('a block', () => {
  test.each([
    ['one second before', NOW - 1, []],
    ['at its end', NOW, ['exp.passed']],
    ['one second after', NOW + 1, ['exp.passed']],
    ['half a second before', NOW - 0.5, []],
  ])('%s holds or not', (_, now, codes) => {
    expect(checkCodes('exp', NOW, { now })).toEqual(codes);
  });

  test('that ends at zero never holds', () => {
    expect(checkCodes('exp', 0, { now: 0 })).toEqual(['exp.passed']);
  });

  test('that has expired says when, and what the time is', () => {
    expect(check('exp', NOW, { now: NOW + 5 })).toEqual([
      { code: 'exp.passed', expected: NOW, actual: NOW + 5 },
    ]);
  });
});

test.each([
  ['earlier', NOW - 1, true],
  ['equal', NOW, true],
  ['later', NOW + 1, false],
])('an %s end is contained: %s', (_, inner, expected) => {
  expect(expForm.contains(NOW, inner)).toBe(expected);
});

test('in words', () => {
  expect(expForm.describe(NOW)).toEqual(['expires 2027-01-15T08:00:00Z']);
});
