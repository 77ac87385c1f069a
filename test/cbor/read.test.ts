import { describe, expect, test } from 'vitest';
import { isAscending, readCbor } from '../../src/cbor/read.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import type { WritError } from '../../src/errors.ts';
import { decode } from '../../src/token/decode.ts';
import { FORBIDDEN_RUNS } from '../support/cbor-values.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { cbor, forge, grantPayload, research, scene } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';

function read(hex: string): CborValue {
  return readCbor(fromHex(hex));
}

/** The code and the offset with which bytes are refused. */
function refusal(bytes: Uint8Array): string {
  const { code, where } = errorOf(() => readCbor(bytes)) as WritError;
  return `${code} at ${where.offset}`;
}

function nested(depth: number, initial = '81', innermost = '80'): Uint8Array {
  return fromHex(initial.repeat(depth - 1) + innermost);
}

describe('what is refused, and where', () => {
  test.each([
    // The end of the data.
    ['no byte at all', '', 'cbor.truncated at 0'],
    ['a head of one more byte, cut', '18', 'cbor.truncated at 0'],
    ['a head of two more bytes, cut', '19 01', 'cbor.truncated at 0'],
    ['a head of four more bytes, cut', '1a 010203', 'cbor.truncated at 0'],
    ['a head of eight more bytes, cut', '1b 00010203040506', 'cbor.truncated at 0'],
    ['a byte string, cut', '43 0102', 'cbor.truncated at 0'],
    ['a text string, cut', '63 6161', 'cbor.truncated at 0'],
    ['the second element missing', '82 01', 'cbor.truncated at 2'],
    ['an element, cut', '82 01 1903', 'cbor.truncated at 2'],
    ['a map key missing', 'a1', 'cbor.truncated at 1'],
    ['a map value missing', 'a1 01', 'cbor.truncated at 2'],
    ['a second pair missing', 'a2 01 02', 'cbor.truncated at 3'],
    ['a byte behind an integer', '00 00', 'cbor.trailing at 1'],
    ['a byte behind an array', '81 00 ff', 'cbor.trailing at 2'],
    ['a whole item behind a map', 'a0 a0', 'cbor.trailing at 1'],
    // Shortest form, for each width and each major type with an argument.
    ['23 in one more byte', '18 17', 'cbor.not-shortest at 0'],
    ['255 in two more bytes', '19 00ff', 'cbor.not-shortest at 0'],
    ['65535 in four more bytes', '1a 0000ffff', 'cbor.not-shortest at 0'],
    ['2^32 - 1 in eight more bytes', '1b 00000000ffffffff', 'cbor.not-shortest at 0'],
    ['-24 in one more byte', '38 17', 'cbor.not-shortest at 0'],
    ['-256 in two more bytes', '39 00ff', 'cbor.not-shortest at 0'],
    ['-65536 in four more bytes', '3a 0000ffff', 'cbor.not-shortest at 0'],
    ['-2^32 in eight more bytes', '3b 00000000ffffffff', 'cbor.not-shortest at 0'],
    ['a wide length of a byte string', '58 01 00', 'cbor.not-shortest at 0'],
    ['a wider length of a byte string', '59 0001 00', 'cbor.not-shortest at 0'],
    ['a wide length of a text string', '78 01 61', 'cbor.not-shortest at 0'],
    ['the widest length of a text string', '7b 0000000000000001 61', 'cbor.not-shortest at 0'],
    ['a wide length of an array', '98 01 00', 'cbor.not-shortest at 0'],
    ['a wide length of a map', 'b8 01 00 00', 'cbor.not-shortest at 0'],
    ['a wide integer inside an array', '82 00 18 00', 'cbor.not-shortest at 2'],
    ['a wide integer as a map key', 'a1 18 00 00', 'cbor.not-shortest at 1'],
    // Indefinite lengths and the break code.
    ['an integer with information 31', '1f', 'cbor.indefinite at 0'],
    ['a negative integer with information 31', '3f', 'cbor.indefinite at 0'],
    ['an indefinite byte string', '5f 41 00 ff', 'cbor.indefinite at 0'],
    ['an indefinite text string', '7f 61 61 ff', 'cbor.indefinite at 0'],
    ['an indefinite array', '9f 00 ff', 'cbor.indefinite at 0'],
    ['an indefinite map', 'bf 00 00 ff', 'cbor.indefinite at 0'],
    ['an indefinite array inside an array', '81 9f ff', 'cbor.indefinite at 1'],
    ['a break', 'ff', 'cbor.indefinite at 0'],
    ['a break in the place of an element', '82 00 ff', 'cbor.indefinite at 2'],
    ['a break in the place of a key', 'a1 ff 00', 'cbor.indefinite at 1'],
    ['a break in the place of a value', 'a1 00 ff', 'cbor.indefinite at 2'],
    // Reserved additional information.
    ['28 on an unsigned integer', '1c', 'cbor.reserved at 0'],
    ['29 on a negative integer', '3d', 'cbor.reserved at 0'],
    ['30 on a byte string', '5e', 'cbor.reserved at 0'],
    ['28 on a text string', '7c', 'cbor.reserved at 0'],
    ['29 on an array', '9d', 'cbor.reserved at 0'],
    ['30 on a map', 'be', 'cbor.reserved at 0'],
    ['28 on major type 7', 'fc', 'cbor.reserved at 0'],
    ['30 on major type 7', 'fe', 'cbor.reserved at 0'],
    // Integers.
    ['2^53', '1b 0020000000000000', 'cbor.integer at 0'],
    ['-2^53', '3b 001fffffffffffff', 'cbor.integer at 0'],
    ['-2^53 - 1', '3b 0020000000000000', 'cbor.integer at 0'],
    ['2^64 - 1', '1b ffffffffffffffff', 'cbor.integer at 0'],
    ['-2^64', '3b ffffffffffffffff', 'cbor.integer at 0'],
    ['2^53 in an array', '81 1b 0020000000000000', 'cbor.integer at 1'],
    // Map keys.
    ['a byte string as a key', 'a1 41 00 00', 'cbor.key-type at 1'],
    ['an array as a key', 'a1 80 00', 'cbor.key-type at 1'],
    ['a map as a key', 'a1 a0 00', 'cbor.key-type at 1'],
    ['a boolean as a key', 'a1 f5 00', 'cbor.key-type at 1'],
    ['null as a key', 'a1 f6 00', 'cbor.simple at 1'],
    ['a float as a key', 'a1 f93c00 00', 'cbor.float at 1'],
    ['a byte string as a second key', 'a2 01 00 41 00 00', 'cbor.key-type at 3'],
    ['integer keys out of order', 'a2 02 00 01 00', 'cbor.key-order at 3'],
    ['a negative key before a positive one', 'a2 20 00 00 00', 'cbor.key-order at 3'],
    ['keys in numeric, not bytewise order', 'a2 21 00 20 00', 'cbor.key-order at 3'],
    ['a text key before an integer', 'a2 61 61 00 01 00', 'cbor.key-order at 4'],
    ['a longer text key first', 'a2 62 6161 00 61 62 00', 'cbor.key-order at 5'],
    ['text keys out of order', 'a2 61 62 00 61 61 00', 'cbor.key-order at 4'],
    ['an integer key twice', 'a2 01 00 01 00', 'cbor.duplicate-key at 3'],
    ['a negative key twice', 'a2 20 00 20 00', 'cbor.duplicate-key at 3'],
    ['a text key twice', 'a2 61 61 00 61 61 01', 'cbor.duplicate-key at 4'],
    ['the empty text key twice', 'a2 60 00 60 00', 'cbor.duplicate-key at 3'],
    ['a key twice in an inner map', 'a1 01 a2 01 00 01 00', 'cbor.duplicate-key at 5'],
    // UTF-8.
    ['a lone continuation byte', '61 80', 'cbor.utf8 at 0'],
    ['an overlong slash', '62 c0af', 'cbor.utf8 at 0'],
    ['an overlong NUL', '62 c080', 'cbor.utf8 at 0'],
    ['an overlong three-byte sequence', '63 e080af', 'cbor.utf8 at 0'],
    ['an overlong four-byte sequence', '64 f08080af', 'cbor.utf8 at 0'],
    ['a high surrogate', '63 eda080', 'cbor.utf8 at 0'],
    ['a low surrogate', '63 edbfbf', 'cbor.utf8 at 0'],
    ['a surrogate pair', '66 eda080edb080', 'cbor.utf8 at 0'],
    ['a code point above U+10FFFF', '64 f4908080', 'cbor.utf8 at 0'],
    ['the byte F5', '64 f5808080', 'cbor.utf8 at 0'],
    ['the byte FF', '61 ff', 'cbor.utf8 at 0'],
    ['a two-byte sequence, cut', '61 c3', 'cbor.utf8 at 0'],
    ['a three-byte sequence, cut', '62 e6b0', 'cbor.utf8 at 0'],
    ['a four-byte sequence, cut', '63 f09085', 'cbor.utf8 at 0'],
    ['a sequence cut by a letter', '63 e6b061', 'cbor.utf8 at 0'],
    ['bad UTF-8 in a key', 'a1 61 80 00', 'cbor.utf8 at 1'],
    ['a bad character in a key', 'a1 61 0a 00', 'cbor.character at 1'],
  ])('%s: %s', (_, hex, expected) => {
    expect(refusal(fromHex(hex))).toBe(expected);
  });

  test.each([
    ['tag 0, a date', 'c0 60'],
    ['tag 1, a time', 'c1 00'],
    ['tag 2, a bignum', 'c2 41 01'],
    ['tag 3, a negative bignum', 'c3 41 01'],
    ['tag 17, COSE_Mac0', 'd1 80'],
    ['tag 18, COSE_Sign1', 'd2 80'],
    ['tag 24, encoded CBOR', 'd818 41 00'],
    ['tag 27, an object', 'd81b 80'],
    ['tag 28, shareable', 'd81c 00'],
    ['tag 29, a shared reference', 'd81d 00'],
    ['tag 64, a typed array', 'd840 41 00'],
    ['tag 258, a set', 'd90102 80'],
    ['tag 259, a map', 'd90103 a0'],
    ['tag 55799, self-described CBOR', 'd9d9f7 00'],
    ['the highest tag', 'dbffffffffffffffff 00'],
    ['a tag of reserved length', 'dc'],
    ['a tag of indefinite length', 'df'],
  ])('%s', (_, hex) => {
    expect([refusal(fromHex(hex)), refusal(fromHex(`81${hex}`))]).toEqual(['cbor.tag at 0', 'cbor.tag at 1']);
  });

  test.each([
    ['0.0 in 16 bits', 'f90000'],
    ['-0.0 in 16 bits', 'f98000'],
    ['1.0 in 16 bits', 'f93c00'],
    ['1.0 in 32 bits', 'fa3f800000'],
    ['1.0 in 64 bits', 'fb3ff0000000000000'],
    ['-0.0 in 32 bits', 'fa80000000'],
    ['-0.0 in 64 bits', 'fb8000000000000000'],
    ['1.5', 'f93e00'],
    ['1.1', 'fb3ff199999999999a'],
    ['2^32 as a float', 'fa4f800000'],
    ['NaN in 16 bits', 'f97e00'],
    ['NaN in 32 bits', 'fa7fc00000'],
    ['NaN in 64 bits', 'fb7ff8000000000000'],
    ['NaN with a payload in 16 bits', 'f97e01'],
    ['NaN with a payload in 64 bits', 'fb7ff8000000000001'],
    ['a signalling NaN', 'fb7ff0000000000001'],
    ['a negative NaN', 'fbfff8000000000000'],
    ['Infinity', 'f97c00'],
    ['-Infinity', 'f9fc00'],
    ['Infinity in 64 bits', 'fb7ff0000000000000'],
  ])('the float %s', (_, hex) => {
    expect([refusal(fromHex(hex)), refusal(fromHex(`8200${hex}`))]).toEqual([
      'cbor.float at 0',
      'cbor.float at 2',
    ]);
  });

  test.each([
    ['null', 'f6'],
    ['undefined', 'f7'],
    ['simple value 0', 'e0'],
    ['simple value 1', 'e1'],
    ['simple value 16', 'f0'],
    ['simple value 19', 'f3'],
    ['simple value 20 in two bytes', 'f814'],
    ['simple value 21 in two bytes', 'f815'],
    ['simple value 31 in two bytes', 'f81f'],
    ['simple value 32', 'f820'],
    ['simple value 255', 'f8ff'],
  ])('%s', (_, hex) => {
    expect([refusal(fromHex(hex)), refusal(fromHex(`a101${hex}`))]).toEqual([
      'cbor.simple at 0',
      'cbor.simple at 2',
    ]);
  });

  test('every proper prefix of an item is truncated', () => {
    const whole = fromHex(
      'a4 01 190400 20 83 f4 43 010203 a0 61 61 78 18'.concat('62'.repeat(24), '62 c3bc 1a 00010000'),
    );
    const codes = [...whole.keys()].map(
      (length) => (errorOf(() => readCbor(whole.subarray(0, length))) as WritError).code,
    );
    expect([readCbor(whole) instanceof Map, ...new Set(codes)]).toEqual([true, 'cbor.truncated']);
  });

  test('the path of a wrapped item is in the error', () => {
    const error = errorOf(() => readCbor(fromHex('f6'), 'block 3')) as WritError;
    expect(error.where).toEqual({ path: 'block 3', offset: 0 });
  });

  test('a byte behind the item inside a byte string is trailing, like one behind the whole', () => {
    const payload = cbor(grantPayload(2));
    const payloadBytes = Uint8Array.of(...payload, 0);
    const { text } = forge(scene(2, { blocks: [{ payload: undefined, payloadBytes }], holders: [research] }));
    const { code, where } = errorOf(() => decode(text)) as WritError;
    expect([code, where.path, where.offset]).toEqual(['cbor.trailing', 'block 0', payload.length]);
  });
});

