import { existsSync } from 'node:fs';
import { Option } from 'commander';
import { memoryStore, type Store } from '../src/index.ts';
import { fileOf, witnessOf } from '../src/state/lmdb/file.ts';
import type { LmdbStore } from '../src/state/lmdb.ts';
import { CliError, exits, usage } from './exit.ts';

const KNOWN = 'known are memory, and lmdb:FOLDER such as lmdb:/var/lib/writ';

/** The option that says where is counted. */
export function storeOption(description: string): Option {
  return new Option('--store <store>', description);
}

/**
 * Opens the store that `--store` names, runs, and closes it whatever happens.
 *
 * @throws CliError exit code 2 for a store that is not known; what the store throws
 */
export async function withStore<T>(text: string, run: (store: Store) => Promise<T>): Promise<T> {
  return text === 'memory' ? run(memoryStore()) : withLmdb(folderOf(text), run);
}

/**
 * Opens a store on disk that is there, or was, runs, and closes it. One in memory would be empty.
 *
 * @throws CliError exit code 2 for any other store, 3 where none was ever made; what the store throws
 */
export async function withOldStore<T>(text: string, run: (store: LmdbStore) => Promise<T>): Promise<T> {
  if (text === 'memory') {
    throw usage(
      'a store in memory is empty when a command begins',
      'name the folder of the service: --store lmdb:FOLDER',
    );
  }
  const path = folderOf(text);
  // The witness of a store that is lost is still there, and opening says so.
  if (!existsSync(fileOf(path)) && !existsSync(witnessOf(path))) {
    throw new CliError(
      exits.file,
      `${path}: there is no store`,
      'the first writ verify --store makes one; check the name, which counts from the folder in which you are',
    );
  }
  return withLmdb(path, run);
}

async function withLmdb<T>(path: string, run: (store: LmdbStore) => Promise<T>): Promise<T> {
  try {
    import.meta.resolve('lmdb');
  } catch {
    throw new CliError(exits.file, 'the package lmdb is not installed', 'npm install lmdb, where writ is');
  }
  const { lmdbStore } = await import('../src/state/lmdb.ts');
  const store = lmdbStore({ path });
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

// An unknown store may be a URL with a password, so only its kind is repeated.
function folderOf(text: string): string {
  const [, folder] = /^lmdb:(.+)$/s.exec(text) ?? [];
  if (folder !== undefined) return folder;
  if (/^lmdb:?$/.test(text)) throw usage('lmdb needs a folder', 'write it as lmdb:FOLDER, unspaced');
  if (/^[./~]/.test(text)) throw usage('a store is not named by its folder alone', 'write it as lmdb:FOLDER');
  throw usage(`unknown store: ${text.replace(/:.*$/s, '')}`, KNOWN);
}
