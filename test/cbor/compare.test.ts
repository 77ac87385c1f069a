import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCbor, toSet } from '../../src/cbor/compare.ts';
import { readCbor } from '../../src/cbor/read.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import { profileValue } from '../support/cbor-values.ts';
import { cbor } from '../support/forge.ts';

/** The sign of the bytewise comparison of two encodings. */
function byEncoding(a: CborValue, b: CborValue): number {
  return Math.sign(Buffer.compare(cbor(a), cbor(b)));
}

// Few values, so that two of them often share a beginning; maps as they are read, in the order of their encodings.
const leaf: fc.Arbitrary<CborValue> = fc.oneof(
  fc.constantFrom<CborValue>(0, 1, 23, 24, 255, 256, -1, -24, -25, 2 ** 32, -(2 ** 32), 2 ** 40, true, false),
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\uffee', '😀'), maxLength: 3 }),
  fc.uint8Array({ maxLength: 2, max: 2 }),
);
const key = fc.constantFrom<number | string>(0, 1, -1, 24, 'a', 'b', 'aa', 'é');
const tree = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 3, selector: ([name]) => name })
      .map((e) => new Map(e)),
  ),
})).value;
const alike = tree.map((value) => readCbor(cbor(value)));
const wide = profileValue.map((value) => readCbor(cbor(value)));

describe('compareCbor', () => {
  test.each([
    ['values that share a beginning', alike],
    ['values of the whole profile', wide],
  ])('orders %s as their encodings are ordered', (_, values) => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(Math.sign(compareCbor(a, b))).toBe(byEncoding(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  test('finds a value equal to its copy', () => {
    fc.assert(
      fc.property(wide, (value) => {
        expect(compareCbor(value, readCbor(cbor(value)))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, CborValue, CborValue]>([
    ['a smaller integer', 1, 2],
    ['a positive before a negative integer', 1000, -1],
    ['negative integers downwards', -1, -2],
    ['an integer before bytes', -1, Uint8Array.of()],
    ['bytes before text', Uint8Array.of(255), ''],
    ['text before an array', 'zzz', []],
    ['an array before a map', [1, 2, 3], new Map()],
    ['a map before a boolean', new Map([[1, 1]]), false],
    ['false before true', false, true],
    ['a shorter text', 'z', 'aa'],
    ['texts by bytes of UTF-8, not by UTF-16 units', '\uffee ', '😀'],
    ['a shorter array', [9], [1, 1]],
    ['maps by the first key', new Map([[1, 9]]), new Map([[2, 0]])],
    ['maps with one key by its value', new Map([[1, [0]]]), new Map([[1, [1]]])],
  ])('%s comes first', (_, a, b) => {
    expect([Math.sign(compareCbor(a, b)), Math.sign(compareCbor(b, a))]).toEqual([-1, 1]);
  });
});

describe('toSet', () => {
  test('sorts by encoding and drops repetitions', () => {
    expect(toSet(['aa', 'b', -1, 2, 'b', 2, [1], [1]])).toEqual([2, -1, 'b', 'aa', [1]]);
  });

  test('leaves its input as it is', () => {
    const items = [2, 1, 1];
    toSet(items);
    expect(items).toEqual([2, 1, 1]);
  });

  test('gives what the strict reader takes for a set, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(alike, { maxLength: 6 }), (items) => {
        const encodings = toSet(items).map((item) => Buffer.from(cbor(item)).toString('hex'));
        expect(encodings).toEqual(
          [...new Set(items.map((item) => Buffer.from(cbor(item)).toString('hex')))].sort(),
        );
      }),
      { numRuns: 500 },
    );
  });
});