describe('the boundaries of integers', () => {
  test.each([
    ['2^53 - 1', '1b 001fffffffffffff', 2 ** 53 - 1],
    ['-(2^53 - 1)', '3b 001ffffffffffffe', -(2 ** 53 - 1)],
    ['2^32', '1b 0000000100000000', 2 ** 32],
    ['-2^32 - 1', '3b 0000000100000000', -(2 ** 32) - 1],
    ['2^32 - 1', '1a ffffffff', 2 ** 32 - 1],
    ['65536', '1a 00010000', 65536],
    ['256', '19 0100', 256],
    ['24', '18 18', 24],
    ['23', '17', 23],
    ['-24', '37', -24],
    ['-25', '38 18', -25],
  ])('%s is accepted', (_, hex, value) => {
    expect(read(hex)).toBe(value);
  });
});

describe('characters', () => {
  const text = (point: number) => cbor(`a${String.fromCodePoint(point)}z`);
  const label = (point: number) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;

  test.each(FORBIDDEN_RUNS.map(([first, last]) => [label(first), label(last), first, last] as const))(
    '%s to %s are refused, every one of them',
    (_, __, first, last) => {
      const points = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      expect(new Set(points.map((point) => refusal(text(point))))).toEqual(new Set(['cbor.character at 0']));
    },
  );

  const neighbours = FORBIDDEN_RUNS.flatMap(([first, last]) => [first - 1, last + 1]).filter(
    (point) => point >= 0,
  );
  test.each(neighbours.map((point) => [label(point), point]))('%s, next to them, is accepted', (_, point) => {
    expect(readCbor(text(point as number))).toBe(`a${String.fromCodePoint(point as number)}z`);
  });

  test.each([
    ['a decomposed letter', 'e\u0301'],
    ['a fullwidth letter', '\uff41'],
    ['a ligature', '\ufb01'],
    ['a Kelvin sign', '\u212a'],
    ['a Cyrillic letter', '\u0430'],
    ['a noncharacter', '\uffff'],
  ])('%s is kept as it is', (_, value) => {
    expect(readCbor(cbor(value))).toBe(value);
  });

  test.each([
    ['a zero-width joiner', 'pay\u200dpal'],
    ['a right-to-left override', 'report\u202efdp.exe'],
    ['a byte order mark in front', '\ufeffreport'],
    ['a tag character', 'report\u{e0041}'],
  ])('%s is refused', (_, value) => {
    expect(refusal(cbor(value))).toBe('cbor.character at 0');
  });
});

