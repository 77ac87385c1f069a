// Controls, format characters that hide or reorder text, and lone surrogates.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text in which nothing reaches a terminal as a command: what does not print is written as `\u{…}`.
 *
 * @example
 * printable('a\u001b[31mb') // 'a\\u{1b}[31mb'
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
