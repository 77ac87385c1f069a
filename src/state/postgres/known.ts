import type { Charge } from '../store.ts';
import { lastTold, type Told } from '../told.ts';

/** What a store was told by the database: which store it is, and nonces that it has. */
interface Store {
  readonly epoch: string;
  nonces: readonly Told[];
}

/** What is sent with a call, so that a database that is not what it was is noticed (spec §9.6.6). */
export type Remembered = Store | { readonly epoch: null; readonly nonces: readonly [] };

const NOTHING: Remembered = { epoch: null, nonces: [] };

/** What one store remembers of what it was told, for as long as it is there. */
export class Known {
  #told: Store | undefined;

  get remembered(): Remembered {
    return this.#told ?? NOTHING;
  }

  /** Takes what an answer told: the epoch, where there is a store, and what was charged, where it was. */
  learn(sent: Remembered, epoch: string | null, charged: Charge['operations'] = []): void {
    if (epoch === null) return;
    if (this.#told?.epoch !== epoch) {
      // An answer that comes late tells of what was before the store was accepted.
      if (this.remembered !== sent) return;
      this.#told = { epoch, nonces: [] };
    }
    const told = this.#told as Store;
    told.nonces = lastTold(told.nonces, charged);
  }

  /** Takes an epoch that was accepted by this very store. */
  accept(epoch: string): void {
    this.#told = { epoch, nonces: [] };
  }
}
