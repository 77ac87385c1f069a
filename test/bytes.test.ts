import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import * as withBuffer from '../src/bytes.ts';
import { compareBytes, concat, equal, fromUtf8, littleEndian, toHex, utf8 } from '../src/bytes.ts';
import { fromHex } from './support/hex.ts';

// As where there is no Buffer, such as in browsers.
vi.stubGlobal('Buffer', undefined);
vi.resetModules();
const withoutBuffer = await import('../src/bytes.ts');
vi.unstubAllGlobals();

const bytes = fc.uint8Array({ maxLength: 60 });

describe.each([
  ['with', withBuffer],
  ['without', withoutBuffer],
])('base64url %s Buffer', (_, { fromBase64url, toBase64url }) => {
  // RFC 4648 §10 without padding, and the two characters of §5.
  test.each([
    ['', ''],
    ['66', 'Zg'],
    ['666f', 'Zm8'],
    ['666f6f', 'Zm9v'],
    ['666f6f62', 'Zm9vYg'],
    ['666f6f6261', 'Zm9vYmE'],
    ['666f6f626172', 'Zm9vYmFy'],
    ['fbff', '-_8'],
    ['ffffff', '____'],
  ])('%s is written as "%s"', (digits, text) => {
    expect(toBase64url(fromHex(digits))).toBe(text);
  });

  test('is what Buffer writes', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toBase64url(value)).toBe(Buffer.from(value).toString('base64url'));
      }),
      { numRuns: 500 },
    );
  });

  test('is read back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(fromBase64url(toBase64url(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('is read exactly where Buffer would write the same text again', () => {
    const unit = fc.constantFrom(...'ABgwQAEIMYcw059-_+/= \n');
    let canonical = 0;
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 7 }), (text) => {
        const theirs = Buffer.from(text, 'base64url');
        const same = theirs.toString('base64url') === text;
        if (same) canonical += 1;
        expect(fromBase64url(text)).toEqual(same ? Uint8Array.from(theirs) : undefined);
      }),
      { numRuns: 5000 },
    );
    expect(canonical).toBeGreaterThan(100);
  });

  test.each([
    ['padding of one', 'Zm8='],
    ['padding of two', 'Zg=='],
    ['padding alone', '='],
    ['padding in the middle', 'Zg==Zg'],
    ['a plus sign', '+_8A'],
    ['a slash', '-/8A'],
    ['a space in front', ' Zm9v'],
    ['a space in the middle', 'Zm 9v'],
    ['a space behind', 'Zm9v '],
    ['a newline behind', 'Zm9v\n'],
    ['a newline in the middle', 'Zm\n9v'],
    ['a carriage return', 'Zm9v\r\n'],
    ['a tab', 'Zm9v\t'],
    ['a NUL', 'Zm9v\0'],
    ['an exclamation mark', 'Zm9!'],
    ['a full stop', 'Zm9.'],
    ['a tilde', 'Zm9~'],
    ['a fullwidth letter', 'Zm9\uff36'],
    ['a letter with an accent', 'Zm9é'],
    ['a character whose low byte is a letter', 'Zm9\u0176'],
    ['a Kelvin sign', 'Zm9\u212a'],
    ['a lone surrogate', 'Zm9\ud800'],
    ['a zero-width space', 'Zm9v\u200b'],
    ['a length of 1', 'Z'],
    ['a length of 5', 'Zm9vZ'],
    ['trailing bits in a group of two', 'Zh'],
    ['every trailing bit in a group of two', 'Zv'],
    ['trailing bits in a group of three', 'Zm9'],
    ['every trailing bit in a group of three', 'Zm_'],
    ['trailing bits behind whole groups', 'Zm9vZh'],
  ])('%s is refused', (_, text) => {
    expect(fromBase64url(text)).toBeUndefined();
  });

  test.each([
    ['two', 4, 16],
    ['three', 6, 4],
  ])('of the last characters of a group of %s, one in %i is canonical', (_, bits, step) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const taken = [...alphabet].filter((last) => fromBase64url(`${'A'.repeat(bits === 4 ? 1 : 2)}${last}`));
    expect(taken).toEqual([...alphabet].filter((_, i) => i % step === 0));
  });
});

test.each([
  ['with', withBuffer],
  ['without', withoutBuffer],
])('hexadecimal %s Buffer', (_, { toHex }) => {
  const every = Uint8Array.from({ length: 300 }, (_, byte) => byte).subarray(3);
  expect(toHex(every)).toBe(Buffer.from(every).toString('hex'));
});

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
