import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/state/lmdb/database.ts';
import { type Meta, readMeta } from '../../src/state/lmdb/pages.ts';
import { type LmdbStore, lmdbStore } from '../../src/state/lmdb.ts';
import { codeLater, contract } from './contract.ts';

const NOW = 1_000_000;
const BUILT = fileURLToPath(new URL('../../dist/src/state/lmdb.js', import.meta.url));

const folders: string[] = [];

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-lmdb-'));
  folders.push(folder);
  return join(folder, 'store');
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

contract('lmdb', () => {
  const store = lmdbStore({ path: newPath() });
  return { store, close: () => store.close() };
});

/** Does something with the store at a path in another process; what `body` evaluates to is printed as JSON. */
function elsewhere(path: string, body: string, prefix: readonly string[] = []): unknown {
  const script = `
    import { lmdbStore } from ${JSON.stringify(pathToFileURL(BUILT).href)};
    const store = lmdbStore({ path: ${JSON.stringify(path)} });
    const codeOf = (promise) => promise.then(() => 'accepted', ({ code }) => code);
    const charge = (now, key) => store.charge({ now, operations: [{ kind: 'once', key, until: 2_000_000 }] });
    const result = await (${body});
    await store.close();
    console.log(JSON.stringify(result ?? null));
  `;
  const command = [...prefix, process.execPath, '--input-type=module', '-e', script];
  const done = spawnSync(command[0] as string, command.slice(1), { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${done.signal ?? done.status}: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

let path: string;
let store: LmdbStore;
let others: LmdbStore[];

beforeEach(() => {
  path = newPath();
  store = lmdbStore({ path });
  others = [];
});

afterEach(async () => {
  for (const each of [store, ...others]) await each.close();
});

const once = (key: string) => ({ kind: 'once', key, until: NOW + 300 }) as const;
const charge = async (key: string, now = NOW, at = store) =>
  (await at.charge({ now, operations: [once(key)] })).refused;
const attempt = (at = store, now = NOW) => codeLater(() => at.look({ now, operations: [once('any')] }));
const data = () => join(path, 'data.mdb');
const witness = () => `${path}.witness`;

function reopened(): LmdbStore {
  const other = lmdbStore({ path });
  others.push(other);
  return other;
}

/** Counts, keeps a copy of the folder, counts on, and closes. */
async function copyThenCount(): Promise<string> {
  await charge('a');
  await store.close();
  const copy = `${path}.copy`;
  cpSync(path, copy, { recursive: true });
  await charge('b');
  await store.close();
  return copy;
}

function restore(copy: string): void {
  rmSync(path, { recursive: true });
  renameSync(copy, path);
}

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

describe('failed and full', () => {
  test('a folder that cannot be made', async () => {
    writeFileSync(path, 'a file');
    expect(await attempt()).toBe('store.failed');
  });

  test('a witness that cannot be read', async () => {
    mkdirSync(witness());
    expect(await attempt()).toBe('store.failed');
  });

  test('what could not be opened is tried again', async () => {
    writeFileSync(path, 'a file');
    await attempt();
    rmSync(path);
    expect(await attempt()).toBe('accepted');
  });

  test('without the package, it says what to install', () => {
    const copy = join(dirname(path), 'copy');
    cpSync(fileURLToPath(new URL('../../dist/src', import.meta.url)), copy, { recursive: true });
    writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
    const script = `
      import { lmdbStore } from ${JSON.stringify(pathToFileURL(join(copy, 'state/lmdb.js')).href)};
      await lmdbStore({ path: ${JSON.stringify(path)} }).prune(1).catch(({ code, where }) => console.log(code, where.detail));
    `;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(said.trim()).toBe('store.failed the package lmdb is missing: npm install lmdb');
  });

  // Charges until the store is full; a store may fail once before it, where LMDB wrote a part.
  const fill = `(async () => {
    const seen = [];
    for (let i = 0; i < 5000 && seen.at(-1) !== 'store.full'; i++) {
      const operations = Array.from({ length: 20 }, (_, j) => ({ kind: 'once', key: 'k'.repeat(50) + i + '-' + j, until: 2_000_000 }));
      seen.push(await codeOf(store.charge({ now: ${NOW}, operations })));
    }
    const kept = [];
    for (const i of seen.keys()) {
      const operations = [{ kind: 'once', key: 'k'.repeat(50) + i + '-19', until: 2_000_000 }];
      kept.push((await store.look({ now: ${NOW}, operations }))[0].used === 1);
    }
    return { seen: [...new Set(seen)], exact: seen.every((code, i) => kept[i] === (code === 'accepted')) };
  })()`;

  test('T05 a file that may not grow denies, ends no process, and holds exactly what was allowed', () => {
    const result = elsewhere(path, fill, ['/bin/sh', '-c', 'ulimit -f 400; exec "$@"', 'sh']);
    expect(result).toMatchObject({ exact: true, seen: expect.arrayContaining(['accepted', 'store.full']) });
  });

  // In a namespace of its own, any user may mount a small disk where the system lets it.
  const mounted = [
    'unshare',
    '-rm',
    '/bin/sh',
    '-c',
    'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"',
  ] as const;
  const mounts = spawnSync(mounted[0], [...mounted.slice(1), tmpdir(), 'true']).status === 0;

  test.skipIf(!mounts)(
    'T05 a disk without room (where a namespace may mount one) denies as a file that may not grow',
    () => {
      const disk = join(dirname(path), 'disk');
      mkdirSync(disk);
      const result = elsewhere(join(disk, 'store'), fill, [...mounted, disk]);
      expect(result).toEqual({ exact: true, seen: ['accepted', 'store.full'] });
    },
  );
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
