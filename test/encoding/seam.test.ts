import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as node from '../../src/encoding/node.ts';
import * as web from '../../src/encoding/web.ts';
import { fromHex } from '../support/hex.ts';

const bytes = fc.uint8Array({ maxLength: 60 });

describe.each([
  ['Node', node],
  ['browsers', web],
])('base64url of %s', (_, { fromBase64url, toBase64url }) => {
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
  ['Node', node],
  ['browsers', web],
])('hexadecimal of %s', (_, { toHex }) => {
  const every = Uint8Array.from({ length: 300 }, (_, byte) => byte).subarray(3);
  expect(toHex(every)).toBe(Buffer.from(every).toString('hex'));
});
