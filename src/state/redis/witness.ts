import { randomBytes } from 'node:crypto';
import { StoreError } from '../../errors.ts';
import type { Operation } from '../store.ts';
import { lastTold, type Told } from '../told.ts';
import type { Answer } from './answer.ts';
import { numeral } from './ask.ts';

/** What one verifier was told of a store, and says with every call (spec §9.6.6). */
export class Witness {
  #epoch = '';
  #count = 0;
  /** When the epoch was accepted, by the server's clock in microseconds; 0 where it never was. */
  #accepted = 0;
  /** Beside the count, since others may make up for one that went back. */
  #nonces: readonly Told[] = [];

  /** What is remembered, and a name for a store that is new. */
  args(accepting: boolean): string[] {
    const fresh = accepting || this.#epoch === '' ? randomBytes(16).toString('hex') : '';
    const known = [this.#epoch, String(this.#count), String(this.#accepted), fresh];
    const nonces = this.#nonces.flatMap(([key, until]) => [key, numeral(until)]);
    return [...known, String(this.#nonces.length), ...nonces];
  }

  /** @throws StoreError `store.lost` where an answer is of another store than an answer before it */
  learn({ epoch, count, accepted }: Answer): void {
    if (epoch === this.#epoch) this.#count = Math.max(this.#count, count);
    else if (this.#epoch === '' || accepted > this.#accepted) {
      this.#epoch = epoch;
      this.#count = count;
      this.#accepted = accepted;
      this.#nonces = [];
    } else if (epoch === '' || accepted === this.#accepted) throw new StoreError('store.lost');
    // Else it is a late answer of the store before one that was accepted since.
  }

  /** Takes what an answer said is charged. */
  remember({ epoch }: Answer, charged: readonly Operation[]): void {
    if (epoch === this.#epoch) this.#nonces = lastTold(this.#nonces, charged);
  }
}
