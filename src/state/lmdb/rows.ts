import { StoreError } from '../../errors.ts';
import type { Row, Rows } from '../rows.ts';
import { isRow } from '../shape.ts';
import type { Database } from './database.ts';

/** Where the keys of the index by time begin; no row of the engine does. */
const INDEX = 't';

/** The key of what says which store it is, and how far it has come. */
export const MARK = '#';

/** The rows of a database, inside of its transactions or, to be read only, of a snapshot. */
export class LmdbRows implements Rows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(key: string): Row | undefined {
    const row: unknown = this.#db.get(bytesOf(key));
    if (row === undefined || isRow(key, row)) return row;
    throw new StoreError('store.damaged', { detail: 'row' });
  }

  add(key: string, row: Row, until: number): void {
    this.set(key, row);
    // What has no end is never forgotten.
    if (Number.isFinite(until)) this.set(INDEX + timeOf(until) + key, until);
  }

  set(key: string, row: Row): void {
    this.#db.put(bytesOf(key), row);
  }

  delete(key: string): void {
    this.#db.remove(bytesOf(key));
  }

  expired(before: number, max: number): string[] {
    const end = bytesOf(INDEX + timeOf(before + 1));
    const found = [
      ...this.#db.getKeys({ start: bytesOf(INDEX), end, ...(Number.isFinite(max) && { limit: max }) }),
    ];
    return found.map((bytes) => {
      const key = textOf(bytes);
      this.delete(key);
      return key.slice(INDEX.length + TIME_DIGITS);
    });
  }

  *keys(prefix: string): Generator<string> {
    for (const bytes of this.#db.getKeys({ start: bytesOf(prefix) })) {
      const key = textOf(bytes);
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }

  /** Reads every row. @throws StoreError `store.damaged` */
  check(): void {
    for (const key of this.keys(''))
      if (key.startsWith(INDEX)) {
        if (typeof this.#db.get(bytesOf(key)) !== 'number')
          throw new StoreError('store.damaged', { detail: 'index' });
      } else if (key !== MARK) this.get(key);
  }

  room(): number {
    return Number.POSITIVE_INFINITY;
  }
}

const TIME_DIGITS = 14;

// Seconds in hexadecimal, of so many digits that the order of keys is the order of times.
function timeOf(seconds: number): string {
  return Math.max(0, Math.ceil(seconds)).toString(16).padStart(TIME_DIGITS, '0');
}

function bytesOf(key: string): Buffer {
  return Buffer.from(key, 'latin1');
}

function textOf(bytes: unknown): string {
  return Buffer.from(bytes as Uint8Array).toString('latin1');
}
