import type { CborValue } from '../../src/cbor/value.ts';
import type { Code } from '../../src/codes.ts';
import { fromHex } from './hex.ts';

/** Appendix A of RFC 8949: the encodings that lie inside the profile, with their values. */
export const APPENDIX_A_INSIDE: readonly (readonly [hex: string, value: CborValue])[] = [
  ['00', 0],
  ['01', 1],
  ['0a', 10],
  ['17', 23],
  ['1818', 24],
  ['1819', 25],
  ['1864', 100],
  ['1903e8', 1000],
  ['1a000f4240', 1_000_000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['20', -1],
  ['29', -10],
  ['3863', -100],
  ['3903e7', -1000],
  ['f4', false],
  ['f5', true],
  ['40', new Uint8Array()],
  ['4401020304', Uint8Array.of(1, 2, 3, 4)],
  ['60', ''],
  ['6161', 'a'],
  ['6449455446', 'IETF'],
  ['62225c', '"\\'],
  ['62c3bc', '\u00fc'],
  ['63e6b0b4', '\u6c34'],
  ['64f0908591', '\u{10151}'],
  ['80', []],
  ['83010203', [1, 2, 3]],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  ['98190102030405060708090a0b0c0d0e0f101112131415161718181819', Array.from({ length: 25 }, (_, i) => i + 1)],
  ['a0', new Map()],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'a26161016162820203',
    new Map<string, CborValue>([
      ['a', 1],
      ['b', [2, 3]],
    ]),
  ],
  ['826161a161626163', ['a', new Map([['b', 'c']])]],
  ['a56161614161626142616361436164614461656145', new Map([...'abcde'].map((c) => [c, c.toUpperCase()]))],
];

/** Appendix A of RFC 8949: the well-formed encodings that the profile leaves out, with the code that refuses them. */
export const APPENDIX_A_OUTSIDE: readonly (readonly [hex: string, code: Code])[] = [
  ['1bffffffffffffffff', 'cbor.integer'],
  ['c249010000000000000000', 'cbor.tag'],
  ['3bffffffffffffffff', 'cbor.integer'],
  ['c349010000000000000000', 'cbor.tag'],
  ['f90000', 'cbor.float'],
  ['f98000', 'cbor.float'],
  ['f93c00', 'cbor.float'],
  ['fb3ff199999999999a', 'cbor.float'],
  ['f93e00', 'cbor.float'],
  ['f97bff', 'cbor.float'],
  ['fa47c35000', 'cbor.float'],
  ['fa7f7fffff', 'cbor.float'],
  ['fb7e37e43c8800759c', 'cbor.float'],
  ['f90001', 'cbor.float'],
  ['f90400', 'cbor.float'],
  ['f9c400', 'cbor.float'],
  ['fbc010666666666666', 'cbor.float'],
  ['f97c00', 'cbor.float'],
  ['f97e00', 'cbor.float'],
  ['f9fc00', 'cbor.float'],
  ['fa7f800000', 'cbor.float'],
  ['fa7fc00000', 'cbor.float'],
  ['faff800000', 'cbor.float'],
  ['fb7ff0000000000000', 'cbor.float'],
  ['fb7ff8000000000000', 'cbor.float'],
  ['fbfff0000000000000', 'cbor.float'],
  ['f6', 'cbor.simple'],
  ['f7', 'cbor.simple'],
  ['f0', 'cbor.simple'],
  ['f8ff', 'cbor.simple'],
  ['c074323031332d30332d32315432303a30343a30305a', 'cbor.tag'],
  ['c11a514b67b0', 'cbor.tag'],
  ['c1fb41d452d9ec200000', 'cbor.tag'],
  ['d74401020304', 'cbor.tag'],
  ['d818456449455446', 'cbor.tag'],
  ['d82076687474703a2f2f7777772e6578616d706c652e636f6d', 'cbor.tag'],
  ['5f42010243030405ff', 'cbor.indefinite'],
  ['7f657374726561646d696e67ff', 'cbor.indefinite'],
  ['9fff', 'cbor.indefinite'],
  ['9f018202039f0405ffff', 'cbor.indefinite'],
  ['9f01820203820405ff', 'cbor.indefinite'],
  ['83018202039f0405ff', 'cbor.indefinite'],
  ['83019f0203ff820405', 'cbor.indefinite'],
  ['9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff', 'cbor.indefinite'],
  ['bf61610161629f0203ffff', 'cbor.indefinite'],
  ['826161bf61626163ff', 'cbor.indefinite'],
  ['bf6346756ef563416d7421ff', 'cbor.indefinite'],
];

