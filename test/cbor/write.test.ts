import { decode as cbor2Decode, encode as cbor2Encode, cdeDecodeOptions, cdeEncodeOptions } from 'cbor2';
import { decode as cborgDecode, encode as cborgEncode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCbor } from '../../src/cbor/read.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import { writeCbor } from '../../src/cbor/write.ts';
import { profileText, profileValue } from '../support/cbor-values.ts';
import { codeOf } from '../support/code-of.ts';
import { hex } from '../support/forge.ts';

const cborgStrict = {
  useMaps: true,
  strict: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowNaN: false,
  allowInfinity: false,
};

/** Whether the reader of the project accepts bytes. */
function accepts(bytes: Uint8Array): boolean {
  return codeOf(() => readCbor(bytes)) === 'accepted';
}

describe('as other encoders and decoders', () => {
  test('the bytes are those of cborg', () => {
    fc.assert(
      fc.property(profileValue, (value) => {
        expect(hex(writeCbor(value))).toBe(hex(cborgEncode(value, rfc8949EncodeOptions)));
      }),
      { numRuns: 500 },
    );
  });

  test('the bytes are those of cbor2', () => {
    fc.assert(
      fc.property(profileValue, (value) => {
        expect(hex(writeCbor(value))).toBe(hex(cbor2Encode(value, cdeEncodeOptions)));
      }),
      { numRuns: 500 },
    );
  });

  test('reading gives back what was written', () => {
    fc.assert(
      fc.property(profileValue, (value) => {
        expect(readCbor(writeCbor(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('long texts of every kind of character come back', () => {
    fc.assert(
      fc.property(fc.array(profileText, { minLength: 5, maxLength: 40 }), (parts) => {
        const text = parts.join('ü');
        expect(readCbor(writeCbor(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  test('what the reader accepts of changed bytes, strict decoders accept as the same value and write the same', () => {
    const change = fc.record({
      at: fc.nat(),
      remove: fc.integer({ min: 0, max: 3 }),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc
          .constantFrom(0x00, 0x18, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xf5, 0xff)
          .map((byte) => Uint8Array.of(byte)),
      ),
    });
    let accepted = 0;
    fc.assert(
      fc.property(profileValue, fc.array(change, { minLength: 1, maxLength: 2 }), (value, changes) => {
        const bytes = [...writeCbor(value)];
        for (const { at, remove, insert } of changes) bytes.splice(at % bytes.length, remove, ...insert);
        const changed = Uint8Array.from(bytes);
        if (!accepts(changed)) return;
        accepted += 1;
        const read = readCbor(changed);
        expect(cborgDecode(changed, cborgStrict)).toEqual(read);
        expect(
          cbor2Decode(changed, { ...cdeDecodeOptions, rejectDuplicateKeys: true, preferMap: true }),
        ).toEqual(read);
        expect([hex(writeCbor(read)), hex(cborgEncode(read, rfc8949EncodeOptions))]).toEqual([
          hex(changed),
          hex(changed),
        ]);
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('what the reader accepts of random bytes, strict decoders accept as the same value and write the same', () => {
    // Heads of the profile, so that many of the byte strings are accepted.
    const byte = fc.oneof(
      fc.constantFrom(
        0x00,
        0x01,
        0x17,
        0x18,
        0x20,
        0x38,
        0x40,
        0x41,
        0x60,
        0x61,
        0x80,
        0x81,
        0x82,
        0xa0,
        0xa1,
        0xa2,
        0xf4,
        0xf5,
      ),
      fc.integer({ min: 0, max: 255 }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1, maxLength: 8 }), (bytes) => {
        const data = Uint8Array.from(bytes);
        if (!accepts(data)) return;
        accepted += 1;
        expect(cborgDecode(data, cborgStrict)).toEqual(readCbor(data));
        expect(hex(writeCbor(readCbor(data)))).toBe(hex(data));
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

describe('order and form', () => {
  test.each<[string, CborValue, string]>([
    [
      'entries are sorted by the encodings of their keys',
      new Map<number | string, CborValue>([
        ['aa', 1],
        ['b', 2],
        [-1, 3],
        [10, 4],
        [24, 5],
      ]),
      'a50a04181805200361620262616101',
    ],
    [
      'inner maps are sorted too',
      [
        new Map([
          [
            1,
            new Map([
              [2, 0],
              [1, 0],
            ]),
          ],
        ]),
      ],
      '81a101a201000200',
    ],
    ['2^32 is an integer', 2 ** 32, '1b0000000100000000'],
    ['2^53 - 1 is an integer', 2 ** 53 - 1, '1b001fffffffffffff'],
    ['-2^32 is an integer of four bytes', -(2 ** 32), '3affffffff'],
    ['-2^32 - 1 is an integer of eight bytes', -(2 ** 32) - 1, '3b0000000100000000'],
    ['-(2^53 - 1) is an integer', -(2 ** 53 - 1), '3b001ffffffffffffe'],
    ['wide keys are integers', new Map([[2 ** 40, 0]]), 'a11b000001000000000000'],
    ['-0 is 0', -0, '00'],
    ['byte strings have no tag', Uint8Array.of(1), '4101'],
    ['a Buffer is a byte string', Buffer.from([1]), '4101'],
    ['a text key __proto__ is written', new Map([['__proto__', 1]]), 'a1695f5f70726f746f5f5f01'],
    [
      'entries of 24 and more have a length of two bytes',
      Array.from({ length: 24 }, () => 0),
      `9818${'00'.repeat(24)}`,
    ],
  ])('%s', (_, value, expected) => {
    expect(hex(writeCbor(value))).toBe(expected);
  });

  test('the map that was given keeps its order', () => {
    const map = new Map([
      [2, 0],
      [1, 0],
    ]);
    writeCbor(map);
    expect([...map.keys()]).toEqual([2, 1]);
  });

  test('the bytes are a copy that later writing does not change', () => {
    const first = writeCbor('first');
    writeCbor('other');
    expect(hex(first)).toBe('656669727374');
  });
});

describe('what is refused', () => {
  test.each<[string, unknown, string]>([
    ['a fraction', 1.5, 'cbor.float'],
    ['NaN', Number.NaN, 'cbor.float'],
    ['Infinity', Number.POSITIVE_INFINITY, 'cbor.float'],
    ['2^53', 2 ** 53, 'cbor.float'],
    ['-2^53', -(2 ** 53), 'cbor.float'],
    ['null', null, 'cbor.simple'],
    ['undefined', undefined, 'cbor.simple'],
    ['a hole in an array', Array.from({ length: 1 }), 'cbor.simple'],
    ['a date', new Date(0), 'cbor.tag'],
    ['a set', new Set([1]), 'cbor.tag'],
    ['a typed array', new Uint16Array([1]), 'cbor.tag'],
    ['a control character', 'a\nb', 'cbor.character'],
    ['a lone high surrogate', 'a\ud800', 'cbor.utf8'],
    ['a lone low surrogate', '\udc00a', 'cbor.utf8'],
    ['a lone surrogate in a long text', `\ud800${'x'.repeat(100)}`, 'cbor.utf8'],
    ['a lone surrogate in a long key', new Map([[`\udfff${'x'.repeat(100)}`, 0]]), 'cbor.utf8'],
    ['4097 bytes of text', 'x'.repeat(4097), 'limit.text'],
    ['257 elements', Array.from({ length: 257 }, () => 0), 'limit.entries'],
    ['nesting of 17', JSON.parse('['.repeat(17) + ']'.repeat(17)), 'limit.depth'],
  ])('%s', (_, value, code) => {
    expect(codeOf(() => writeCbor(value as CborValue))).toBe(code);
  });
});
