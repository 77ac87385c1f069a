import { equal, toBase64url } from '../bytes.ts';
import { sameKey } from '../keys/key-claim.ts';
import { PublicKey } from '../keys/public-key.ts';
import type { Suite } from '../keys/suite.ts';
import type { Link } from './links.ts';
import type { GrantClaims, HopClaims, Signed } from './model.ts';

type Claims = GrantClaims | HopClaims;

interface Known {
  /** Names the blocks from the root to this one. */
  readonly number: number;
  readonly claims: Claims;
  readonly link: Link;
  /** In suite 2: that this signature by this key holds. */
  readonly signature?: { readonly by: PublicKey; readonly proof: Uint8Array };
}

// What is larger is rare, and would let few tokens take much memory.
const LARGEST = 1024;

/**
 * The blocks that a verifier has met in chains that held, so that a chain that comes again, and a child of one, costs
 * only what is new (spec §8).
 *
 * It keeps what follows from bytes alone: what the exact bytes of a block behind exactly those before it say, what they
 * are signed as, and under which key which signature holds. Nothing is kept that time, trust, status or policy could
 * change; all of that is judged at every request. A verifier of `createVerifier` has one of its own.
 *
 * @example
 * const known = new KnownBlocks(1000)
 * const chain = verify(decode(text, { known }), trust, { known })
 */
export class KnownBlocks {
  // By the bytes of the block and the number of those before it; oldest first.
  readonly #known = new Map<string, Known>();
  readonly #byClaims = new WeakMap<Claims, Known>();
  readonly #most: number;
  #count = 0;

  /** @param most how many blocks are kept; the oldest goes first */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * What the bytes of a block say.
   *
   * @param above the claims of the block above, as they were given or kept here; none for a root
   */
  claimsOf(
    suite: Suite,
    above: Claims | undefined,
    header: Uint8Array,
    payload: Uint8Array,
  ): Claims | undefined {
    const name = this.#nameOf(suite, above, header, payload);
    return name === undefined ? undefined : this.#known.get(name)?.claims;
  }

  /** What a block that is kept here is signed as, and its id. */
  linkOf(claims: Claims): Link | undefined {
    return this.#byClaims.get(claims)?.link;
  }

  /** Whether a signature is known to hold over a block that is kept here. */
  isSignedBy(key: PublicKey, { claims, proof }: Signed<Claims>): boolean {
    const signature = this.#byClaims.get(claims)?.signature;
    return (
      signature !== undefined &&
      proof !== undefined &&
      sameKey(signature.by, key) &&
      equal(signature.proof, proof)
    );
  }

  /** Keeps a block of a chain that held. @param by the key that signed it, in suite 2 */
  add(
    suite: Suite,
    above: Claims | undefined,
    { header, payload, claims, proof }: Signed<Claims>,
    link: Link,
    by: PublicKey | undefined,
  ): void {
    // What a handler is given of an extension is its own to change.
    if (this.#byClaims.has(claims) || claims.ext !== undefined) return;
    const name = this.#nameOf(suite, above, header, payload);
    if (name === undefined || this.#known.has(name)) return;
    // Others are given the claims in decisions, and must not change them for the next request.
    freeze(claims);
    const known: Known = {
      number: this.#count++,
      claims,
      link,
      // Copies, since a view would keep the whole token, and a key is the caller's.
      ...(by &&
        proof && { signature: { by: new PublicKey(by.bytes, by.algorithm), proof: Uint8Array.from(proof) } }),
    };
    this.#known.set(name, known);
    this.#byClaims.set(claims, known);
    if (this.#known.size > this.#most) this.#known.delete(this.#known.keys().next().value as string);
  }

  // The header is of a fixed length for a suite and a place, so its bytes and those behind it can be no other block's.
  #nameOf(
    suite: Suite,
    above: Claims | undefined,
    header: Uint8Array,
    payload: Uint8Array,
  ): string | undefined {
    const before = above === undefined ? suite : this.#byClaims.get(above)?.number;
    if (before === undefined || payload.length > LARGEST) return undefined;
    return `${before} ${toBase64url(header)} ${toBase64url(payload)}`;
  }
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  Object.freeze(value);
  for (const item of Object.values(value)) freeze(item);
}
