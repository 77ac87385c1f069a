import { describe, expect, test } from 'vitest';
import { nbfForm } from '../../src/caveats/nbf.ts';
import type { Item } from '../support/forge.ts';
import { NOW } from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

describe('on the wire', () => {
  test.each([0, NOW, 2 ** 33 - 1])('%i comes back as it was', (time) => {
    expect(roundTrip('nbf', time)).toBe(time);
  });

  test.each<[string, Item]>([
    ['2^33', 2 ** 33],
    ['in milliseconds', NOW * 1000],
    ['below zero', -1],
    ['a text', String(NOW)],
    ['true', true],
  ])('%s is refused', (_, item) => {
    expect(parseCode('nbf', item)).toBe('claim.value');
  });
});

describe('a block', () => {
  test.each([
    ['after its beginning', NOW + 1, []],
    ['at its beginning', NOW, []],
    ['one second early', NOW - 1, []],
    ['as early as clocks may differ', NOW - 30, []],
    ['one second earlier than clocks may differ', NOW - 31, ['nbf.early']],
  ])('%s holds or not', (_, now, codes) => {
    expect(checkCodes('nbf', NOW, { now })).toEqual(codes);
  });

  test('that is early says when it begins, and what the time is', () => {
    expect(check('nbf', NOW + 60)).toEqual([{ code: 'nbf.early', expected: NOW + 60, actual: NOW }]);
  });

  test('that begins after its end never holds', () => {
    const [nbf, exp] = [NOW + 60, NOW];
    const holds = Array.from({ length: 200 }, (_, i) => NOW - 70 + i).filter(
      (now) => checkCodes('nbf', nbf, { now }).length + checkCodes('exp', exp, { now }).length === 0,
    );
    expect(holds).toEqual([]);
  });
});

test.each([
  ['earlier', NOW - 1, false],
  ['equal', NOW, true],
  ['later', NOW + 1, true],
])('a beginning that is %s is contained: %s', (_, inner, expected) => {
  expect(nbfForm.contains(NOW, inner)).toBe(expected);
});

test('in words', () => {
  expect(nbfForm.describe(NOW)).toEqual(['not before 2027-01-15T08:00:00Z']);
});