describe('limits', () => {
  test('nesting of 16 is accepted', () => {
    expect(readCbor(nested(16))).toEqual(JSON.parse('['.repeat(16) + ']'.repeat(16)));
  });

  test('an integer inside 16 arrays is accepted', () => {
    expect(readCbor(nested(17, '81', '00'))).toBeInstanceOf(Array);
  });

  test.each([17, 1000, 100_000])('nesting of %i is refused where the 17th array begins', (depth) => {
    expect(refusal(nested(depth))).toBe('limit.depth at 16');
  });

  test.each([17, 1000, 100_000])('nesting of %i maps is refused where the 17th map begins', (depth) => {
    expect(refusal(nested(depth, 'a100', 'a0'))).toBe('limit.depth at 32');
  });

  test('arrays nested in map keys count', () => {
    expect(refusal(nested(17, 'a1', 'a0'))).toBe('limit.depth at 16');
  });

  const array = (length: number) => Uint8Array.of(0x99, length >> 8, length & 255, ...new Uint8Array(length));
  const map = (length: number) => cbor(new Map(Array.from({ length }, (_, i) => [i, 0])));
  const text = (length: number) => cbor('a'.repeat(length));

  test.each([
    ['256 elements', array(256), 256],
    ['256 pairs', map(256), 256],
    ['4096 bytes of text', text(4096), 4096],
    ['65536 bytes in a byte string', cbor(new Uint8Array(65536)), 65536],
  ])('%s are accepted', (_, bytes, size) => {
    const value = readCbor(bytes) as string | Map<never, never>;
    expect(typeof value === 'object' && 'size' in value ? value.size : value.length).toBe(size);
  });

  test.each([
    ['elements', array],
    ['pairs', map],
  ])('as many %s as the caller says are accepted, and no more', (_, of) => {
    expect(readCbor(of(257), 'x', 257)).toHaveProperty(of === map ? 'size' : 'length', 257);
    expect(codeOf(() => readCbor(of(258), 'x', 257))).toBe('limit.entries');
  });

  test.each([
    ['257 elements', array(257), 'limit.entries at 0'],
    ['257 pairs', map(257), 'limit.entries at 0'],
    ['4097 bytes of text', text(4097), 'limit.text at 0'],
    ['4096 characters of more bytes', cbor('ü'.repeat(2049)), 'limit.text at 0'],
  ])('%s are refused', (_, bytes, expected) => {
    expect(refusal(bytes)).toBe(expected);
  });

  test.each([
    ['a byte string of 2^32 - 1', '5affffffff', 'cbor.truncated at 0'],
    ['a byte string of 2^53 - 1', '5b001fffffffffffff', 'cbor.truncated at 0'],
    ['a byte string of 2^64 - 1', '5bffffffffffffffff', 'cbor.integer at 0'],
    ['a text string of 2^32 - 1', '7affffffff', 'cbor.truncated at 0'],
    ['a text string of 2^53 - 1', '7b001fffffffffffff', 'cbor.truncated at 0'],
    ['an array of 2^32 - 1', '9affffffff', 'limit.entries at 0'],
    ['an array of 2^53 - 1', '9b001fffffffffffff', 'limit.entries at 0'],
    ['a map of 2^32 - 1', 'baffffffff', 'limit.entries at 0'],
    ['a map of 2^64 - 1', 'bbffffffffffffffff', 'cbor.integer at 0'],
  ])('%s is refused by its head', (_, hex, expected) => {
    expect(refusal(fromHex(hex))).toBe(expected);
  });
});

