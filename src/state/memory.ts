import { chargeRows, liftRows, lookRows, pruneRows, settleRows } from './ledger.ts';
import { Nonces } from './nonces.ts';
import type { Row, Rows } from './rows.ts';
import type { Store } from './store.ts';
import { Times } from './times.ts';

/** How much a store in memory may hold. */
export interface MemoryStoreOptions {
  /** Rows in all: one for each live nonce, counter, plan, reservation, and second of a window that was used. By default 1,000,000, of nonces some 80 MB. */
  readonly rows?: number;
}

/**
 * A store in the memory of this process: all is forgotten when it ends, and every decision says so. When it is full,
 * requests are denied with `store.full`; nothing that still counts is dropped.
 *
 * @throws TypeError where `rows` is no whole number from 1; compared with anything else, it would never be full
 * @example
 * const verifier = createVerifier({ trust, audience, store: memoryStore({ rows: 100_000 }) })
 */
export function memoryStore({ rows: max = 1_000_000 }: MemoryStoreOptions = {}): Store {
  if (!Number.isSafeInteger(max) || max < 1) throw new TypeError('rows is no whole number from 1');
  const rows = new MemoryRows(max);
  return {
    durable: false,
    charge: (charge) => chargeRows(rows, charge),
    settle: (settlement) => settleRows(rows, settlement),
    look: (charge) => lookRows(rows, charge),
    lift: (prefix, part) => liftRows(rows, prefix, part),
    prune: (now) => pruneRows(rows, now, Number.POSITIVE_INFINITY).dropped,
  };
}

class MemoryRows implements Rows {
  readonly #max: number;
  readonly #nonces = new Nonces();
  /** All other rows. */
  readonly #rows = new Map<string, Row>();
  /** The keys that may be forgotten at a time, of nonces the slots; `#times` has the times. */
  readonly #expiring = new Map<number, (string | number)[]>();
  readonly #times = new Times();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): Row | undefined {
    return Nonces.has(key) ? this.#nonces.get(key) : this.#rows.get(key);
  }

  add(key: string, row: Row, until: number): void {
    const named = this.set(key, row);
    const keys = this.#expiring.get(until);
    if (keys !== undefined) keys.push(named);
    else {
      this.#expiring.set(until, [named]);
      this.#times.add(until);
    }
  }

  set(key: string, row: Row): string | number {
    if (Nonces.has(key)) return this.#nonces.set(key, row as number);
    this.#rows.set(key, row);
    return key;
  }

  delete(key: string): void {
    if (Nonces.has(key)) this.#nonces.delete(key);
    else this.#rows.delete(key);
  }

  expired(before: number, max: number): string[] {
    const found: string[] = [];
    while (found.length < max && this.#times.first <= before) {
      const time = this.#times.first;
      const keys = this.#expiring.get(time) as (string | number)[];
      while (keys.length > 0 && found.length < max) found.push(this.#keyOf(keys.pop() as string | number));
      if (keys.length > 0) break;
      this.#expiring.delete(time);
      this.#times.shift();
    }
    return found;
  }

  *keys(prefix: string): Generator<string> {
    const nonces = 'o'.startsWith(prefix.slice(0, 1)) ? this.#nonces.keys() : [];
    for (const keys of [nonces, this.#rows.keys()])
      for (const key of keys) if (key.startsWith(prefix)) yield key;
  }

  room(): number {
    return this.#max - this.#nonces.size - this.#rows.size;
  }

  #keyOf(named: string | number): string {
    return typeof named === 'number' ? this.#nonces.keyAt(named) : named;
  }
}
