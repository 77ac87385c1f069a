import { existsSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lmdbStore } from '../../../src/state/lmdb.ts';
import { codeLater } from '../contract.ts';
import { attempt, charge, data, NOW, path, reopened, store, witness } from './folder.ts';

describe('lost', () => {
  test('the folder is gone', async () => {
    await charge('a');
    await store.close();
    rmSync(path, { recursive: true });
    expect(await attempt(reopened())).toBe('store.lost');
    expect(existsSync(path)).toBe(false);
  });

  test('the file of the database is empty', async () => {
    await charge('a');
    await store.close();
    truncateSync(data(), 0);
    expect(await attempt(reopened())).toBe('store.lost');
  });

  test('another store stands in its place', async () => {
    await charge('a');
    await store.close();
    const other = lmdbStore({ path: `${path}.other` });
    for (const key of ['a', 'b', 'c']) await charge(key, NOW, other);
    await other.close();
    rmSync(path, { recursive: true });
    renameSync(`${path}.other`, path);
    expect(await attempt(reopened())).toBe('store.lost');
  });

  test('the witness is gone', async () => {
    await charge('a');
    await store.close();
    rmSync(witness());
    expect(await attempt(reopened())).toBe('store.lost');
    expect(existsSync(witness())).toBe(false);
  });

  test('the witness goes while the store is open', async () => {
    await charge('a');
    rmSync(witness());
    expect(await codeLater(() => charge('b'))).toBe('store.lost');
  });

  test('the folder goes while the store is open', async () => {
    await charge('a');
    rmSync(path, { recursive: true });
    expect(await codeLater(() => charge('b'))).toBe('store.lost');
  });

  test('every method denies', async () => {
    await charge('a');
    await store.close();
    rmSync(path, { recursive: true });
    const other = reopened();
    const codes = [
      codeLater(() => charge('b', NOW, other)),
      codeLater(() => other.settle({ now: NOW, id: 'r', costs: {} })),
      attempt(other),
      codeLater(() => other.lift('b', '')),
      codeLater(() => other.prune(NOW)),
    ];
    expect(await Promise.all(codes)).toEqual(Array(5).fill('store.lost'));
  });

  test('store and witness are gone while the store is open', async () => {
    await charge('a');
    rmSync(path, { recursive: true });
    rmSync(witness());
    expect(await attempt()).toBe('store.lost');
    await store.accept(NOW);
    expect(await attempt()).toBe('accepted');
  });

  test('a store that has not counted gets its witness', async () => {
    await attempt();
    await store.close();
    rmSync(witness());
    expect(await attempt(reopened())).toBe('accepted');
    expect(existsSync(witness())).toBe(true);
  });
});
