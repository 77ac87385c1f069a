import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/state/lmdb/database.ts';
import { type Meta, readMeta } from '../../../src/state/lmdb/pages.ts';
import { codeLater } from '../contract.ts';
import { attempt, charge, data, NOW, once, path, reopened, store, witness } from './folder.ts';

describe('damaged', () => {
  beforeEach(async () => {
    // Enough for several pages.
    await store.charge({ now: NOW, operations: Array.from({ length: 2000 }, (_, i) => once(`n${i}`)) });
    await store.close();
  });

  test('no database', async () => {
    writeFileSync(data(), 'x'.repeat(100_000));
    expect(await attempt(reopened())).toBe('store.damaged');
  });

  test('a file of a few bytes', async () => {
    truncateSync(data(), 100);
    expect(await attempt(reopened())).toBe('store.damaged');
  });

  test.each([0.3, 0.6, 0.9])('a file of which only %d is there', async (part) => {
    truncateSync(data(), Math.floor((statSync(data()).size * part) / 4096) * 4096);
    expect(await attempt(reopened())).toBe('store.damaged');
  });

  test('a file that ends within a page', async () => {
    truncateSync(data(), 4096 * 10 + 17);
    expect(await attempt(reopened())).toBe('store.damaged');
  });

  test.each([
    ['nothing', ''],
    ['another text', 'writ\n'],
    ['a line that is too long', undefined],
  ])('a witness that holds %s', async (_, text) => {
    if (text === undefined) appendFileSync(witness(), 'x\n');
    else writeFileSync(witness(), text);
    expect(await attempt(reopened())).toBe('store.damaged');
  });

  test('a witness of two stores', async () => {
    const lines = readFileSync(witness(), 'utf8').split('\n');
    lines[2] = (lines[2] as string).replace(/[0-9a-f]{32}/, '0'.repeat(32));
    writeFileSync(witness(), lines.join('\n'));
    expect(await attempt(reopened())).toBe('store.damaged');
  });

  test.each([
    ['the mark', '#', [1, 2]],
    ['the mark, of another shape', '#', 'x'],
    ['the time', '!', 'x'],
    ['a nonce', 'on7', [1]],
    ['a nonce, not a number', 'on7', Number.NaN],
  ])('a row that no store wrote: %s', async (_, key, row) => {
    const db = await openDatabase(path);
    await db.put(Buffer.from(key), row);
    await db.close();
    expect(await codeLater(() => charge('n7', NOW, reopened()))).toBe('store.damaged');
  });

  test('a counter whose use is missing', async () => {
    const use = { kind: 'spend', key: 'w', until: NOW + 900, amount: 9, cost: 1, window: 60 } as const;
    await store.charge({ now: NOW, operations: [use] });
    await store.close();
    const db = await openDatabase(path);
    await db.remove(Buffer.from(`usw@${NOW}`));
    await db.close();
    const other = reopened();
    expect(await codeLater(() => other.charge({ now: NOW + 60, operations: [use] }))).toBe('store.damaged');
  });

  test('a database of something else', async () => {
    rmSync(path, { recursive: true });
    rmSync(witness());
    const db = await openDatabase(path);
    await db.put(Buffer.from('a'), 1);
    await db.close();
    expect(await attempt(reopened())).toBe('store.damaged');
  });
});

describe('sound, though its last pages were never written', () => {
  test('a database whose file is shorter than what it says', async () => {
    // A page that one transaction both takes and gives back at the end of the file stays unwritten.
    await charge('a');
    await store.close();
    const db = await openDatabase(path);
    const key = (i: number) => Buffer.from(`ox${String(i).padStart(6, '0')}`);
    const size = () => statSync(data()).size;
    const said = () => {
      const file = openSync(data(), 'r');
      const { lastPage, pageSize } = readMeta(file) as Meta;
      closeSync(file);
      return (lastPage + 1) * pageSize;
    };
    for (let round = 0; round < 50 && size() >= said(); round++)
      await db.childTransaction(() => {
        for (let i = 0; i < 3000; i++) db.put(key(i), NOW + 300);
        for (let i = round; i < 3000; i++) db.remove(key(i));
      });
    expect(size()).toBeLessThan(said());
    await db.close();
    expect(await attempt(reopened())).toBe('accepted');
  });
});
