import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { attempt, elsewhere, NOW, path, witness } from './folder.ts';

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
    cpSync(fileURLToPath(new URL('../../../dist/src', import.meta.url)), copy, { recursive: true });
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
