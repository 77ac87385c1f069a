import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/state/lmdb/database.ts';
import { type LmdbStore, lmdbStore } from '../../../src/state/lmdb.ts';
import { codeLater } from '../contract.ts';
import {
  attempt,
  BUILT,
  charge,
  elsewhere,
  NOW,
  once,
  others,
  path,
  reopened,
  store,
  witness,
} from './folder.ts';

describe('what is kept', () => {
  test('a nonce is remembered by the next process', async () => {
    await charge('a');
    await store.close();
    expect(elsewhere(path, `charge(${NOW}, 'a')`)).toMatchObject({ refused: [0] });
  });

  test('two stores on one folder count together', async () => {
    const other = reopened();
    expect(await charge('a')).toEqual([]);
    expect(await charge('a', NOW, other)).toEqual([0]);
    expect(await charge('b', NOW, other)).toEqual([]);
    expect(await charge('b')).toEqual([0]);
  });

  test('a look sees what another process has counted', async () => {
    await charge('a');
    elsewhere(path, `charge(${NOW}, 'b')`);
    expect(await store.look({ now: NOW, operations: [once('b')] })).toEqual([{ used: 1 }]);
  });

  test('the latest time is remembered, so that a clock that was set back denies', async () => {
    await charge('a', NOW + 1000);
    await store.close();
    expect(await codeLater(() => charge('b', NOW, reopened()))).toBe('store.clock');
  });

  test('it says that it is durable', () => {
    expect(store.durable).toBe(true);
  });

  test('the witness knows of every charge that was answered', async () => {
    for (const key of ['a', 'b', 'c']) {
      await charge(key);
      const counts = [...readFileSync(witness(), 'utf8').matchAll(/^writ 1 \S+ (\d+)/gm)].map(([, count]) =>
        Number(count),
      );
      const db = await openDatabase(path);
      expect((db.get(Buffer.from('#')) as [string, number])[1]).toBe(Math.max(...counts));
      await db.close();
    }
  });

  test('making a store makes no file before it is asked', () => {
    expect(existsSync(path)).toBe(false);
    expect(existsSync(witness())).toBe(false);
  });

  test('the witness may be elsewhere', async () => {
    const elsewhere = join(dirname(path), 'other', 'seen');
    mkdirSync(dirname(elsewhere));
    const other = lmdbStore({ path, witness: elsewhere });
    others.push(other);
    await charge('a', NOW, other);
    expect([existsSync(elsewhere), existsSync(witness())]).toEqual([true, false]);
  });

  // As a process does that opens the database while another commits; closed by this process, the file would be unlocked.
  function setBack(transactions: number): void {
    const script = `
      const { openSync, readSync, writeSync } = require('node:fs');
      const file = openSync(${JSON.stringify(join(path, 'lock.mdb'))}, 'r+');
      const last = Buffer.alloc(8);
      readSync(file, last, 0, 8, 8);
      last.writeBigUInt64LE(last.readBigUInt64LE() - ${transactions}n);
      writeSync(file, last, 0, 8, 8);`;
    execFileSync(process.execPath, ['-e', script]);
  }

  test.each([1, 2, 3])(
    'what was committed while another process opened it, %i transactions',
    async (count) => {
      for (const key of ['a', 'b', 'c', 'd']) await charge(key);
      setBack(count);
      expect(await charge('e')).toEqual([]);
      for (const key of ['a', 'b', 'c', 'd', 'e']) expect(await charge(key)).toEqual([0]);
    },
  );

  test('the same, with many charges under way', async () => {
    await charge('a');
    const keys = Array.from({ length: 60 }, (_, i) => `k${i}`);
    const before = keys.slice(0, 20).map((key) => charge(key));
    setBack(1);
    const after = keys.slice(20).map((key) => charge(key));
    expect(await Promise.all([...before, ...after])).toEqual(keys.map(() => []));
    for (const key of ['a', ...keys]) expect(await charge(key)).toEqual([0]);
  });

  test('a folder with a slash at its end is the same store', async () => {
    const slashed = lmdbStore({ path: `${path}/` });
    others.push(slashed);
    await charge('a');
    expect(await charge('a', NOW, slashed)).toEqual([0]);
  });

  test('a folder with a dot in its name is a folder', async () => {
    const dotted = lmdbStore({ path: `${path}.db` });
    others.push(dotted);
    await charge('a', NOW, dotted);
    expect(statSync(`${path}.db`).isDirectory()).toBe(true);
  });

  test('a charge that refuses for the clock leaves nothing of it, among others of the same turn', async () => {
    await charge('a');
    const results = await Promise.allSettled([charge('b'), charge('c', NOW - 1000), charge('d')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await charge('c')).toEqual([]);
  });

  test('what is under way when a store is closed is done all the same', async () => {
    await charge('a');
    const [first, , other, second] = await Promise.all([
      charge('b'),
      store.close(),
      charge('c'),
      charge('b'),
    ]);
    // Either may come first, since what is under way is begun again.
    expect([other, [...first, ...second]]).toEqual([[], [0]]);
  });

  test('one damaged row denies nothing else of the same turn', async () => {
    await charge('a');
    await store.close();
    const db = await openDatabase(path);
    await db.put(Buffer.from('ob'), 'x');
    await db.close();
    const all = [codeLater(() => charge('b')), charge('c'), charge('d'), charge('c')];
    expect(await Promise.all(all)).toEqual(['store.damaged', [], [], [0]]);
  });

  test('four processes that begin at once are one store', () => {
    const script = `
      import { lmdbStore } from ${JSON.stringify(pathToFileURL(BUILT).href)};
      const store = lmdbStore({ path: ${JSON.stringify(path)} });
      let allowed = 0;
      for (let i = 0; i < 50; i++) {
        const { refused } = await store.charge({ now: ${NOW}, operations: [{ kind: 'spend', key: 'a', until: 2e9, amount: 100, cost: 1 }] });
        allowed += refused.length === 0 ? 1 : 0;
      }
      await store.close();
      console.log(allowed);
    `;
    const file = `${path}.mjs`;
    writeFileSync(file, script);
    const all = execFileSync(
      '/bin/sh',
      ['-c', `for i in 1 2 3 4; do "${process.execPath}" "${file}" & done; wait`],
      {
        encoding: 'utf8',
      },
    );
    const counts = all.trim().split('\n').map(Number);
    expect(counts).toHaveLength(4);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
  });
});

describe('in one process', () => {
  const spend = (cost: number) =>
    ({ kind: 'spend', key: 'a', until: NOW + 9, amount: 30, cost, unit: 'usd' }) as const;
  const spendAll = (...stores: readonly LmdbStore[]) =>
    Array.from({ length: 40 }, (_, i) =>
      (stores[i % stores.length] as LmdbStore).charge({ now: NOW, operations: [spend(1)] }),
    );

  test('two stores at one place count together, and do not wait for each other for ever', () => {
    const body = `Promise.all(Array.from({ length: 40 }, async (_, i) => {
      const { refused } = await [store, other][i % 2].charge({ now: ${NOW}, operations: [${JSON.stringify(spend(1))}] });
      return refused.length;
    })).then((all) => all.filter((refused) => refused === 0).length)`;
    const script = `((other) => ${body})(lmdbStore({ path: ${JSON.stringify(path)} }))`;
    expect(elsewhere(path, script, ['timeout', '30'])).toBe(30);
  });

  test('costs that are refused end no charge that is on its way', async () => {
    await store.charge({ now: NOW, operations: [spend(5)], reservation: { id: 'r', until: NOW + 9 } });
    const all: ReturnType<typeof spendAll> = [];
    const settled: Promise<string>[] = [];
    for (let i = 0; i < 8; i++) {
      all.push(...spendAll(store));
      settled.push(codeLater(() => store.settle({ now: NOW, id: 'r', costs: { usd: 6 } })));
      await new Promise(setImmediate);
    }
    expect(new Set(await Promise.all(settled))).toEqual(new Set(['cost.malformed']));
    expect((await Promise.all(all)).filter(({ refused }) => refused.length === 0)).toHaveLength(25);
  });

  test('a store that is closed has charges that are on their way done, each once', async () => {
    await attempt();
    const all = spendAll(store);
    await store.close();
    expect((await Promise.all(all)).filter(({ refused }) => refused.length === 0)).toHaveLength(30);
  });
});
