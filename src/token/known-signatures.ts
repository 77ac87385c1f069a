import { equal, toHex } from '../bytes.ts';
import { sameKey } from '../keys/key-claim.ts';
import { PublicKey } from '../keys/public-key.ts';

interface Known {
  readonly by: PublicKey;
  readonly proof: Uint8Array;
  readonly next: PublicKey;
}

/**
 * The signatures of blocks that a verifier has seen to hold, so that a chain that comes again, and a child of one, costs
 * only what is new (spec §8).
 *
 * A cryptographic fact each: which key, which bytes, which signature. Nothing is kept that time, trust, status or policy
 * could change; all of that is judged at every request. A verifier of `createVerifier` has one of its own.
 *
 * @example
 * const known = new KnownSignatures(1000)
 * const chain = verify(decode(text), trust, { known })
 */
export class KnownSignatures {
  // By the block id in hexadecimal, oldest first.
  readonly #known = new Map<string, Known>();
  readonly #most: number;

  /** @param most how many are kept; the oldest goes first */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * The key that a block hands on to, where the block's signature is known to hold.
   *
   * @param id the block's, which is the SHA-256 of all that is signed
   * @param by the key that is to have signed it
   */
  find(id: Uint8Array, by: PublicKey, proof: Uint8Array): PublicKey | undefined {
    const known = this.#known.get(toHex(id));
    return known && sameKey(known.by, by) && equal(known.proof, proof) ? known.next : undefined;
  }

  /**
   * Keeps a signature that was verified.
   *
   * @param next the key that the block hands on to
   * @returns a copy of it, which nobody else can change
   */
  add(id: Uint8Array, by: PublicKey, proof: Uint8Array, next: PublicKey): PublicKey {
    const known = { by: copy(by), proof: Uint8Array.from(proof), next: copy(next) };
    this.#known.set(toHex(id), known);
    if (this.#known.size > this.#most) this.#known.delete(this.#known.keys().next().value as string);
    return known.next;
  }
}

function copy({ bytes, algorithm }: PublicKey): PublicKey {
  return new PublicKey(bytes, algorithm);
}
