import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

describe('older', () => {
  test('T03 a copy of the folder was restored', async () => {
    restore(await copyThenCount());
    expect(await attempt(reopened())).toBe('store.older');
  });

  test('T03 a copy was restored while the store is open', async () => {
    const copy = await copyThenCount();
    await charge('c');
    restore(copy);
    expect(await codeLater(() => charge('b'))).toBe('store.older');
  });

  test('T03 a copy was restored over the open file', async () => {
    const copy = await copyThenCount();
    await charge('c');
    writeFileSync(data(), readFileSync(join(copy, 'data.mdb')), { flag: 'r+' });
    expect(await codeLater(() => charge('b'))).toBe('store.older');
  });

  test('T03 what another process counted is missing', async () => {
    const copy = await copyThenCount();
    elsewhere(path, `charge(${NOW}, 'c')`);
    restore(copy);
    expect(await attempt(reopened())).toBe('store.older');
  });

  test('its latest time is before that of the witness', async () => {
    await charge('a');
    await store.close();
    writeFileSync(witness(), readFileSync(witness(), 'utf8').replaceAll(` ${NOW}`, ` ${NOW + 9}`));
    expect(await attempt(reopened())).toBe('store.older');
  });

  test('the whole, with its witness, is the same as it was', async () => {
    await charge('a');
    await store.close();
    cpSync(path, `${path}.2`, { recursive: true });
    rmSync(path, { recursive: true });
    renameSync(`${path}.2`, path);
    expect(await attempt(reopened())).toBe('accepted');
  });
});
