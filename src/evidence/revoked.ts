import { compareBytes } from '../bytes.ts';
import { degenerate, expectArray, expectBytes, expectTime } from '../cbor/expect.ts';
import { isAscending } from '../cbor/read.ts';
import type { CborValue } from '../cbor/value.ts';
import { refuse } from '../errors.ts';

const LENGTH = 32;

/**
 * The ids that a status revokes, sorted, in one piece of memory: 40 bytes each.
 *
 * A look-up is a binary search, so a list of 100,000 takes some 17 comparisons.
 */
export class RevokedIds {
  readonly size: number;
  /** All ids in order, without gaps. */
  readonly bytes: Uint8Array;
  /** When the issuer may drop each, in the order of the ids, in Unix seconds. */
  readonly untils: Float64Array;

  constructor(bytes: Uint8Array, untils: Float64Array) {
    this.size = untils.length;
    this.bytes = bytes;
    this.untils = untils;
  }

  has(id: Uint8Array): boolean {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = this.#compareAt(middle, id);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }

  /** Each id, and when its issuer may drop it, in Unix seconds. */
  *[Symbol.iterator](): Generator<{ readonly id: Uint8Array; readonly until: number }> {
    for (const [i, until] of this.untils.entries()) yield { id: this.#idAt(i).slice(), until };
  }

  // Without a view of each, which costs more than to compare.
  #compareAt(i: number, id: Uint8Array): number {
    for (let at = 0; at < LENGTH; at++) {
      const difference = (this.bytes[LENGTH * i + at] as number) - (id[at] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #idAt(i: number): Uint8Array {
    return this.bytes.subarray(LENGTH * i, LENGTH * (i + 1));
  }
}

/** Reads a list of revoked ids, whose length only the bytes of its status bound. @throws DecodeError `claim.*` */
export function parseRevoked(value: CborValue, path: string): RevokedIds {
  const entries = expectArray(value, path, 0, Number.POSITIVE_INFINITY);
  const bytes = new Uint8Array(LENGTH * entries.length);
  const untils = new Float64Array(entries.length);
  for (const [i, entry] of entries.entries()) {
    const [id, until] = expectArray(entry, path, 2, 2) as [CborValue, CborValue];
    bytes.set(expectBytes(id, path, LENGTH), LENGTH * i);
    untils[i] = expectTime(until, path);
  }
  if (!isAscending(entries)) refuse('claim.set', path);
  for (let i = 1; i < entries.length; i++) {
    const [before, own] = [
      bytes.subarray(LENGTH * (i - 1), LENGTH * i),
      bytes.subarray(LENGTH * i, LENGTH * (i + 1)),
    ];
    // Ascending for their times alone: one id has one.
    if (compareBytes(before, own) === 0) return degenerate(path);
  }
  return new RevokedIds(bytes, untils);
}
