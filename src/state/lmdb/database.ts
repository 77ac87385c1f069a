import { mkdirSync } from 'node:fs';
import { StoreError } from '../../errors.ts';

/** What is used of an open database of the package `lmdb`, whose own declarations do not compile for ESM. */
export interface Database {
  get(key: Uint8Array): unknown;
  put(key: Uint8Array, value: unknown): unknown;
  remove(key: Uint8Array): unknown;
  getKeys(range: {
    readonly start?: Uint8Array;
    readonly end?: Uint8Array;
    readonly limit?: number;
  }): Iterable<Uint8Array>;
  getKeysCount(range: { readonly limit: number }): number;
  getWriteTxnId(): number;
  transactionSync<T>(work: () => T): T;
  childTransaction<T>(work: () => T): Promise<T>;
  resetReadTxn(): void;
  close(): Promise<void>;
}

/** A name that neither compiler nor bundler follows, since the package is optional. */
const PACKAGE: string = 'lmdb';

/** Opens the database in a folder, and makes it where there is none. */
export async function openDatabase(path: string): Promise<Database> {
  const { open } = await import(PACKAGE).catch(() => {
    throw new StoreError('store.failed', { detail: 'the package lmdb is missing: npm install lmdb' });
  });
  makeFolder(path);
  // Without overlapping, what is committed is on the disk; with batches of turns, a commit that fails ends the process,
  // since the package makes one promise more than it gives to anybody.
  return open({
    path,
    noSubdir: false,
    overlappingSync: false,
    cache: false,
    eventTurnBatching: false,
    keyEncoding: 'binary',
  });
}

// Not with those above it: a name that was misspelt would begin a new store, with new budgets.
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
