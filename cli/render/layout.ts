import { eastAsianWidth } from 'get-east-asian-width';
import { type Colour, style } from '../output.ts';

/** Terminals are read at this width, whatever theirs is. */
export const COLUMNS = 80;

/** How many columns of a terminal a printable text takes; marks that join a character count as one, to be safe. */
export function width(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + columnsOf(character), 0);
}

function columnsOf(character: string): number {
  return eastAsianWidth(character.codePointAt(0) as number, { ambiguousAsWide: false });
}

/** Lines of at most so many columns, broken at spaces, and within a word only where it is longer than a line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cut(word, columns);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return [...lines, line];
}

function cut(word: string, columns: number): string[] {
  const pieces = [''];
  let used = 0;
  for (const character of word) {
    const own = columnsOf(character);
    if (used + own > columns) {
      pieces.push('');
      used = 0;
    }
    pieces[pieces.length - 1] += character;
    used += own;
  }
  return pieces;
}

const LABEL = 12;

/** A labelled row behind a margin; where its text is wrapped, the rest stands under its beginning. */
export function row(margin: string, label: string, text: string, colour?: Colour): string[] {
  const heads = [margin + label.padEnd(LABEL), margin + ' '.repeat(LABEL)];
  return wrap(text, COLUMNS - width(margin) - LABEL).map((line, i) => {
    const shown = colour === undefined ? line : style(colour, line);
    return (i === 0 ? heads[0] : heads[1]) + shown;
  });
}
