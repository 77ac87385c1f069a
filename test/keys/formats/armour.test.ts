import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64, readArmour, writeArmour } from '../../../src/keys/formats/armour.ts';
import { codeOf } from '../../support/code-of.ts';
import { armour } from '../../support/key-files.ts';

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i * 7);
const text = armour('PRIVATE KEY', bytes);
const [begin, first = '', second = '', last = '', end] = text.split('\n');
const lines = (...parts: readonly unknown[]) => parts.join('\n');

test('writeArmour is undone by readArmour for bytes of every length and each width', () => {
  const lengths = fc.uint8Array({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(lengths, fc.constantFrom(64, 70), (some, width) => {
      expect(readArmour(writeArmour('X Y1', some, width), width)).toEqual({ label: 'X Y1', bytes: some });
    }),
  );
});

test('writeArmour writes what others do', () => {
  expect(writeArmour('PRIVATE KEY', bytes, 64)).toBe(text);
});

describe('readArmour accepts', () => {
  test.each([
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['no final newline', text.trimEnd()],
  ])('%s', (_, changed) => {
    expect(readArmour(changed, 64).bytes).toEqual(bytes);
  });
});

describe('readArmour refuses with key.format', () => {
  test.each([
    ['nothing', ''],
    ['text before it', `key:\n${text}`],
    ['white space before it', ` ${text}`],
    ['an empty line before it', `\n${text}`],
    ['a byte order mark before it', `\ufeff${text}`],
    ['text after it', `${text}x`],
    ['an empty line after it', `${text}\n`],
    ['two blocks', text + text],
    ['another label at the end', text.replace('END PRIVATE', 'END PUBLIC')],
    ['a label in lower case', text.replaceAll('PRIVATE', 'private')],
    ['headers', lines(begin, 'Proc-Type: 4,ENCRYPTED', '', first, second, last, end)],
    ['an empty line inside', lines(begin, first, '', second, last, end)],
    ['white space behind a line', lines(begin, `${first} `, second, last, end)],
    ['lines of 63', armour('PRIVATE KEY', bytes, 63)],
    ['lines of 76', armour('PRIVATE KEY', bytes, 76)],
    ['no content', lines(begin, end, '')],
    ['no padding', text.replace(/=+/, '')],
    ['padding in the middle', text.replace(/^(.{100})../s, '$1==')],
    ['the alphabet of URLs', text.replace(/^(.{30})./s, '$1_')],
    ['stray bits behind the last byte', armour('A', Uint8Array.of(0)).replace('AA==', 'AB==')],
    ['a NUL', text.replace('A', '\0')],
  ])('%s', (_, changed) => {
    expect(codeOf(() => readArmour(changed, 64))).toBe('key.format');
  });
});

test('decodeBase64 refuses white space', () => {
  expect(codeOf(() => decodeBase64('AA ==='))).toBe('key.format');
});
