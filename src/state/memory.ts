import { chargeRows, liftRows, lookRows, pruneRows, settleRows } from './ledger.ts';
import type { Row, Rows } from './rows.ts';
import type { Store } from './store.ts';
import { Times } from './times.ts';

/** How much a store in memory may hold. */
export interface MemoryStoreOptions {
  /** Rows in all: one for each live nonce, counter, plan, reservation, and second of a window that was used. By default 1,000,000, of nonces some 110 MB. */
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
  readonly #rows = new Map<string, Row>();
  /** The keys that may be forgotten at a time; `#times` has the times. */
  readonly #expiring = new Map<number, string[]>();
  readonly #times = new Times();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  add(built: string, row: Row, until: number): void {
    // The engine keeps the parts that a key was put together from, unless they are joined.
    const key = [built.slice(0, 1), built.slice(1)].join('');
    this.#rows.set(key, row);
    const keys = this.#expiring.get(until);
    if (keys !== undefined) keys.push(key);
    else {
      this.#expiring.set(until, [key]);
      this.#times.add(until);
    }
  }

  set(key: string, row: Row): void {
    this.#rows.set(key, row);
  }

  delete(key: string): void {
    this.#rows.delete(key);
  }

  expired(before: number, max: number): string[] {
    const found: string[] = [];
    while (found.length < max && this.#times.first <= before) {
      const time = this.#times.first;
      const keys = this.#expiring.get(time) as string[];
      while (keys.length > 0 && found.length < max) found.push(keys.pop() as string);
      if (keys.length > 0) break;
      this.#expiring.delete(time);
      this.#times.shift();
    }
    return found;
  }

  *keys(prefix: string): Generator<string> {
    for (const key of this.#rows.keys()) if (key.startsWith(prefix)) yield key;
  }

  room(): number {
    return this.#max - this.#rows.size;
  }
}
