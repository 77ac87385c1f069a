import type { Code } from '../../../src/codes.ts';
import { cbor, hex, type Item } from '../../../test/support/forge.ts';
import type { Cases } from '../case.ts';
import { fails, type Named, passes } from '../row.ts';

// The encoding profile (spec §3.1): one item of bytes, and its diagnostic notation or the first rule that it breaks.

const compact = (bytes: string) => bytes.replaceAll(' ', '');
const read = (named: Named, bytes: string, diagnostic: string) =>
  passes(named, { bytes: compact(bytes) }, { diagnostic });
const refused = (named: Named, bytes: string, code: Code) => fails(named, { bytes: compact(bytes) }, code);

const encoded = (item: Item) => hex(cbor(item));
const zeros = (count: number) => encoded(new Map(Array.from({ length: count }, (_, i) => [i, 0])));

/** The first and the last character of each forbidden range. */
const forbidden: readonly (readonly [id: string, name: string, point: number])[] = [
  ['encoding-091', 'U+0000, the first control', 0x0000],
  ['encoding-092', 'U+000A, the line feed', 0x000a],
  ['encoding-093', 'U+001F, the last of the first controls', 0x001f],
  ['encoding-094', 'U+007F, delete', 0x007f],
  ['encoding-095', 'U+009F, the last of the second controls', 0x009f],
  ['encoding-096', 'U+061C, the Arabic letter mark', 0x061c],
  ['encoding-097', 'U+200B, the zero-width space', 0x200b],
  ['encoding-098', 'U+200F, the right-to-left mark', 0x200f],
  ['encoding-099', 'U+2028, the line separator', 0x2028],
  ['encoding-100', 'U+202E, the right-to-left override', 0x202e],
  ['encoding-101', 'U+2060, the word joiner', 0x2060],
  ['encoding-102', 'U+2069, the end of an isolate', 0x2069],
  ['encoding-103', 'U+FEFF, the byte order mark', 0xfeff],
  ['encoding-104', 'U+FFF9, the first of the annotations', 0xfff9],
  ['encoding-105', 'U+FFFB, the last of the annotations', 0xfffb],
  ['encoding-106', 'U+E0000, the first of the tags', 0xe0000],
  ['encoding-107', 'U+E007F, the last of the tags', 0xe007f],
];

/** The characters on both sides of each forbidden range, which are none of it. */
const neighbours: readonly (readonly [
  id: string,
  name: string,
  before: number | undefined,
  after: number,
])[] = [
  ['encoding-108', 'U+0020, behind the first controls', undefined, 0x0020],
  ['encoding-109', 'U+007E and U+00A0, around the second controls', 0x007e, 0x00a0],
  ['encoding-110', 'U+061B and U+061D, around the Arabic letter mark', 0x061b, 0x061d],
  ['encoding-111', 'U+200A and U+2010, around the zero-width characters', 0x200a, 0x2010],
  ['encoding-112', 'U+2027 and U+202F, around the separators and embeddings', 0x2027, 0x202f],
  ['encoding-113', 'U+205F and U+206A, around the invisible operators and isolates', 0x205f, 0x206a],
  ['encoding-114', 'U+FEFE and U+FF00, around the byte order mark', 0xfefe, 0xff00],
  ['encoding-115', 'U+FFF8 and U+FFFC, around the annotations', 0xfff8, 0xfffc],
  ['encoding-116', 'U+DFFFF and U+E0080, around the tags', 0xdffff, 0xe0080],
];

