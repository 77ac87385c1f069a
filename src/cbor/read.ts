import { createBrand } from '../brand.ts';
import { fromUtf8 } from '../bytes.ts';
import type { Code, Reason } from '../codes.ts';
import { DecodeError } from '../errors.ts';
import * as limits from '../limits.ts';
import type { CborMap, CborValue } from './value.ts';

// C0, DEL and C1; invisible and direction-changing characters; noncharacter-like fillers; language tags.
const FORBIDDEN =
  /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

// Which arrays have their elements in the order of their encodings, marked while those are at hand.
const ascending = createBrand();

/** Whether the elements of an array that was read are strictly ascending by encoding, as those of a set must be. */
export function isAscending(array: readonly CborValue[]): boolean {
  return array.length < 2 || ascending.has(array);
}

/**
 * Reads one deterministically encoded CBOR item of the profile and nothing else (spec §3.1; RFC 8949 §4.2.1).
 *
 * One pass scans and builds at once. Byte strings of the result are views into `bytes`.
 *
 * @param path where the item stands in something larger; errors name it
 * @param entries the greatest number of elements of an array or pairs of a map; a status may list more than others
 * @throws DecodeError `cbor.*`, `limit.depth`, `limit.text`, `limit.entries`, with the offset of the bad byte
 * @example
 * readCbor(Uint8Array.of(0x82, 1, 0xf5)) // [1, true]
 */
export function readCbor(bytes: Uint8Array, path?: string, entries: number = limits.entries): CborValue {
  const reader = new Reader(bytes, path, entries);
  const value = reader.item(1);
  return reader.at < bytes.length ? reader.fail('trailing', reader.at) : value;
}

// A class and no closures, which would be made anew for every item that is read.
class Reader {
  readonly bytes: Uint8Array;
  readonly path: string | undefined;
  readonly entries: number;
  at = 0;

  constructor(bytes: Uint8Array, path: string | undefined, entries: number) {
    this.bytes = bytes;
    this.path = path;
    this.entries = entries;
  }

  fail(reason: Reason<'cbor'>, offset: number): never {
    return this.raise(`cbor.${reason}`, offset);
  }

  raise(code: Code, offset: number): never {
    throw new DecodeError(code, { path: this.path, offset });
  }

  // Moves behind so many bytes, and says where that is.
  skip(length: number, start: number): number {
    if (length > this.bytes.length - this.at) this.fail('truncated', start);
    this.at += length;
    return this.at;
  }

  // How the item at `before` and the one read last are ordered; no encoding is the beginning of another.
  compare(before: number, start: number): number {
    for (let i = 0; start + i < this.at; i++) {
      const difference = (this.bytes[before + i] as number) - (this.bytes[start + i] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  argument(info: number, start: number): number {
    if (info < 24) return info;
    const size = 2 ** (info - 24);
    const end = this.skip(size, start);
    let argument = 0;
    for (let i = end - size; i < end; i++) argument = argument * 256 + (this.bytes[i] as number);
    if (argument < (size === 1 ? 24 : 256 ** (size / 2))) this.fail('not-shortest', start);
    return argument > Number.MAX_SAFE_INTEGER ? this.fail('integer', start) : argument;
  }

  text(length: number, start: number): string {
    const from = this.at;
    const end = this.skip(length, start);
    if (length > limits.text) this.raise('limit.text', start);
    // Nearly all text is printable ASCII, which needs neither the decoder nor the expression.
    const codes: number[] = [];
    for (let i = from; i < end; i++) {
      const code = this.bytes[i] as number;
      if (code < 0x20 || code > 0x7e) break;
      codes.push(code);
    }
    if (codes.length === length) return String.fromCharCode(...codes);
    const text = fromUtf8(this.bytes.subarray(from, end)) ?? this.fail('utf8', start);
    return FORBIDDEN.test(text) ? this.fail('character', start) : text;
  }

  array(length: number, depth: number): CborValue[] {
    const array: CborValue[] = [];
    let sorted = length > 1;
    let before = this.at;
    for (let i = 0; i < length; i++) {
      const start = this.at;
      array.push(this.item(depth + 1));
      sorted &&= i === 0 || this.compare(before, start) < 0;
      before = start;
    }
    if (sorted) ascending.add(array);
    return array;
  }

  map(pairs: number, depth: number): CborMap {
    const map = new Map<number | string, CborValue>();
    let before = this.at;
    for (let i = 0; i < pairs; i++) {
      const start = this.at;
      const key = this.item(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'string') return this.fail('key-type', start);
      const order = i > 0 ? this.compare(before, start) : -1;
      if (order >= 0) this.fail(order > 0 ? 'key-order' : 'duplicate-key', start);
      before = start;
      map.set(key, this.item(depth + 1));
    }
    return map;
  }

  item(depth: number): CborValue {
    const start = this.at;
    const initial = this.bytes[this.skip(1, start) - 1] as number;
    const major = initial >> 5;
    const info = initial & 31;
    if (major === 6) this.fail('tag', start);
    if (info > 27) this.fail(info === 31 ? 'indefinite' : 'reserved', start);
    if (major === 7) {
      if (info === 20 || info === 21) return info === 21;
      this.fail(info > 24 ? 'float' : 'simple', start);
    }
    const argument = this.argument(info, start);
    if (major === 0) return argument;
    if (major === 1) return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : this.fail('integer', start);
    if (major === 2) return this.bytes.subarray(this.at, this.skip(argument, start));
    if (major === 3) return this.text(argument, start);
    if (depth > limits.depth) this.raise('limit.depth', start);
    if (argument > this.entries) this.raise('limit.entries', start);
    return major === 5 ? this.map(argument, depth) : this.array(argument, depth);
  }
}
