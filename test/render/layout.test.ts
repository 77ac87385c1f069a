import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { list, row, shorten, width, wrap } from '../../cli/render/layout.ts';
import { columnsOf, nastyText } from '../support/nasty.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['深い', 4],
  ['“─▶”', 4],
  ['e\u0301', 2],
  ['👩', 2],
])('the width of %j is %d', (text, columns) => {
  expect(width(text)).toBe(columns);
});

describe('wrap', () => {
  test.each([
    ['', ['']],
    ['one two', ['one two']],
    ['one two three', ['one two', 'three']],
    ['one  tw', ['one  tw']],
    ['a longest word', ['a', 'longest', 'word']],
    ['a muchlongerword', ['a muchl', 'ongerwo', 'rd']],
    ['深い深い深い', ['深い深', 'い深い']],
    ['trailing     ', ['trailin', 'g']],
    ['          far', ['', 'far']],
  ])('%j', (text, lines) => {
    expect(wrap(text, 7)).toEqual(lines);
  });

  test('keeps every character and no line too wide', () => {
    fc.assert(
      fc.property(nastyText, fc.integer({ min: 2, max: 80 }), (text, columns) => {
        const lines = wrap(text, columns);
        const unspaced = (of: string) => of.replaceAll(' ', '');
        expect(unspaced(lines.join(''))).toBe(unspaced(text));
        expect(lines.filter((line) => columnsOf(line) > columns)).toEqual([]);
      }),
    );
  });
});

describe('list', () => {
  test('labels the first line, and puts the rest under its beginning', () => {
    const text = `${'word '.repeat(14)}end`;
    expect(row('│  ', 'task', text)).toEqual([
      `│  task        ${'word '.repeat(13).trim()}`,
      '│              word end',
    ]);
  });

  test('puts no wrapped line under a sign', () => {
    const [first, second] = list('', 'static', [{ text: 'x'.repeat(80), sign: '-' }]);
    expect(first).toBe(`static      - ${'x'.repeat(66)}`);
    expect(second).toBe(`              ${'x'.repeat(14)}`);
  });

  test('escapes what a terminal would obey', () => {
    expect(row('', 'task', 'a\u001b[31m\u202eb')).toEqual(['task        a\\u{1b}[31m\\u{202e}b']);
  });

  test('shows 12 of many, and how many others there are', () => {
    const items = Array.from({ length: 200 }, (_, i) => ({ text: `${i}`, sign: '-' as const }));
    const lines = list('', 'request', items);
    expect(lines.slice(11)).toEqual(['            - 11', '            - … and 188 more, see --json']);
  });

  test('shows 12 lines of a long text, and how many others there are', () => {
    const lines = row('', 'task', 'x'.repeat(68 * 40));
    expect(lines.slice(11)).toEqual([
      `            ${'x'.repeat(68)}`,
      '            … and 28 more lines, see --json',
    ]);
  });
});

test('12 are not shortened', () => {
  const all = Array.from({ length: 12 }, (_, i) => `${i}`);
  expect(shorten(all, (others) => others)).toEqual(all);
});
