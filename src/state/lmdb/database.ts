import { closeSync, mkdirSync, openSync } from 'node:fs';
import { StoreError } from '../../errors.ts';
import { fileOf } from './file.ts';
import { readMeta } from './pages.ts';

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

/** The files are others than those that were opened, or what they hold is not as it was left: all is to be looked at again. */
export class Replaced extends Error {}

/** How often a database is opened until nobody commits meanwhile. */
const TRIES = 20;

/** Opens the database in a folder, and makes it where there is none. */
export async function openDatabase(path: string): Promise<Database> {
  const { open } = await import(PACKAGE).catch(() => {
    throw new StoreError('store.failed', { detail: 'the package lmdb is missing: npm install lmdb' });
  });
  makeFolder(path);
  for (let tries = 1; ; tries++) {
    // Without overlapping, what is committed is on the disk; with batches of turns, a commit that fails ends the
    // process, since the package makes one promise more than it gives to anybody.
    const db: Database = open({
      path,
      noSubdir: false,
      overlappingSync: false,
      cache: false,
      eventTurnBatching: false,
      keyEncoding: 'binary',
    });
    try {
      db.transactionSync(() => followLast(db, path));
      return db;
    } catch (error) {
      await db.close();
      if (!(error instanceof Replaced) || tries === TRIES) throw error;
    }
  }
}

/**
 * Makes sure, within a transaction, that it follows the one that was committed last.
 *
 * A process that opens a database tells all others which transaction was the last, as it read that a moment before
 * (`mdb_env_open2`). What was committed in between would be lost with the next transaction; to open it anew mends that.
 *
 * @returns the number of the transaction
 * @throws Replaced
 */
export function followLast(db: Database, path: string): number {
  const transaction = db.getWriteTxnId();
  const file = openSync(fileOf(path), 'r');
  try {
    if (readMeta(file)?.transaction !== BigInt(transaction) - 1n) throw new Replaced();
  } finally {
    closeSync(file);
  }
  return transaction;
}

// Not with those above it: a name that was misspelt would begin a new store, with new budgets.
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
