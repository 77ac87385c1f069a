import { eastAsianWidth } from 'get-east-asian-width';
import { printable } from '../../src/printable.ts';
import { style } from '../output.ts';

/** Terminals are read at this width, whatever theirs is. */
export const COLUMNS = 80;

type Style = Parameters<typeof style>[0];

/** How many columns of a terminal a printable text takes; marks that join a character count as one, to be safe. */
export function width(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + columnsOf(character), 0);
}

function columnsOf(character: string): number {
  return eastAsianWidth(character.codePointAt(0) as number, { ambiguousAsWide: false });
}

/** Lines of at most so many columns, broken at spaces, and within a word only where it is longer than a line. */
export function wrap(text: string, columns: number): string[] {
  const lines = [''];
  let used = 0;
  for (const word of text.split(/(?<= )(?! )/)) {
    const parts = width(word.trimEnd()) > columns ? Array.from(word) : [word];
    for (const part of parts) {
      if (used > 0 && used + width(part.trimEnd()) > columns) {
        lines.push('');
        used = 0;
      }
      lines[lines.length - 1] += part;
      used += width(part);
    }
  }
  return lines.map((line) => line.trimEnd());
}

/** A foreign text as bold lines. */
export function heading(text: string): string[] {
  return wrap(printable(text), COLUMNS).map((line) => style('bold', line));
}

/** One text of a list, behind a sign that no wrapped line comes under. */
export interface Item {
  readonly text: string;
  readonly sign?: '-' | '+' | '=';
  readonly style?: Style | undefined;
}

const LABEL = 12;
/** No token needs more of one kind to be understood, and one that has more shall not scroll away what stands above it. */
export const SHOWN = 12;

/** The first 12, and of more than that how many others there are. */
export function shorten<T>(all: readonly T[], others: (text: string) => T, what = ''): readonly T[] {
  const more = all.length - SHOWN;
  return more <= 0 ? all : [...all.slice(0, SHOWN), others(`… and ${more} more${what}, see --json`)];
}

/**
 * Texts under one label behind a margin, foreign ones made printable; wrapped lines stand under the beginning of their
 * text. Many texts, and the many lines of one, are shortened.
 */
export function list(margin: string, label: string, items: readonly Item[]): string[] {
  const shown = shorten(items, (text) => ({ ...items.at(-1), text }));
  return place(margin, label, shown, (lines) => shorten(lines, (others) => others, ' lines'));
}

/** As {@link list}, with nothing left out: for what somebody is about to sign. */
export function listAll(margin: string, label: string, items: readonly Item[]): string[] {
  return place(margin, label, items, (lines) => lines);
}

function place(
  margin: string,
  label: string,
  items: readonly Item[],
  select: (lines: readonly string[]) => readonly string[],
): string[] {
  return items.flatMap(({ text, sign, style: kind }, i) => {
    const head = sign === undefined ? '' : `${sign} `;
    const lines = wrap(printable(text), COLUMNS - width(margin) - LABEL - head.length);
    return select(lines).map((line, j) => {
      const start = margin + (i + j === 0 ? label : '').padEnd(LABEL);
      const own = (j === 0 ? head : ' '.repeat(head.length)) + line;
      return start + (kind === undefined ? own : style(kind, own));
    });
  });
}

/** One text under a label, as {@link list} shows it. */
export function row(margin: string, label: string, text: string, kind?: Style): string[] {
  return list(margin, label, [{ text, style: kind }]);
}
