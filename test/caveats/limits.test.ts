import { describe, expect, test } from 'vitest';
import { type Limit, limitsForm } from '../../src/caveats/limits.ts';
import { exceeds } from '../../src/token/narrower.ts';
import type { Item } from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

const calls: Limit = { unit: 'call', amount: 10 };

describe('on the wire', () => {
  test.each<[string, Limit]>([
    ['an amount in all', { unit: 'call', amount: 10 }],
    ['an amount in a window', { unit: 'call', amount: 10, window: 60 }],
    ['an amount of nothing', { unit: 'usd-cent', amount: 0 }],
    ['the greatest amount', { unit: 'x', amount: Number.MAX_SAFE_INTEGER }],
    ['one denial', { unit: 'denial', amount: 1 }],
    ['a unit with every character', { unit: '0a.b_c-9', amount: 1 }],
    ['a unit of 64 characters', { unit: 'a'.repeat(64), amount: 1 }],
  ])('%s comes back as it was', (_, limit) => {
    expect(roundTrip('limits', [limit])).toEqual([limit]);
  });

  test('limits come back in the order of the wire, without repetition', () => {
    const window = { ...calls, window: 60 };
    expect(roundTrip('limits', [window, { unit: 'call', amount: 9 }, calls, calls])).toEqual([
      { unit: 'call', amount: 9 },
      calls,
      window,
    ]);
  });

  test.each<[string, Item]>([
    ['no limits', []],
    ['a limit alone', ['call', 10]],
    ['a map', new Map([['call', 10]])],
    ['no amount', [['call']]],
    ['four elements', [['call', 10, 60, 1]]],
    ['an amount below zero', [['call', -1]]],
    ['an amount as text', [['call', '10']]],
    ['an amount with an exponent, as text', [['call', '1e3']]],
    ['an amount in hexadecimal, as text', [['call', '0x10']]],
    ['an amount with spaces, as text', [['call', ' 12 ']]],
    ['an empty amount', [['call', '']]],
    ['an amount that is true', [['call', true]]],
    ['an amount as bytes', [['call', Uint8Array.of(1, 0)]]],
    ['an amount in a list', [['call', [10]]]],
    ['a window below zero', [['call', 10, -60]]],
    ['a window as text', [['call', 10, '60']]],
    ['a window that is false', [['call', 10, false]]],
    ['an empty unit', [['', 10]]],
    ['a unit in upper case', [['Call', 10]]],
    ['a unit that starts with a dot', [['.call', 10]]],
    ['a unit with a space', [['call ', 10]]],
    ['a unit of 65 characters', [['a'.repeat(65), 10]]],
    ['a unit by number', [[1, 10]]],
  ])('%s is refused', (_, item) => {
    expect(parseCode('limits', item)).toBe('claim.value');
  });

  test.each<[string, Item, string]>([
    ['2^53', [['call', 2n ** 53n]], 'cbor.integer'],
    ['2^64 - 1', [['call', 2n ** 64n - 1n]], 'cbor.integer'],
    ['a fraction', [['call', 1.5]], 'cbor.float'],
    ['NaN', [['call', Number.NaN]], 'cbor.float'],
    ['infinity', [['call', Number.POSITIVE_INFINITY]], 'cbor.float'],
  ])('an amount of %s does not pass the reader', (_, item, code) => {
    expect(parseCode('limits', item)).toBe(code);
  });

  test.each<[string, Item]>([
    ['unsorted', [['call', 10], ['call', 9]]], // biome-ignore format: pairs read as pairs
    ['repeated', [['call', 10], ['call', 10]]], // biome-ignore format: pairs read as pairs
    ['with the longer one first', [['call', 9, 60], ['call', 10]]], // biome-ignore format: pairs read as pairs
  ])('limits that are %s are no set', (_, item) => {
    expect(parseCode('limits', item)).toBe('claim.set');
  });

  test.each<[string, Item]>([
    ['a window of nothing', [['call', 10, 0]]],
    ['no denial at all', [['denial', 0]]],
    ['denials in a window', [['denial', 3, 60]]],
  ])('%s is degenerate', (_, item) => {
    expect(parseCode('limits', item)).toBe('claim.degenerate');
  });
});

describe('without a store', () => {
  test('limits deny together, and need one', () => {
    const entries = [calls, { unit: 'denial', amount: 3 }];
    expect(check('limits', entries)).toEqual([
      { code: 'limits.store', expected: entries, actual: null, need: { kind: 'store' } },
    ]);
  });

  test.each<[string, readonly string[] | undefined, string[]]>([
    ['exactly one', ['a'], ['limits.store']],
    ['two', ['a', 'b'], ['limits.audience']],
    ['none that is left', [], ['limits.audience']],
    ['none that is named', undefined, ['limits.audience']],
  ])('an audience is wanted, and %s is there', (_, audiences, codes) => {
    expect(checkCodes('limits', [calls], {}, { audiences })).toEqual(codes);
  });

  test('no store helps where the audience is not one', () => {
    expect(check('limits', [calls], {}, { audiences: ['a', 'b'] })).toEqual([
      { code: 'limits.audience', expected: 1, actual: ['a', 'b'] },
    ]);
  });

  test('a missing audience is told as null', () => {
    expect(check('limits', [calls], {}, { audiences: undefined })[0]?.actual).toBeNull();
  });
});

describe('a hop that asks for', () => {
  const window = { ...calls, window: 60 };
  test.each<[string, boolean, Limit[], Limit[]]>([
    ['the same', true, [calls], [calls]],
    ['a smaller amount', true, [calls], [{ ...calls, amount: 9 }]],
    ['a greater amount', false, [calls], [{ ...calls, amount: 11 }]],
    ['a greater amount of another unit', true, [calls], [{ unit: 'usd', amount: 99 }]],
    ['a greater amount in a window', true, [calls], [{ ...window, amount: 99 }]],
    ['a greater amount in the same window', false, [window], [{ ...window, amount: 11 }]],
    ['a greater amount in another window', true, [window], [{ ...window, window: 61, amount: 11 }]],
    [
      'a greater amount beside one that is stricter than both',
      true,
      [calls, window],
      [
        { ...calls, amount: 1 },
        { ...window, amount: 11 },
      ],
    ],
    ['a greater amount beside one of another window', false, [window], [{ ...calls, amount: 99 }, { ...window, amount: 11 }]], // biome-ignore format: rows
  ])('%s asks for no more: %s', (_, expected, outer, inner) => {
    expect(exceeds(limitsForm, outer, inner, 1)).toBe(!expected);
  });
});

test('in words, a line for each limit', () => {
  const limits = [calls, { unit: 'usd-cent', amount: 500, window: 3600 }, { unit: 'denial', amount: 1 }];
  expect(limitsForm.describe(limits)).toEqual([
    'at most 10 calls in all',
    'at most 500 usd-cent in any 3600 s',
    'frozen after 1 request outside of what is granted',
  ]);
});
