import type { Charge } from '../store.ts';

/** How many nonces are remembered; one would do, were it not that the last may just come to its end. */
const REMEMBERED = 8;

type Nonce = readonly [key: string, until: number];

/** What a store was told by the database: which store it is, and nonces that it has. */
interface Told {
  readonly epoch: string;
  nonces: readonly Nonce[];
}

/** What is sent with a call, so that a database that is not what it was is noticed (spec §9.6.6). */
export type Remembered = Told | { readonly epoch: null; readonly nonces: readonly [] };

const NOTHING: Remembered = { epoch: null, nonces: [] };

/** What one store remembers of what it was told, for as long as it is there. */
export class Known {
  #told: Told | undefined;

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
    const told = this.#told as Told;
    const nonces = charged.flatMap((operation): Nonce[] =>
      operation.kind === 'once' ? [[operation.key, operation.until]] : [],
    );
    if (nonces.length > 0) told.nonces = [...told.nonces, ...nonces].slice(-REMEMBERED);
  }

  /** Takes an epoch that was accepted by this very store. */
  accept(epoch: string): void {
    this.#told = { epoch, nonces: [] };
  }
}
