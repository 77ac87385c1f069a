import { describe, expect, test } from 'vitest';
import { readDer, readOnly, writeDer } from '../../../src/keys/formats/der.ts';
import { codeOf } from '../../support/code-of.ts';
import { fromHex } from '../../support/hex.ts';

test('readDer splits elements with lengths of each form', () => {
  const bytes = [`0400`, `0481 80 ${'11'.repeat(128)}`, `0482 0100 ${'22'.repeat(256)}`].map(fromHex);
  const found = readDer(Uint8Array.from(bytes.flatMap((part) => [...part])));
  expect(found.map(({ tag, content }) => [tag, content.length])).toEqual([
    [4, 0],
    [4, 128],
    [4, 256],
  ]);
});

describe('readDer refuses with key.format', () => {
  test.each([
    ['a tag alone', '04'],
    ['a missing byte', '0402 11'],
    ['an indefinite length', '3080 0000'],
    ['a length of one octet where none is needed', '0481 01 11'],
    ['a length of two octets where one is enough', `0482 0080 ${'11'.repeat(128)}`],
    ['a missing octet of length', '0481'],
    ['another missing octet of length', '048201'],
    ['a length of three octets', '0483 000001 11'],
    ['a length of 127 octets', '04ff'],
    ['a tag of several octets', '1f01 01 11'],
    ['a tag of several octets, as if it were one', '1f01 11'],
    ['an indefinite length, as if it were 128', `3080 ${'11'.repeat(128)}`],
  ])('%s', (_, digits) => {
    expect(codeOf(() => readDer(fromHex(digits)))).toBe('key.format');
  });
});

describe('readOnly refuses with key.format', () => {
  test.each([
    ['nothing', ''],
    ['another tag', '0401 11'],
    ['a second element', '3000 3000'],
  ])('%s', (_, digits) => {
    expect(codeOf(() => readOnly(0x30, fromHex(digits)))).toBe('key.format');
  });
});

test.each([0, 1, 127, 128, 255])('writeDer is undone by readOnly for %i bytes', (length) => {
  const content = new Uint8Array(length).fill(9);
  const head = content.subarray(0, length >> 1);
  expect(readOnly(4, writeDer(4, head, content.subarray(head.length)))).toEqual(content);
});
