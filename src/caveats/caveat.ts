import type { CborValue } from '../cbor/value.ts';
import type { Facts, Finding, Place } from '../facts.ts';

/** What enforcing a caveat takes (spec §5.5). */
export type Enforcement = 'static' | 'request' | 'state' | 'evidence';

/** What a verifier does with one kind of caveat; each kind has a file of its own. */
export interface Caveat<V> {
  /** The key in the payload of a block. */
  readonly key: number;
  /** Whether a store counts for it, which comes after all else (spec §9.3). */
  readonly counted?: boolean;
  /** Reads the value from the wire. @throws DecodeError `claim.*` */
  parse(value: CborValue, path: string): V;
  /** All that denies; none where the caveat holds. */
  check(value: V, facts: Facts, place: Place): readonly Finding[];
}

/** What minting and people need of a kind of caveat, apart so that a verifier carries none of it. */
export interface CaveatForm<V> {
  readonly enforcement: Enforcement;
  /** The wire form; sets may come in any order. */
  encode(value: V): CborValue;
  /**
   * Whether `inner`, `distance` hops below `outer`, provably asks for no more. Left out where another caveat of the
   * kind is another condition, and nothing can be wider.
   */
  contains?(outer: V, inner: V, distance: number): boolean;
  /** The value in words, a line each. */
  describe(value: V): readonly string[];
}
