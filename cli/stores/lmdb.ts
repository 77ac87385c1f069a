import { existsSync } from 'node:fs';
import { fileOf, witnessOf } from '../../src/state/lmdb/file.ts';
import { type LmdbStore, lmdbStore } from '../../src/state/lmdb.ts';
import { CliError, exits, usage } from '../exit.ts';
import { load } from './load.ts';

/** Opens a store on disk, runs, and closes it. @throws CliError exit code 3 where the package `lmdb` is not installed */
export async function withLmdb<T>(text: string, run: (store: LmdbStore) => Promise<T>): Promise<T> {
  const path = folderOf(text);
  await load('lmdb');
  const store = lmdbStore({ path });
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** Whether a store was ever made there; the witness of one that is lost is still there, and opening says so. */
export function checkLmdb(text: string): void {
  const path = folderOf(text);
  if (existsSync(fileOf(path)) || existsSync(witnessOf(path))) return;
  throw new CliError(
    exits.file,
    `${path}: there is no store`,
    'the first writ verify --store makes one; check the name, which counts from the folder in which you are',
  );
}

function folderOf(text: string): string {
  const [, folder] = /^lmdb:(.+)$/s.exec(text) ?? [];
  if (folder === undefined) throw usage('lmdb needs a folder', 'write it as lmdb:FOLDER, unspaced');
  return folder;
}
