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
  /** Whether `outer` provably admits all that `inner` admits (spec §9.5). */
  contains(outer: V, inner: V): boolean;
  /** One value that admits exactly what both admit; `undefined` where only both of them say it. */
  meet(a: V, b: V): V | undefined;
  /**
   * Where `inner` is not contained: whether a hop with it asks for more than `outer` above it has. Left out, it does;
   * present where a value is a list of conditions, to which a hop may add.
   */
  exceeds?(outer: V, inner: V): boolean;
  /** How much work it is to compare the value with a light one; left out where that is next to none. */
  weigh?(value: V): number;
  /** What is left of the value so many hops further down; left out where that is all of it. */
  below?(value: V, hops: number): V;
  /** The value in words, a line each. */
  describe(value: V): readonly string[];
}
