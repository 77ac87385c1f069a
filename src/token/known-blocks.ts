import { equal } from '../bytes.ts';
import { type CborValue, isBytes } from '../cbor/value.ts';
import { sameKey } from '../keys/key-claim.ts';
import { copyKey, type PublicKey } from '../keys/public-key.ts';
import type { Link } from './links.ts';
import type { GrantClaims, HopClaims, Signed } from './model.ts';

type Block = Signed<GrantClaims | HopClaims>;

/** A block of a chain that held. */
export class Known {
  /** Names the blocks from the root to this one. */
  readonly number: number;
  /** The number of the one above; 0 where there is none. */
  readonly above: number;
  readonly claims: GrantClaims | HopClaims;
  readonly link: Link;
  readonly #header: Uint8Array;
  readonly #payload: Uint8Array;
  readonly #proof: Uint8Array;
  readonly #by: PublicKey;

  /** @param by the key that its signature holds under */
  constructor(
    number: number,
    above: number,
    { header, payload, claims, proof }: Block,
    link: Link,
    by: PublicKey,
  ) {
    this.number = number;
    this.above = above;
    this.claims = claims;
    this.link = link;
    // Copies: a view would keep the whole token, and a key is the caller's. What is signed ends in the payload.
    this.#header = new Uint8Array(header);
    this.#payload = link.signed.subarray(-payload.length);
    this.#proof = new Uint8Array(proof ?? []);
    this.#by = copyKey(by);
  }

  hasProof(proof: Uint8Array): boolean {
    return equal(this.#proof, proof);
  }

  /** Whether these bytes say the same. */
  says(header: Uint8Array, payload: Uint8Array): boolean {
    return equal(this.#payload, payload) && equal(this.#header, header);
  }

  /** Whether its signature is known to hold under a key. */
  isSignedBy(key: PublicKey): boolean {
    return sameKey(this.#by, key);
  }
}

// What is known stands in sets of so many by the beginning of its signature, where the newest takes the place of the oldest.
// A map in the order of time would be moved again and again, and its old copies keep what was dropped from it.
const WAYS = 4;

// Larger ones would take more memory than all others.
const LARGEST = 2_048;

/**
 * The blocks of suite 2 that a verifier has met in chains that held, so that a chain that comes again, and a child of
 * one, costs only what is new (spec §8).
 *
 * It keeps what follows from bytes alone: what the exact bytes of a block behind exactly those before it say, what they
 * are signed as, and under which key which signature holds. Nothing is kept that time, trust, status or policy could
 * change; all of that is judged at every request. The claims that it gives are shared by all who ask, and
 * nobody may change them: a decision of them is detached before it is handed out.
 */
export class KnownBlocks {
  readonly #slots: (Known | undefined)[];
  #count = 0;

  /** @param most how many blocks are kept, a multiple of 4 */
  constructor(most: number) {
    this.#slots = Array(most).fill(undefined);
  }

  /**
   * The block of these bytes.
   *
   * @param above what was found of the block above; `null` for a root, which has none
   */
  find(
    above: Known | null | undefined,
    header: Uint8Array,
    payload: Uint8Array,
    proof: CborValue | undefined,
  ): Known | undefined {
    if (above === undefined || !isBytes(proof)) return undefined;
    const before = above?.number ?? 0;
    return this.#pick(proof, (known) => known.above === before && known.says(header, payload));
  }

  /** What is kept of the blocks of a token; of each whose claims are of here. */
  recall(blocks: readonly Block[]): readonly (Known | undefined)[] {
    return blocks.map(({ claims, proof }) => proof && this.#pick(proof, (known) => known.claims === claims));
  }

  /**
   * Keeps the blocks of a chain that held, up to one that is not to be kept.
   *
   * @param met what was kept of them before
   * @param keys that signed them
   */
  add(
    blocks: readonly Block[],
    met: readonly (Known | undefined)[],
    links: readonly Link[],
    keys: readonly PublicKey[],
  ): void {
    let above = 0;
    for (const [i, block] of blocks.entries()) {
      const known = met[i] ?? this.#keep(above, block, links[i] as Link, keys[i] as PublicKey);
      if (known === undefined) return;
      above = known.number;
    }
  }

  #keep(above: number, block: Block, link: Link, by: PublicKey): Known | undefined {
    const { payload, claims, proof } = block;
    // The value of an extension is its handler's to change.
    if (proof === undefined || claims.ext !== undefined || payload.length > LARGEST) return undefined;
    const set = this.#setOf(proof);
    let oldest = set;
    for (let i = set; i < set + WAYS; i++) if (this.#ageOf(i) < this.#ageOf(oldest)) oldest = i;
    const known = new Known(++this.#count, above, block, link, by);
    this.#slots[oldest] = known;
    return known;
  }

  #pick(proof: Uint8Array, is: (known: Known) => boolean): Known | undefined {
    const set = this.#setOf(proof);
    for (let i = set; i < set + WAYS; i++) {
      const known = this.#slots[i];
      if (known !== undefined && is(known) && known.hasProof(proof)) return known;
    }
    return undefined;
  }

  #setOf(proof: Uint8Array): number {
    return (WAYS * ((proof[0] ?? 0) | ((proof[1] ?? 0) << 8))) % this.#slots.length;
  }

  #ageOf(slot: number): number {
    return this.#slots[slot]?.number ?? 0;
  }
}
