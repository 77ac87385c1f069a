import { randomBytes } from 'node:crypto';
import { StoreError } from '../../errors.ts';
import type { Answer } from './answer.ts';

/** What one verifier was told of a store, and says with every call (spec §9.6.6). */
export class Witness {
  #epoch = '';
  #count = 0;
  /** When the epoch was accepted, by the server's clock in microseconds; 0 where it never was. */
  #accepted = 0;

  /** What is remembered, and a name for a store that is new. */
  args(accepting: boolean): string[] {
    const fresh = accepting || this.#epoch === '' ? randomBytes(16).toString('hex') : '';
    return [this.#epoch, String(this.#count), String(this.#accepted), fresh];
  }

  /** @throws StoreError `store.lost` where an answer is of another store than an answer before it */
  learn({ epoch, count, accepted }: Answer): void {
    if (epoch === this.#epoch) this.#count = Math.max(this.#count, count);
    else if (this.#epoch === '' || accepted > this.#accepted) {
      this.#epoch = epoch;
      this.#count = count;
      this.#accepted = accepted;
    } else if (epoch === '' || accepted === this.#accepted) throw new StoreError('store.lost');
    // Else it is a late answer of the store before one that was accepted since.
  }
}
