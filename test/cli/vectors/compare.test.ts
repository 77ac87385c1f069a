import { expect, test } from 'vitest';
import { firstDifference } from '../../../cli/vectors/compare.ts';

test.each<[string, unknown, unknown]>([
  ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
  ['another order of members', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['a member without a value', { a: 1, b: undefined }, { a: 1 }],
  ['bytes in hexadecimal', { a: Uint8Array.of(1, 255) }, { a: '01ff' }],
])('%s agrees', (_, expected, actual) => {
  expect(firstDifference(expected, actual)).toBeUndefined();
});

test.each<[string, unknown, unknown, string]>([
  ['another value', { a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'a/b/1'],
  ['another type', { a: 1 }, { a: '1' }, 'a'],
  ['a member that is missing', { a: 1, b: 2 }, { a: 1 }, 'b'],
  ['a member too many', { a: 1 }, { a: 1, b: 2 }, 'b'],
  ['null where nothing is expected', {}, { a: null }, 'a'],
  ['a list that is longer', [1], [1, 2], '1'],
  ['a list in place of an object', { a: {} }, { a: [] }, 'a'],
  ['an inherited member', { a: {} }, { a: { constructor: 1 } }, 'a/constructor'],
  ['an answer that is no object', { id: 'x' }, 'x', ''],
])('%s differs, and it is said where', (_, expected, actual, path) => {
  expect(firstDifference(expected, actual)?.path).toBe(path);
});
