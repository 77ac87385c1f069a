import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { type LmdbStore, lmdbStore } from '../../../src/state/lmdb.ts';
import { codeLater } from '../contract.ts';

export const NOW = 1_000_000;
/** The built adapter, which other processes load. */
export const BUILT = fileURLToPath(new URL('../../../dist/src/state/lmdb.js', import.meta.url));

const folders: string[] = [];

/** A place for a store, gone when the test is. */
export function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-lmdb-'));
  folders.push(folder);
  return join(folder, 'store');
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Does something with the store at a path in another process; what `body` evaluates to is printed as JSON. */
export function elsewhere(path: string, body: string, prefix: readonly string[] = []): unknown {
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

/** Where the store of the test is, and the store; new ones for each test. */
export let path: string;
export let store: LmdbStore;
/** Further stores, which are closed with it. */
export let others: LmdbStore[];

beforeEach(() => {
  path = newPath();
  store = lmdbStore({ path });
  others = [];
});

afterEach(async () => {
  for (const each of [store, ...others]) await each.close();
});

export const once = (key: string) => ({ kind: 'once', key, until: NOW + 300 }) as const;
export const charge = async (key: string, now = NOW, at = store) =>
  (await at.charge({ now, operations: [once(key)] })).refused;
export const attempt = (at = store, now = NOW) =>
  codeLater(() => at.look({ now, operations: [once('any')] }));
export const data = () => join(path, 'data.mdb');
export const witness = () => `${path}.witness`;

/** Another store at the same place. */
export function reopened(): LmdbStore {
  const other = lmdbStore({ path });
  others.push(other);
  return other;
}

/** Counts, keeps a copy of the folder, counts on, and closes. */
export async function copyThenCount(): Promise<string> {
  await charge('a');
  await store.close();
  const copy = `${path}.copy`;
  cpSync(path, copy, { recursive: true });
  await charge('b');
  await store.close();
  return copy;
}

/** Puts a copy of the folder in its place. */
export function restore(copy: string): void {
  rmSync(path, { recursive: true });
  renameSync(copy, path);
}