// Appendix F of RFC 8949, list by list, with the code that refuses each; where one differs, it stands behind `=`.
const APPENDIX_F_LISTS: readonly (readonly [kind: string, code: Code, list: string])[] = [
  [
    'end of input in a head',
    'cbor.truncated',
    `18, 19, 1a, 1b, 19 01, 1a 01 02, 1b 01 02 03 04 05 06 07, 38, 58, 78, 98, 9a 01 ff 00, b8,
     d8=cbor.tag, f8=cbor.simple, f9 00=cbor.float, fa 00 00=cbor.float, fb 00 00 00=cbor.float`,
  ],
  [
    'definite-length string with short data',
    'cbor.truncated',
    `41, 61, 5a ff ff ff ff 00, 5b ff ff ff ff ff ff ff ff 01 02 03=cbor.integer, 7a ff ff ff ff 00,
     7b 7f ff ff ff ff ff ff ff 01 02 03=cbor.integer`,
  ],
  [
    'definite-length map or array without enough items',
    'cbor.truncated',
    '81, 81 81 81 81 81 81 81 81 81, 82 00, a1, a2 01 02, a1 00, a2 00 00 00=cbor.duplicate-key',
  ],
  ['tag number without content', 'cbor.tag', 'c0'],
  ['indefinite-length string not closed', 'cbor.indefinite', '5f 41 00, 7f 61 00'],
  [
    'indefinite-length map or array not closed',
    'cbor.indefinite',
    `9f, 9f 01 02, bf, bf 01 02 01 02, 81 9f, 9f 80 00, 9f 9f 9f 9f 9f ff ff ff ff,
     9f 81 9f 81 9f 9f ff ff ff`,
  ],
  [
    'reserved additional information',
    'cbor.reserved',
    `1c, 1d, 1e, 3c, 3d, 3e, 5c, 5d, 5e, 7c, 7d, 7e, 9c, 9d, 9e, bc, bd, be,
     dc=cbor.tag, dd=cbor.tag, de=cbor.tag, fc, fd, fe`,
  ],
  ['reserved two-byte simple value', 'cbor.simple', 'f8 00, f8 01, f8 18, f8 1f'],
  [
    'indefinite-length string with a chunk of the wrong type',
    'cbor.indefinite',
    '5f 00 ff, 5f 21 ff, 5f 61 00 ff, 5f 80 ff, 5f a0 ff, 5f c0 00 ff, 5f e0 ff, 7f 41 00 ff',
  ],
  [
    'indefinite-length string with an indefinite-length chunk',
    'cbor.indefinite',
    '5f 5f 41 00 ff ff, 7f 7f 61 00 ff ff',
  ],
  ['break on its own', 'cbor.indefinite', 'ff'],
  [
    'break in a definite-length array or map',
    'cbor.indefinite',
    `81 ff, 82 00 ff, a1 ff, a1 ff 00, a1 00 ff, a2 00 00 ff, 9f 81 ff,
     9f 82 9f 81 9f 9f ff ff ff ff`,
  ],
  [
    'break in the place of a value of an indefinite-length map',
    'cbor.indefinite',
    'bf 00 ff, bf 00 00 00 ff',
  ],
  ['additional information 31 of major types 0, 1 and 6', 'cbor.indefinite', '1f, 3f, df=cbor.tag'],
];

/** Appendix F of RFC 8949: data that is not well-formed, with the code that refuses it. */
export const APPENDIX_F: readonly { kind: string; hex: string; bytes: Uint8Array; code: string }[] =
  APPENDIX_F_LISTS.flatMap(([kind, code, list]) =>
    list.split(',').map((entry) => {
      const [hex = '', own = code] = entry.trim().split('=');
      return { kind, hex, bytes: fromHex(hex), code: own };
    }),
  );