describe('what is built', () => {
  test('maps keep the order of their encodings', () => {
    expect([...(read('a4 01 00 18ff 00 20 00 61 61 00') as Map<unknown, unknown>).keys()]).toEqual([
      1,
      255,
      -1,
      'a',
    ]);
  });

  test('byte strings are views of the input', () => {
    const bytes = fromHex('8143 010203');
    expect(((readCbor(bytes) as CborValue[])[0] as Uint8Array).buffer).toBe(bytes.buffer);
  });

  test('a view into a larger buffer is read within its bounds', () => {
    expect(readCbor(fromHex('ff 82 01 f5 ff').subarray(1, 4))).toEqual([1, true]);
  });

  test('a text key named __proto__ is an ordinary key', () => {
    expect(read(`a1 69 ${Buffer.from('__proto__').toString('hex')} 01`)).toEqual(new Map([['__proto__', 1]]));
  });
});

describe('isAscending', () => {
  test.each([
    ['an empty array', '80', true],
    ['one element', '81 05', true],
    ['ascending integers', '83 01 02 1818', true],
    ['bytewise, not numerically ascending', '82 20 21', true],
    ['ascending texts by length', '82 61 7a 62 6161', true],
    ['ascending arrays', '82 81 01 81 02', true],
    ['equal elements', '82 01 01', false],
    ['descending elements', '82 02 01', false],
    ['a longer text first', '82 62 6161 61 7a', false],
    ['disorder at the end', '83 01 03 02', false],
    ['disorder at the beginning', '83 03 01 02', false],
    ['ascending texts beyond ASCII by the length of their bytes', '82 61 7a 62 c3a9', true],
    ['a text beyond ASCII before a longer one', '82 62 c3a9 62 7a7a', false],
    ['an inner array in disorder', '82 01 82 02 01', true],
  ])('%s', (_, hex, expected) => {
    expect(isAscending(read(hex) as CborValue[])).toBe(expected);
  });
});
