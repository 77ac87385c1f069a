import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLines } from '../../src/audit/lines.ts';
import { folder } from '../support/receipts.ts';

/** The lines that are read, a newline behind those that have one. */
async function linesIn(content: string, from?: number): Promise<string[]> {
  const path = join(folder(), 'file');
  writeFileSync(path, content, 'latin1');
  const file = await open(path);
  const lines: string[] = [];
  try {
    for await (const { bytes, ended } of readLines(file, from))
      lines.push(Buffer.from(bytes).toString('latin1') + (ended ? '\n' : ''));
  } finally {
    await file.close();
  }
  return lines;
}

const CHUNK = 1_048_576;

test.each([
  ['nothing', ''],
  ['a line', 'a\n'],
  ['empty lines', '\n\na\n\n'],
  ['a last line without an end', 'a\nb'],
  ['a newline at the end of what is read in one go', `${'a'.repeat(CHUNK - 1)}\nb\n`],
  ['one at the beginning of what is read next', `${'a'.repeat(CHUNK)}\nb`],
  ['a line that goes over several', `a\n${'b'.repeat(3 * CHUNK)}\nc`],
])('readLines of %s gives it all, line by line', async (_, content) => {
  const lines = await linesIn(content);
  expect(lines.join('')).toBe(content);
  expect(lines.filter((line) => /\n./.test(line))).toEqual([]);
  expect(lines.length).toBe(content.split(/(?<=\n)/).filter(Boolean).length);
});

test('readLines begins at an offset', async () => {
  expect(await linesIn('a\nb\nc\n', 2)).toEqual(['b\n', 'c\n']);
});

test('readLines refuses a line that is longer than any receipt', async () => {
  await expect(linesIn('a'.repeat(5 * CHUNK))).rejects.toMatchObject({ code: 'receipt.shape' });
});
