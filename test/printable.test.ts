import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../src/printable.ts';

test.each([
  ['an escape sequence', '\u001b[2J', '\\u{1b}[2J'],
  ['a bell', '\u0007', '\\u{7}'],
  ['a line feed', 'a\nb', 'a\\u{a}b'],
  ['a C1 control', '\u009b31m', '\\u{9b}31m'],
  ['a right-to-left override', '\u202e', '\\u{202e}'],
  ['a zero-width space', '\u200b', '\\u{200b}'],
  ['a soft hyphen', '\u00ad', '\\u{ad}'],
  ['a line separator', '\u2028', '\\u{2028}'],
  ['a lone surrogate', '\ud800', '\\u{d800}'],
  ['a variation selector', '\ufe0f', '\\u{fe0f}'],
  ['a tag', '\u{e0041}', '\\u{e0041}'],
  ['a private-use character', '\ue000', '\\u{e000}'],
])('%s is written out', (_, text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('letters of any script, marks, symbols and quotes stay as they are', () => {
  expect(printable('Bericht “Q3” für 日本 – e\u0301 → 😀')).toBe('Bericht “Q3” für 日本 – e\u0301 → 😀');
});

test('what is printable stays so', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(printable(text))).toBe(printable(text));
    }),
    { numRuns: 1000 },
  );
});
