import { equal, toBase64url } from '../bytes.ts';
import { sameKey } from '../keys/key-claim.ts';
import { PublicKey } from '../keys/public-key.ts';
import type { Link } from './links.ts';
import type { GrantClaims, HopClaims, Signed } from './model.ts';

type Claims = GrantClaims | HopClaims;

interface Known {
  /** Names the blocks from the root to this one. */
  readonly number: number;
  readonly claims: Claims;
  readonly link: Link;
  /** The signature that holds, and the key that it holds under. */
  readonly proof: Uint8Array;
  readonly by: PublicKey;
}

// What is larger is rare, and would let few tokens take much memory.
const LARGEST = 1024;

/**
 * The blocks of suite 2 that a verifier has met in chains that held, so that a chain that comes again, and a child of
 * one, costs only what is new (spec §8).
 *
 * It keeps what follows from bytes alone: what the exact bytes of a block behind exactly those before it say, what they
 * are signed as, and under which key which signature holds. Nothing is kept that time, trust, status or policy could
 * change; all of that is judged at every request. The claims that it gives are shared: nobody may change them.
 */
export class KnownBlocks {
  // By the bytes of the block and the number of those before it; oldest first.
  readonly #known = new Map<string, Known>();
  // One iterator for good: a new one would walk over all that was deleted before.
  readonly #oldest: Iterator<string> = this.#known.keys();
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
  claimsOf(above: Claims | undefined, header: Uint8Array, payload: Uint8Array): Claims | undefined {
    const name = this.#nameOf(above, header, payload);
    return name === undefined ? undefined : this.#known.get(name)?.claims;
  }

  /** What a block that is kept here is signed as, and its id. */
  linkOf(claims: Claims): Link | undefined {
    return this.#byClaims.get(claims)?.link;
  }

  /** Whether the signature of a block is known to hold under a key. */
  isSignedBy(key: PublicKey, { claims, proof }: Signed<Claims>): boolean {
    const known = this.#byClaims.get(claims);
    return !!known && !!proof && sameKey(known.by, key) && equal(known.proof, proof);
  }

  /**
   * Keeps a block of a chain that held.
   *
   * @param key that signed it
   */
  add(
    above: Claims | undefined,
    { header, payload, claims, proof }: Signed<Claims>,
    link: Link,
    key: PublicKey,
  ): void {
    // The value of an extension is its handler's to change.
    if (this.#byClaims.has(claims) || claims.ext !== undefined || proof === undefined) return;
    const name = this.#nameOf(above, header, payload);
    if (name === undefined || this.#known.has(name)) return;
    // Copies: a view would keep the whole token, and a key is the caller's.
    const by = new PublicKey(key.bytes, key.algorithm);
    const known: Known = { number: this.#count++, claims, link, proof: new Uint8Array(proof), by };
    this.#known.set(name, known);
    this.#byClaims.set(claims, known);
    if (this.#known.size > this.#most) this.#known.delete(this.#oldest.next().value as string);
  }

  // The header of a root says which key signed it, and has one length; that of a hop is always the same.
  #nameOf(above: Claims | undefined, header: Uint8Array, payload: Uint8Array): string | undefined {
    const before = above === undefined ? toBase64url(header) : this.#byClaims.get(above)?.number;
    return before === undefined || payload.length > LARGEST ? undefined : `${before} ${toBase64url(payload)}`;
  }
}
