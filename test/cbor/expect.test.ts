import { describe, expect, test } from 'vitest';
import {
  expectArray,
  expectBytes,
  expectMap,
  expectNamed,
  expectSet,
  expectText,
  expectTime,
  expectUint,
} from '../../src/cbor/expect.ts';
import { readCbor } from '../../src/cbor/read.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import type { WritError } from '../../src/errors.ts';
import { isName, isUnit } from '../../src/names.ts';
import { errorOf } from '../support/code-of.ts';
import { cbor, type Item } from '../support/forge.ts';

function wire(item: Item): CborValue {
  return readCbor(cbor(item));
}

/** The code and the path of a refusal. */
function refusal(call: () => unknown): string {
  const { code, where } = errorOf(call) as WritError;
  return `${code} at ${where.path}`;
}

const number = (value: CborValue, path: string) => expectUint(value, path);

describe('what fits is given back', () => {
  test.each<[string, (value: CborValue) => unknown, Item, unknown]>([
    ['an array of the fewest', (v) => expectArray(v, 'x', 1, 2), [1], [1]],
    ['an array of the most', (v) => expectArray(v, 'x', 1, 2), [1, 2], [1, 2]],
    ['a set, parsed', (v) => expectSet(v, 'x', (item) => String(item)), [1, 2], ['1', '2']],
    ['an empty set where none is needed', (v) => expectSet(v, 'x', number, 0), [], []],
    ['a map', (v) => expectMap(v, 'x'), new Map([[1, 2]]), new Map([[1, 2]])],
    ['an empty map', (v) => expectMap(v, 'x'), new Map(), new Map()],
    ['named values', (v) => expectNamed(v, 'x', isName, number), new Map([['a', 1], ['b', 2]]), { a: 1, b: 2 }], // biome-ignore format: one row
    ['bytes of the fewest', (v) => expectBytes(v, 'x', 1, 2), Uint8Array.of(1), Uint8Array.of(1)],
    ['bytes of the most', (v) => expectBytes(v, 'x', 1, 2), Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
    ['zero', (v) => expectUint(v, 'x'), 0, 0],
    ['the largest integer', (v) => expectUint(v, 'x'), 2 ** 53 - 1, 2 ** 53 - 1],
    ['the first time', (v) => expectTime(v, 'x'), 0, 0],
    ['the last time', (v) => expectTime(v, 'x'), 2 ** 33 - 1, 2 ** 33 - 1],
    ['any text', (v) => expectText(v, 'x'), 'wörd', 'wörd'],
    ['a text of a grammar', (v) => expectText(v, 'x', isUnit), 'call', 'call'],
  ])('%s', (_, call, item, value) => {
    expect(call(wire(item))).toEqual(value);
  });

  test('a value named __proto__ is an own member', () => {
    const named = expectNamed(wire(new Map([['__proto__', 1]])), 'x', isName, number);
    expect(Object.entries(named)).toEqual([['__proto__', 1]]);
  });
});

describe('what does not fit is refused with its path', () => {
  test.each<[string, (value: CborValue) => unknown, Item, string]>([
    ['an array too short', (v) => expectArray(v, 'x', 1, 2), [], 'claim.value at x'],
    ['an array too long', (v) => expectArray(v, 'x', 1, 2), [1, 2, 3], 'claim.value at x'],
    ['a map for an array', (v) => expectArray(v, 'x', 0, 2), new Map(), 'claim.value at x'],
    ['bytes for an array', (v) => expectArray(v, 'x', 0, 2), Uint8Array.of(1), 'claim.value at x'],
    ['an empty set', (v) => expectSet(v, 'x', number), [], 'claim.value at x'],
    ['an unsorted set', (v) => expectSet(v, 'x', number), [2, 1], 'claim.set at x'],
    ['a set with an element twice', (v) => expectSet(v, 'x', number), [1, 1], 'claim.set at x'],
    ['a set with a bad element', (v) => expectSet(v, 'x', number), [1, 'a'], 'claim.value at x, 1'],
    [
      'an unsorted set with a bad element',
      (v) => expectSet(v, 'x', number),
      [2, 'a', 1],
      'claim.value at x, 1',
    ],
    ['an array for a map', (v) => expectMap(v, 'x'), [], 'claim.value at x'],
    ['an array for named values', (v) => expectNamed(v, 'x', isName, number), [], 'claim.value at x'],
    ['no named value', (v) => expectNamed(v, 'x', isName, number), new Map(), 'claim.value at x'],
    [
      'an integer for a name',
      (v) => expectNamed(v, 'x', isName, number),
      new Map([[1, 1]]),
      'claim.value at x',
    ],
    [
      'a name outside the grammar',
      (v) => expectNamed(v, 'x', isName, number),
      new Map([['a b', 1]]),
      'claim.value at x',
    ],
    [
      'a bad named value',
      (v) => expectNamed(v, 'x', isName, number),
      new Map([['a', 'b']]),
      'claim.value at x',
    ],
    ['too few bytes', (v) => expectBytes(v, 'x', 2, 3), Uint8Array.of(1), 'claim.value at x'],
    ['too many bytes', (v) => expectBytes(v, 'x', 2, 3), new Uint8Array(4), 'claim.value at x'],
    ['bytes of another fixed size', (v) => expectBytes(v, 'x', 2), new Uint8Array(3), 'claim.value at x'],
    ['text for bytes', (v) => expectBytes(v, 'x', 0, 9), 'ab', 'claim.value at x'],
    ['an array for bytes', (v) => expectBytes(v, 'x', 0, 9), [1, 2], 'claim.value at x'],
    ['a negative integer', (v) => expectUint(v, 'x'), -1, 'claim.value at x'],
    ['a text for an integer', (v) => expectUint(v, 'x'), '1', 'claim.value at x'],
    ['a boolean for an integer', (v) => expectUint(v, 'x'), true, 'claim.value at x'],
    ['a time of 2^33', (v) => expectTime(v, 'x'), 2 ** 33, 'claim.value at x'],
    ['a negative time', (v) => expectTime(v, 'x'), -1, 'claim.value at x'],
    ['bytes for a text', (v) => expectText(v, 'x'), Uint8Array.of(0x61), 'claim.value at x'],
    ['a text outside the grammar', (v) => expectText(v, 'x', isUnit), 'Call', 'claim.value at x'],
  ])('%s', (_, call, item, expected) => {
    const value = wire(item);
    expect(refusal(() => call(value))).toBe(expected);
  });
});
