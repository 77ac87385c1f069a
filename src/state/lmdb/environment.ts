import { randomBytes } from 'node:crypto';
import { StoreError } from '../../errors.ts';
import { latestOf, setLatest } from '../ledger.ts';
import type { Rows } from '../rows.ts';
import { type Database, followLast, openDatabase, Replaced } from './database.ts';
import { checkFile, fileOf, identify } from './file.ts';
import { LmdbRows, MARK } from './rows.ts';
import { type Mark, Witness } from './witness.ts';

/** Under it stands which store it is, and the transaction that counted last: `[epoch, count]`. */
const MARK_KEY = Buffer.from(MARK, 'latin1');

/** Where a store is on the disk: the folder of its database, and the file of its witness. */
export interface Place {
  readonly path: string;
  readonly witness: string;
}

/** An open database that lacks nothing that its witness has seen. */
export class Environment {
  readonly #db: Database;
  readonly #rows: LmdbRows;
  readonly #place: Place;
  readonly #file: string | undefined;
  readonly #witness: Witness;
  #told: Mark;
  #closed = false;

  /**
   * @param known whether there was a store before, so that none is made in its place
   * @throws StoreError `store.lost`, `store.older`, `store.damaged`; and whatever the system throws
   */
  static async open(place: Place, known: boolean): Promise<Environment> {
    let witness = Witness.open(place.witness);
    let db: Database | undefined;
    try {
      // Read first: what others count meanwhile only makes the database newer.
      let told = witness?.read();
      if (identify(fileOf(place.path)) !== undefined) checkFile(fileOf(place.path));
      else if (told !== undefined || known) throw new StoreError('store.lost', { detail: 'no database' });
      db = await openDatabase(place.path);
      if (witness === undefined) {
        begin(db, place);
        witness = Witness.open(place.witness);
        told = witness?.read();
      }
      const rows = new LmdbRows(db);
      const mark = markOf(db, rows, place);
      if (witness === undefined)
        throw new StoreError('store.lost', { detail: `no witness ${place.witness}` });
      if (mark === undefined || mark.epoch !== told?.epoch)
        throw new StoreError('store.lost', { detail: 'another store than that of the witness' });
      if (mark.count < told.count || mark.latest < told.latest) throw new StoreError('store.older');
      return new Environment(db, rows, place, witness, mark);
    } catch (error) {
      witness?.close();
      await db?.close();
      throw error;
    }
  }

  private constructor(db: Database, rows: LmdbRows, place: Place, witness: Witness, mark: Mark) {
    this.#db = db;
    this.#rows = rows;
    this.#place = place;
    this.#file = identify(fileOf(place.path));
    this.#witness = witness;
    this.#told = mark;
  }

  /** Does all of a work or, where it throws, nothing; and has it on the disk. */
  async write<T>(work: (rows: Rows) => T): Promise<T> {
    if (this.#closed) throw new Replaced();
    let mark: Mark = this.#told;
    const result = await this.#db
      .childTransaction(() => {
        const count = this.#count();
        const result = work(this.#rows);
        mark = { epoch: this.#told.epoch, count, latest: latestOf(this.#rows) };
        return result;
      })
      // Why a commit failed, LMDB's package says by another promise.
      .catch(async (error) => {
        await error.commitError;
        // Closed by another call, which found the files replaced: what was not done is done anew.
        throw this.#closed ? new Replaced() : error;
      });
    this.#tell(mark);
    return result;
  }

  /** Reads what has been counted up to now. */
  read<T>(work: (rows: Rows) => T): T {
    if (!this.#closed) this.#db.resetReadTxn();
    this.#checkMark();
    this.#checkFiles();
    return work(this.#rows);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#db.close();
    this.#witness.close();
  }

  // What is done in one turn of the event loop is one transaction, and counts as one.
  #count(): number {
    if (this.#closed) throw new Replaced();
    this.#checkFiles();
    // Before anything is read: the pages of a transaction before the last may be in use again.
    const transaction = followLast(this.#db, this.#place.path);
    const { epoch, count } = this.#checkMark();
    if (count === transaction) return count;
    this.#db.put(MARK_KEY, [epoch, transaction]);
    return transaction;
  }

  #checkMark(): Omit<Mark, 'latest'> {
    if (this.#closed) throw new Replaced();
    const mark = readMark(this.#db);
    if (mark?.epoch !== this.#told.epoch || mark.count < this.#told.count) throw new Replaced();
    return mark;
  }

  #checkFiles(): void {
    const { path, witness } = this.#place;
    if (identify(fileOf(path)) !== this.#file || identify(witness) !== this.#witness.identity)
      throw new Replaced();
  }

  #tell(mark: Mark): void {
    if (mark.count <= this.#told.count && mark.latest <= this.#told.latest) return;
    this.#witness.write(mark);
    this.#told = mark;
  }
}

/** Begins a store anew with all that is in its folder. */
export async function beginAnew({ path, witness }: Place, now: number): Promise<void> {
  const db = await openDatabase(path);
  try {
    const epoch = newEpoch();
    const count = db.transactionSync(() => {
      const transaction = followLast(db, path);
      db.put(MARK_KEY, [epoch, transaction]);
      setLatest(new LmdbRows(db), now);
      return transaction;
    });
    Witness.make(witness, { epoch, count, latest: now });
  } finally {
    await db.close();
  }
}

/** Reads all rows. @throws StoreError `store.damaged` */
export async function checkRows(path: string): Promise<void> {
  const db = await openDatabase(path);
  try {
    if (readMark(db) !== undefined) new LmdbRows(db).check();
  } finally {
    await db.close();
  }
}

// Locked by a transaction, so that of two processes that begin at once, one does.
function begin(db: Database, { path, witness }: Place): void {
  db.transactionSync(() => {
    followLast(db, path);
    if (readMark(db) === undefined) db.put(MARK_KEY, [newEpoch(), 0]);
  });
  db.transactionSync(() => {
    followLast(db, path);
    const mark = readMark(db);
    if (mark?.count === 0 && identify(witness) === undefined) Witness.make(witness, { ...mark, latest: 0 });
  });
}

function newEpoch(): string {
  return randomBytes(16).toString('hex');
}

// Nobody commits meanwhile.
function markOf(db: Database, rows: Rows, { path }: Place): Mark | undefined {
  return db.transactionSync(() => {
    followLast(db, path);
    const mark = readMark(db);
    return mark && { ...mark, latest: latestOf(rows) };
  });
}

function readMark(db: Database): Omit<Mark, 'latest'> | undefined {
  const mark: unknown = db.get(MARK_KEY);
  if (mark === undefined) {
    if (db.getKeysCount({ limit: 1 }) > 0) throw new StoreError('store.damaged', { detail: 'no mark' });
    return undefined;
  }
  if (!Array.isArray(mark) || mark.length !== 2) throw new StoreError('store.damaged', { detail: 'mark' });
  const [epoch, count] = mark;
  if (typeof epoch !== 'string' || !Number.isSafeInteger(count))
    throw new StoreError('store.damaged', { detail: 'mark' });
  return { epoch, count };
}