export const cases: Cases = {
  // biome-ignore format: a case reads as a line
  cases: [
    read(['encoding-001', 'a list of an integer, a text and true', 'The example of the profile.', 'normal'], '83 02 61 61 f5', '[2, "a", true]'),

    // Integers.
    read(['encoding-002', '0', 'The smallest argument.', 'normal'], '00', '0'),
    read(['encoding-003', '23', 'The largest argument in the initial byte.', 'integer-form'], '17', '23'),
    read(['encoding-004', '24', 'The smallest argument of one byte.', 'integer-form'], '18 18', '24'),
    refused(['encoding-005', '23 in one byte', 'It fits the initial byte.', 'integer-form'], '18 17', 'cbor.not-shortest'),
    read(['encoding-006', '255', 'The largest argument of one byte.', 'integer-form'], '18 ff', '255'),
    read(['encoding-007', '256', 'The smallest argument of two bytes.', 'integer-form'], '19 0100', '256'),
    refused(['encoding-008', '255 in two bytes', 'It fits one byte.', 'integer-form'], '19 00ff', 'cbor.not-shortest'),
    read(['encoding-009', '65535', 'The largest argument of two bytes.', 'integer-form'], '19 ffff', '65535'),
    read(['encoding-010', '65536', 'The smallest argument of four bytes.', 'integer-form'], '1a 00010000', '65536'),
    refused(['encoding-011', '65535 in four bytes', 'It fits two bytes.', 'integer-form'], '1a 0000ffff', 'cbor.not-shortest'),
    read(['encoding-012', '2^32 - 1', 'The largest argument of four bytes, which is not negative.', 'integer-form'], '1a ffffffff', '4294967295'),
    read(['encoding-013', '2^32', 'The smallest argument of eight bytes.', 'integer-form'], '1b 0000000100000000', '4294967296'),
    refused(['encoding-014', '2^32 - 1 in eight bytes', 'It fits four bytes.', 'integer-form'], '1b 00000000ffffffff', 'cbor.not-shortest'),
    read(['encoding-015', '2^53 - 1', 'The greatest integer.', 'number-range'], '1b 001fffffffffffff', '9007199254740991'),
    refused(['encoding-016', '2^53', 'Above the greatest integer.', 'number-range'], '1b 0020000000000000', 'cbor.integer'),
    refused(['encoding-017', '2^53 + 1', 'A double would round it to 2^53.', 'number-range'], '1b 0020000000000001', 'cbor.integer'),
    refused(['encoding-018', '2^64 - 1', 'The greatest argument of all.', 'number-range'], '1b ffffffffffffffff', 'cbor.integer'),
    read(['encoding-019', '-1', 'Negative integers begin with -1.', 'normal'], '20', '-1'),
    read(['encoding-020', '-24', 'The last one in the initial byte.', 'integer-form'], '37', '-24'),
    read(['encoding-021', '-25', 'The first one in one byte.', 'integer-form'], '38 18', '-25'),
    refused(['encoding-022', '-24 in one byte', 'It fits the initial byte.', 'integer-form'], '38 17', 'cbor.not-shortest'),
    read(['encoding-023', '-2^32 - 1', 'Negative integers of eight bytes.', 'integer-form'], '3b 0000000100000000', '-4294967297'),
    read(['encoding-024', '-(2^53 - 1)', 'The least integer.', 'number-range'], '3b 001ffffffffffffe', '-9007199254740991'),
    refused(['encoding-025', '-2^53', 'Below the least integer, though its argument is not above 2^53 - 1.', 'number-range'], '3b 001fffffffffffff', 'cbor.integer'),
    refused(['encoding-026', '-2^53 - 1', 'The argument is above 2^53 - 1.', 'number-range'], '3b 0020000000000000', 'cbor.integer'),
    refused(['encoding-027', 'an integer without its one byte', 'The argument is missing.', 'truncated'], '18', 'cbor.truncated'),
    refused(['encoding-028', 'an integer with one of two zero bytes', 'Its end is missing, which counts before its form.', 'truncated'], '19 00', 'cbor.truncated'),
    refused(['encoding-029', 'an integer with seven of eight bytes', 'The argument is cut, and above 2^53 - 1 whatever follows.', 'truncated'], '1b ffffffffffffff', 'cbor.truncated'),
    refused(['encoding-030', 'an integer with information 28', 'It is reserved.', 'integer-form'], '1c', 'cbor.reserved'),
    refused(['encoding-031', 'a negative integer with information 30', 'It is reserved.', 'integer-form'], '3e', 'cbor.reserved'),
    refused(['encoding-032', 'an integer with information 31', 'No integer is indefinite.', 'integer-form'], '1f', 'cbor.indefinite'),

    // Byte strings.
    read(['encoding-033', 'the empty byte string', 'The shortest one.', 'normal'], '40', "h''"),
    read(['encoding-034', 'a byte string of 24 bytes', 'Its length takes a byte.', 'integer-form'], `5818${'00'.repeat(24)}`, `h'${'00'.repeat(24)}'`),
    refused(['encoding-035', 'a byte string whose length of 1 takes a byte', 'Lengths are in their shortest form.', 'integer-form'], '58 01 00', 'cbor.not-shortest'),
    read(['encoding-036', 'a byte string that is no UTF-8', 'Only text is.', 'normal'], '42 fffe', "h'fffe'"),
    read(['encoding-037', 'a byte string of 4,097 bytes', 'The limit is that of texts.', 'limit'], `591001${'ab'.repeat(4097)}`, `h'${'ab'.repeat(4097)}'`),
    refused(['encoding-038', 'a byte string that lacks its last byte', 'It is longer than what is left.', 'truncated'], '43 0102', 'cbor.truncated'),
    refused(['encoding-039', 'a byte string of 2^53 - 1 bytes', 'It is longer than what is left; nothing is reserved for it.', 'truncated'], '5b 001fffffffffffff 00', 'cbor.truncated'),
    refused(['encoding-040', 'a byte string of 2^53 bytes', 'The bound of integers counts for lengths, and first.', 'number-range'], '5b 0020000000000000 00', 'cbor.integer'),
    refused(['encoding-041', 'a byte string of indefinite length', 'Lengths are definite.', 'integer-form'], '5f 41 00 ff', 'cbor.indefinite'),
    refused(['encoding-042', 'a byte string with information 29', 'It is reserved.', 'integer-form'], '5d', 'cbor.reserved'),

    // Texts.
    read(['encoding-043', 'the empty text', 'The shortest one.', 'normal'], '60', '""'),
    read(['encoding-044', 'a text of a quote and a backslash', 'They are escaped in the notation alone.', 'normal'], '62 22 5c', '"\\"\\\\"'),
    read(['encoding-045', 'a text of 4,096 bytes', 'The longest one.', 'limit'], `791000${'61'.repeat(4096)}`, `"${'a'.repeat(4096)}"`),
    refused(['encoding-046', 'a text of 4,097 bytes', 'One byte too long.', 'limit'], `791001${'61'.repeat(4097)}`, 'limit.text'),
    refused(['encoding-047', 'a text of 2,049 characters in 4,098 bytes', 'Bytes are counted, not characters.', 'limit'], `791002${'c3a4'.repeat(2049)}`, 'limit.text'),
    refused(['encoding-048', 'a text of 4,097 bytes, of which none is there', 'What is missing counts before what is too long.', 'order'], '79 1001', 'cbor.truncated'),
    refused(['encoding-049', 'a text of 4,097 bytes that is no UTF-8', 'Its length counts before what it holds.', 'order'], `791001${'ff'.repeat(4097)}`, 'limit.text'),
    refused(['encoding-050', 'a text that is no UTF-8 and holds a control', 'UTF-8 counts before characters.', 'order'], '62 00 ff', 'cbor.utf8'),
    refused(['encoding-051', 'a text that lacks its last byte', 'It is longer than what is left.', 'truncated'], '62 61', 'cbor.truncated'),
    refused(['encoding-052', 'a text cut in a character', 'It is longer than what is left, which counts before UTF-8.', 'order'], '63 e282', 'cbor.truncated'),
    refused(['encoding-053', 'a text whose length of 1 takes two bytes', 'Lengths are in their shortest form.', 'integer-form'], '79 0001 61', 'cbor.not-shortest'),
    refused(['encoding-054', 'a text of indefinite length', 'Lengths are definite.', 'integer-form'], '7f 61 61 ff', 'cbor.indefinite'),
    refused(['encoding-055', 'a text with information 30', 'It is reserved.', 'integer-form'], '7e', 'cbor.reserved'),
    read(['encoding-056', 'characters of one to four bytes', 'All of Unicode is there.', 'unicode'], '6a 61 c3a9 e282ac f09f9a80', '"aé€🚀"'),
    read(['encoding-057', 'a letter and a combining accent', 'Nothing is normalised.', 'unicode'], '63 65 cc81', '"e\u0301"'),
    refused(['encoding-058', 'a slash in two bytes', 'Overlong, two bytes for one.', 'unicode'], '62 c0af', 'cbor.utf8'),
    refused(['encoding-059', 'U+0000 in two bytes', 'Overlong, as some write a zero that ends no string.', 'unicode'], '62 c080', 'cbor.utf8'),
    refused(['encoding-060', 'U+07FF in three bytes', 'Overlong, three bytes for two.', 'unicode'], '63 e09fbf', 'cbor.utf8'),
    refused(['encoding-061', 'U+FFFF in four bytes', 'Overlong, four bytes for three.', 'unicode'], '64 f08fbfbf', 'cbor.utf8'),
    read(['encoding-062', 'U+D7FF', 'The last character before the surrogates.', 'unicode'], '63 ed9fbf', '"\ud7ff"'),
    refused(['encoding-063', 'U+D800', 'The first surrogate.', 'unicode'], '63 eda080', 'cbor.utf8'),
    refused(['encoding-064', 'U+DFFF', 'The last surrogate.', 'unicode'], '63 edbfbf', 'cbor.utf8'),
    refused(['encoding-065', 'a pair of surrogates', 'UTF-8 has four bytes for such a character.', 'unicode'], '66 eda0bd edba80', 'cbor.utf8'),
    read(['encoding-066', 'U+E000', 'The first character behind the surrogates; private use is allowed.', 'unicode'], '63 ee8080', '"\ue000"'),
    read(['encoding-067', 'U+FFFF', 'Noncharacters are allowed.', 'unicode'], '63 efbfbf', '"\uffff"'),
    read(['encoding-068', 'U+10FFFF', 'The last of Unicode.', 'unicode'], '64 f48fbfbf', '"\u{10ffff}"'),
    refused(['encoding-069', 'U+110000', 'Beyond Unicode.', 'unicode'], '64 f4908080', 'cbor.utf8'),
    refused(['encoding-070', 'the byte ff', 'It is in no UTF-8.', 'unicode'], '61 ff', 'cbor.utf8'),
    refused(['encoding-071', 'a continuation byte alone', 'It continues nothing.', 'unicode'], '61 80', 'cbor.utf8'),
    refused(['encoding-072', 'a character that ends with the text', 'Its last byte is missing, though the text is whole.', 'unicode'], '62 e282', 'cbor.utf8'),
    refused(['encoding-073', 'a first byte before a letter', 'Its second byte is no continuation.', 'unicode'], '62 c328', 'cbor.utf8'),

    // Arrays and maps.
    read(['encoding-074', 'the empty array', 'The shortest one.', 'normal'], '80', '[]'),
    read(['encoding-075', 'an array that is no set', 'A sequence keeps its order, and may repeat.', 'normal'], '83 02 01 02', '[2, 1, 2]'),
    read(['encoding-076', 'an array of 24 elements', 'Its count takes a byte.', 'integer-form'], `9818${'00'.repeat(24)}`, `[${Array(24).fill(0).join(', ')}]`),
    refused(['encoding-077', 'an array whose count of 1 takes a byte', 'Counts are in their shortest form.', 'integer-form'], '98 01 00', 'cbor.not-shortest'),
    read(['encoding-078', 'an array of 256 elements', 'The largest one.', 'limit'], `990100${'f5'.repeat(256)}`, `[${Array(256).fill(true).join(', ')}]`),
    refused(['encoding-079', 'an array of 257 elements', 'One too many.', 'limit'], `990101${'f5'.repeat(257)}`, 'limit.entries'),
    refused(['encoding-080', 'an array of 2^53 - 1 elements, of which none is there', 'The count is judged before any element.', 'order'], '9b 001fffffffffffff', 'limit.entries'),
    refused(['encoding-081', 'an array of 2^53 elements', 'The bound of integers counts for counts, and first.', 'number-range'], '9b 0020000000000000', 'cbor.integer'),
    refused(['encoding-082', 'an array of two with one element', 'An item is missing.', 'truncated'], '82 01', 'cbor.truncated'),
    refused(['encoding-083', 'an array of indefinite length', 'Counts are definite.', 'integer-form'], '9f 01 ff', 'cbor.indefinite'),
    refused(['encoding-084', 'an array with information 28', 'It is reserved.', 'integer-form'], '9c', 'cbor.reserved'),
    read(['encoding-085', 'an integer in 16 arrays', 'The deepest nesting.', 'limit'], `${'81'.repeat(16)}00`, `${'['.repeat(16)}0${']'.repeat(16)}`),
    refused(['encoding-086', 'an empty array in 16 arrays', 'The 17th, though nothing is in it.', 'limit'], `${'81'.repeat(16)}80`, 'limit.depth'),
    refused(['encoding-087', 'an empty map in 8 maps and 8 arrays', 'Maps count like arrays.', 'limit'], `${'a10081'.repeat(8)}a0`, 'limit.depth'),
    refused(['encoding-088', 'an array of 257 elements in 16 arrays', 'Depth counts before entries.', 'order'], `${'81'.repeat(16)}990101`, 'limit.depth'),
    refused(['encoding-089', '10,000 arrays, each in the one before', 'It is refused before a stack overflows.', 'limit'], '81'.repeat(10_000), 'limit.depth'),
    read(['encoding-090', '16 arrays around the bytes of 16 arrays', 'A byte string is not looked into; what it wraps counts afresh.', 'limit'],
      `${'81'.repeat(16)}51${'81'.repeat(16)}00`, `${'['.repeat(16)}h'${'81'.repeat(16)}00'${']'.repeat(16)}`),

    // Characters.
    ...forbidden.map(([id, name, point]) =>
      refused([id, name, 'It is invisible, or changes lines or direction.', 'unicode'], encoded(`a${String.fromCodePoint(point)}b`), 'cbor.character')),
    ...neighbours.map(([id, name, before, after]) => {
      const text = `${before === undefined ? '' : String.fromCodePoint(before)}${String.fromCodePoint(after)}`;
      return read([id, name, 'Next to the range, and none of it.', 'unicode'], encoded(text), `"${text}"`);
    }),

    // Maps.
    read(['encoding-117', 'the empty map', 'The shortest one.', 'normal'], 'a0', '{}'),
    read(['encoding-118', 'integers and texts as keys', 'By encoding: 0 to 24, then -1, then texts, the shorter one first.', 'map-form'],
      'a6 00f4 1818f4 20f4 3818f4 6162f4 626161f4', '{0: false, 24: false, -1: false, -25: false, "b": false, "aa": false}'),
    read(['encoding-119', 'the keys 1 and "1"', 'They are two keys.', 'map-form'], 'a2 01f4 6131f5', '{1: false, "1": true}'),
    read(['encoding-120', 'the keys "__proto__" and "constructor"', 'They are keys like any other.', 'map-form'],
      `a2 ${encoded('__proto__')}01 ${encoded('constructor')}02`, '{"__proto__": 1, "constructor": 2}'),
    read(['encoding-121', 'one letter composed and decomposed as two keys', 'They are two texts.', 'unicode'],
      'a2 62c3a901 6365cc8102', '{"é": 1, "e\u0301": 2}'),
    read(['encoding-122', 'a map of 256 pairs', 'The largest one.', 'limit'], zeros(256),
      `{${Array.from({ length: 256 }, (_, i) => `${i}: 0`).join(', ')}}`),
    refused(['encoding-123', 'a map of 257 pairs', 'One too many.', 'limit'], zeros(257), 'limit.entries'),
    refused(['encoding-124', 'a map of 2^53 pairs', 'The bound of integers counts for counts, and first.', 'number-range'], 'bb 0020000000000000', 'cbor.integer'),
    refused(['encoding-125', 'a map whose count of 1 takes a byte', 'Counts are in their shortest form.', 'integer-form'], 'b8 01 00 00', 'cbor.not-shortest'),
    refused(['encoding-126', 'a map of indefinite length', 'Counts are definite.', 'integer-form'], 'bf 01 02 ff', 'cbor.indefinite'),
    refused(['encoding-127', 'a map with information 29', 'It is reserved.', 'integer-form'], 'bd', 'cbor.reserved'),
    refused(['encoding-128', 'a map that ends behind its key', 'A value is missing.', 'truncated'], 'a1 01', 'cbor.truncated'),
    refused(['encoding-129', 'true as a key', 'Keys are integers or texts.', 'map-form'], 'a1 f5 01', 'cbor.key-type'),
    refused(['encoding-130', 'a byte string as a key', 'Keys are integers or texts.', 'map-form'], 'a1 41 61 01', 'cbor.key-type'),
    refused(['encoding-131', 'an array as a key', 'Keys are integers or texts.', 'map-form'], 'a1 81 01 01', 'cbor.key-type'),
    refused(['encoding-132', 'a map as a key', 'Keys are integers or texts.', 'map-form'], 'a1 a0 01', 'cbor.key-type'),
    refused(['encoding-133', 'null as a key', 'A key is read whole before its type is judged.', 'order'], 'a1 f6 01', 'cbor.simple'),
    refused(['encoding-134', 'an array that is cut as a key', 'A key is read whole before its type is judged.', 'order'], 'a1 82 01', 'cbor.truncated'),
    refused(['encoding-135', 'an array as a key, in 16 maps', 'Depth is judged where a key begins.', 'order'], `${'a100'.repeat(16).slice(0, -2)}80 00`, 'limit.depth'),
    refused(['encoding-136', 'a byte string as a key that has no value', 'The key is judged before its value is read.', 'order'], 'a1 40', 'cbor.key-type'),
    refused(['encoding-137', 'an integer twice as a key', 'Keys are unique.', 'map-form'], 'a2 01f4 01f5', 'cbor.duplicate-key'),
    refused(['encoding-138', 'a text twice as a key, with one value', 'Keys are unique, whatever their values.', 'map-form'], 'a2 6161f4 6161f4', 'cbor.duplicate-key'),
    refused(['encoding-139', 'a key twice, the second time in two bytes', 'A key is read before it is compared.', 'order'], 'a2 01f4 1801f5', 'cbor.not-shortest'),
    refused(['encoding-140', 'a key twice, the second time without a value', 'The key is judged before its value is read.', 'order'], 'a2 01f4 01', 'cbor.duplicate-key'),
    refused(['encoding-141', 'the keys 1, 2 and 1', 'A key is compared with the one before it.', 'map-form'], 'a3 01f4 02f4 01f4', 'cbor.key-order'),
    refused(['encoding-142', 'the key 2 before the key 1', 'Keys ascend.', 'map-form'], 'a2 02f4 01f4', 'cbor.key-order'),
    refused(['encoding-143', 'the key -1 before the key 1', 'By encoding, negative integers come behind.', 'map-form'], 'a2 20f4 01f4', 'cbor.key-order'),
    refused(['encoding-144', 'the key -1 before the key 24', 'By encoding, and not by the length of the encoding.', 'map-form'], 'a2 20f4 1818f4', 'cbor.key-order'),
    refused(['encoding-145', 'the key "aa" before the key "b"', 'By encoding, shorter texts come first.', 'map-form'], 'a2 626161f4 6162f4', 'cbor.key-order'),
    refused(['encoding-146', 'the key "a" before the key 1', 'By encoding, texts come behind integers.', 'map-form'], 'a2 6161f4 01f4', 'cbor.key-order'),
    refused(['encoding-147', 'the key "é" before the key "zz"', 'By bytes, and not as people sort.', 'map-form'], 'a2 62c3a9f4 627a7af4', 'cbor.key-order'),
    refused(['encoding-148', 'a float as a value, and then keys in the wrong order', 'A pair is read before the next one.', 'order'], 'a2 02f97e00 01f4', 'cbor.float'),

    // Major type 7.
    read(['encoding-149', 'false', 'Information 20.', 'normal'], 'f4', 'false'),
    read(['encoding-150', 'true', 'Information 21.', 'normal'], 'f5', 'true'),
    refused(['encoding-151', 'simple value 0', 'It is neither false nor true.', 'tag-or-simple'], 'e0', 'cbor.simple'),
    refused(['encoding-152', 'simple value 19', 'The last one before false.', 'tag-or-simple'], 'f3', 'cbor.simple'),
    refused(['encoding-153', 'null', 'There is no null.', 'tag-or-simple'], 'f6', 'cbor.simple'),
    refused(['encoding-154', 'undefined', 'There is no undefined.', 'tag-or-simple'], 'f7', 'cbor.simple'),
    refused(['encoding-155', 'a simple value without its byte', 'No byte behind the initial one is looked at.', 'order'], 'f8', 'cbor.simple'),
    refused(['encoding-156', 'true in two bytes', 'Another spelling of true.', 'tag-or-simple'], 'f8 15', 'cbor.simple'),
    refused(['encoding-157', 'simple value 255', 'The last of them.', 'tag-or-simple'], 'f8 ff', 'cbor.simple'),
    refused(['encoding-158', '1.0 in two bytes', 'There are no floats, not even whole ones.', 'float'], 'f9 3c00', 'cbor.float'),
    refused(['encoding-159', 'not-a-number', 'There are no floats.', 'float'], 'f9 7e00', 'cbor.float'),
    refused(['encoding-160', 'a float in four bytes', 'There are no floats.', 'float'], 'fa 47c35000', 'cbor.float'),
    refused(['encoding-161', 'a float in eight bytes', 'There are no floats.', 'float'], 'fb 3ff199999999999a', 'cbor.float'),
    refused(['encoding-162', 'a float without its bytes', 'No byte behind the initial one is looked at.', 'order'], 'fb', 'cbor.float'),
    refused(['encoding-163', 'information 28 of major type 7', 'It is reserved.', 'tag-or-simple'], 'fc', 'cbor.reserved'),
    refused(['encoding-164', 'information 30 of major type 7', 'It is reserved.', 'tag-or-simple'], 'fe', 'cbor.reserved'),
    refused(['encoding-165', 'the end of an indefinite length', 'It ends nothing.', 'integer-form'], 'ff', 'cbor.indefinite'),

    // Tags.
    refused(['encoding-166', 'a time under its tag', 'There are no tags.', 'tag-or-simple'], 'c1 1a 6b49d200', 'cbor.tag'),
    refused(['encoding-167', 'a great integer under the tag of bignums', 'There are no tags.', 'tag-or-simple'], 'c2 49 010000000000000000', 'cbor.tag'),
    refused(['encoding-168', 'the tag that says that this is CBOR', 'There are no tags, at the very front neither.', 'tag-or-simple'], 'd9d9f7 00', 'cbor.tag'),
    refused(['encoding-169', 'a tag without its number', 'It is a tag, whatever its argument.', 'order'], 'd8', 'cbor.tag'),
    refused(['encoding-170', 'a tag of a reserved information', 'It is a tag, whatever its argument.', 'order'], 'dc', 'cbor.tag'),
    refused(['encoding-171', 'a tag of indefinite length', 'It is a tag, whatever its argument.', 'order'], 'df', 'cbor.tag'),

    // Around the item.
    refused(['encoding-172', 'no byte', 'No item is there.', 'truncated'], '', 'cbor.truncated'),
    refused(['encoding-173', 'a byte behind an integer', 'Nothing follows the outermost item.', 'trailing-data'], '00 00', 'cbor.trailing'),
    refused(['encoding-174', 'the end of an indefinite length behind an integer', 'What follows is not read.', 'order'], '00 ff', 'cbor.trailing'),
    refused(['encoding-175', 'an element behind an array', 'It is none of its elements.', 'trailing-data'], '81 01 02', 'cbor.trailing'),
    refused(['encoding-176', 'an array with a tag, and bytes behind it', 'The first fault counts.', 'order'], '81 c0 00 00', 'cbor.tag'),
    refused(['encoding-177', 'a float, and then an integer in a longer form', 'Items are judged in order.', 'order'], '82 f97e00 1800', 'cbor.float'),
  ],
};
