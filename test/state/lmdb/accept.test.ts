import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/state/lmdb/database.ts';
import { codeLater } from '../contract.ts';
import {
  attempt,
  charge,
  copyThenCount,
  data,
  elsewhere,
  NOW,
  path,
  reopened,
  restore,
  store,
  witness,
} from './folder.ts';

describe('accept', () => {
  test('an older store goes on with what it has', async () => {
    restore(await copyThenCount());
    const other = reopened();
    await attempt(other);
    await other.accept(NOW);
    expect(await charge('a', NOW, other)).toEqual([0]);
    expect(await charge('b', NOW, other)).toEqual([]);
  });

  test('a lost store begins anew', async () => {
    await charge('a');
    await store.close();
    rmSync(path, { recursive: true });
    const other = reopened();
    await other.accept(NOW);
    expect(await charge('a', NOW, other)).toEqual([]);
  });

  test('a store without its witness goes on with what it has', async () => {
    await charge('a');
    await store.close();
    rmSync(witness());
    const other = reopened();
    await other.accept(NOW);
    expect(await charge('a', NOW, other)).toEqual([0]);
  });

  test('a damaged database is moved aside, byte for byte', async () => {
    await charge('a');
    await store.close();
    writeFileSync(data(), 'x'.repeat(10_000));
    await reopened().accept(NOW);
    const aside = readdirSync(dirname(path)).filter((name) => name.startsWith('store.damaged-'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(dirname(path), aside[0] as string, 'data.mdb'), 'utf8')).toBe(
      'x'.repeat(10_000),
    );
    expect(await charge('a')).toEqual([]);
  });

  test('a database with one row that no store wrote is moved aside', async () => {
    await charge('a');
    await store.close();
    const db = await openDatabase(path);
    await db.put(Buffer.from('ob'), 'x');
    await db.close();
    await reopened().accept(NOW);
    expect(await charge('b')).toEqual([]);
  });

  test('a damaged witness is written anew', async () => {
    await charge('a');
    await store.close();
    writeFileSync(witness(), 'x');
    const other = reopened();
    await other.accept(NOW);
    expect(await charge('a', NOW, other)).toEqual([0]);
  });

  test.each([Number.NaN, NOW + 0.5, NOW * 1_000_000])(
    'at %s, which is no time, is refused and changes nothing',
    async (now) => {
      await charge('a');
      expect(await codeLater(() => store.accept(now))).toBe('store.failed');
      expect(await charge('a')).toEqual([0]);
    },
  );

  test('a latest time ahead is set back', async () => {
    await charge('a', NOW + 100_000);
    expect(await codeLater(() => charge('b'))).toBe('store.clock');
    await store.accept(NOW);
    expect(await charge('b')).toEqual([]);
  });

  test('what was accepted once is not accepted again when a copy from before is restored', async () => {
    const copy = await copyThenCount();
    await store.accept(NOW);
    await store.close();
    restore(copy);
    expect(await attempt(reopened())).toBe('store.lost');
  });

  test('by another process, a store that denied goes on', async () => {
    restore(await copyThenCount());
    const other = reopened();
    expect(await attempt(other)).toBe('store.older');
    elsewhere(path, `store.accept(${NOW})`);
    expect(await charge('b', NOW, other)).toEqual([]);
  });

  test('by another process, a store that is open goes on', async () => {
    await charge('a', NOW + 100_000);
    elsewhere(path, `store.accept(${NOW})`);
    expect(await charge('b')).toEqual([]);
    expect(await charge('a')).toEqual([0]);
  });

  test('by another process, of a damaged store that is open, it goes on with the new one', async () => {
    await charge('a');
    const db = await openDatabase(path);
    await db.put(Buffer.from('ob'), 'x');
    await db.close();
    elsewhere(path, `store.accept(${NOW})`);
    expect(await charge('a')).toEqual([]);
    expect(elsewhere(path, `charge(${NOW}, 'a')`)).toMatchObject({ refused: [0] });
  });
});
