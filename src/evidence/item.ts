import type { Signed } from '../token/model.ts';

/** The kinds of evidence, and their numbers on the wire (spec §5.8). */
export const kinds: Readonly<Record<Kind, number>> = { status: 1, approval: 2, consent: 3 };

/** A kind of evidence, which is the label of its signature too. */
export type Kind = 'status' | 'approval' | 'consent';

/** One piece of evidence that was read. Nothing about it is verified: whoever has its key decides whether it counts. */
export interface Item<K extends Kind, Claims> extends Signed<Claims> {
  readonly kind: K;
  /** The thumbprint of the key that signed it, as it says. */
  readonly kid: Uint8Array;
  readonly proof: Uint8Array;
  /** All of it, as it stands on the wire. */
  readonly bytes: Uint8Array;
}
