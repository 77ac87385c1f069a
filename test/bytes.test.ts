import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareBytes, concat, equal, fromUtf8, littleEndian, take, toHex, utf8 } from '../src/bytes.ts';
import { fromHex } from './support/hex.ts';

const bytes = fc.uint8Array({ maxLength: 60 });

describe('UTF-8', () => {
  test.each([
    ['ASCII', 'abc', '616263'],
    ['two bytes', 'ü', 'c3bc'],
    ['three bytes', '水', 'e6b0b4'],
    ['four bytes', '😀', 'f09f9880'],
    ['a byte order mark, which stays', '\ufeffa', 'efbbbf61'],
  ])('%s', (_, text, digits) => {
    expect([toHex(utf8(text)), fromUtf8(fromHex(digits))]).toEqual([digits, text]);
  });

  test.each([
    '80',
    'c0af',
    'c1bf',
    'e080af',
    'eda080',
    'edbfbf',
    'f08080af',
    'f4908080',
    'f5808080',
    'c3',
    'f09f98',
  ])('%s is no text', (digits) => {
    expect(fromUtf8(fromHex(digits))).toBeUndefined();
  });
});

describe('littleEndian', () => {
  test.each([
    ['', 0n],
    ['0100000000000000', 1n],
    ['0000000000000080', 2n ** 63n],
    ['00000000000000000100000000000000', 2n ** 64n],
    ['ff'.repeat(32), 2n ** 256n - 1n],
  ])('%s', (digits, value) => {
    expect(littleEndian(fromHex(digits))).toBe(value);
  });

  test('reads a view within its bounds', () => {
    expect(littleEndian(fromHex('ff 0200000000000000 ff').subarray(1, 9))).toBe(2n);
  });
});

describe('concat', () => {
  test.each([
    [[], ''],
    [[''], ''],
    [['01', '', '0203'], '010203'],
  ])('%j', (parts, whole) => {
    expect(toHex(concat(...parts.map(fromHex)))).toBe(whole);
  });

  test('copies', () => {
    const part = Uint8Array.of(1);
    concat(part)[0] = 2;
    expect([...part]).toEqual([1]);
  });
});

describe('take', () => {
  test('gives so many bytes, all 0, that nobody else has, whatever the sizes', () => {
    const sizes = fc.array(fc.oneof(fc.nat(300), fc.integer({ min: 4000, max: 9000 })), { maxLength: 60 });
    const law = fc.property(sizes, (all) => {
      const taken = all.map((size, i) => {
        const bytes = take(size);
        expect([bytes.length, bytes.every((byte) => byte === 0)]).toEqual([size, true]);
        return bytes.fill(i + 1);
      });
      expect(taken.every((bytes, i) => bytes.every((byte) => byte === i + 1))).toBe(true);
    });
    fc.assert(law);
  });

  test('gives many of them in one buffer', () => {
    const buffers = new Set(Array.from({ length: 100 }, () => take(40).buffer));
    expect(buffers.size).toBeLessThan(4);
  });
});

describe('equal', () => {
  test.each([
    ['', '', true],
    ['0102', '0102', true],
    ['0102', '0103', false],
    ['0102', '8102', false],
    ['0102', '01', false],
    ['01', '0102', false],
    ['', '00', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(equal(fromHex(a), fromHex(b))).toBe(expected);
  });
});

describe('compareBytes', () => {
  test('orders as Buffer orders', () => {
    const few = fc.uint8Array({ maxLength: 4, max: 3 });
    fc.assert(
      fc.property(fc.oneof(few, bytes), fc.oneof(few, bytes), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
      }),
      { numRuns: 1000 },
    );
  });
});

test('hexadecimal has two lower-case digits for each byte', () => {
  expect(toHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
});
