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
  return ascending.has(array);
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
  let at = 0;

  const fail = (reason: Reason<'cbor'>, offset: number): never => raise(`cbor.${reason}`, offset);

  const raise = (code: Code, offset: number): never => {
    throw new DecodeError(code, { path, offset });
  };

  // Moves behind so many bytes, and says where that is.
  const skip = (length: number, start: number): number => {
    if (length > bytes.length - at) fail('truncated', start);
    at += length;
    return at;
  };

  // How the item at `before` and the one read last are ordered; no encoding is the beginning of another.
  const compare = (before: number, start: number): number => {
    for (let i = 0; start + i < at; i++) {
      const difference = (bytes[before + i] as number) - (bytes[start + i] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  };

  const readArgument = (info: number, start: number): number => {
    if (info < 24) return info;
    const size = 2 ** (info - 24);
    const end = skip(size, start);
    let argument = 0;
    for (let i = end - size; i < end; i++) argument = argument * 256 + (bytes[i] as number);
    if (argument < (size === 1 ? 24 : 256 ** (size / 2))) fail('not-shortest', start);
    return argument > Number.MAX_SAFE_INTEGER ? fail('integer', start) : argument;
  };

  const readText = (length: number, start: number): string => {
    const from = at;
    const end = skip(length, start);
    if (length > limits.text) raise('limit.text', start);
    // Nearly all text is printable ASCII, which needs neither the decoder nor the expression.
    const codes: number[] = [];
    for (let i = from; i < end; i++) {
      const code = bytes[i] as number;
      if (code < 0x20 || code > 0x7e) break;
      codes.push(code);
    }
    if (codes.length === length) return String.fromCharCode(...codes);
    const text = fromUtf8(bytes.subarray(from, end)) ?? fail('utf8', start);
    return FORBIDDEN.test(text) ? fail('character', start) : text;
  };

  const readSimple = (info: number, start: number): boolean => {
    if (info === 20 || info === 21) return info === 21;
    return fail(info > 24 ? 'float' : 'simple', start);
  };

  const readArray = (length: number, depth: number): CborValue[] => {
    const array: CborValue[] = [];
    let sorted = true;
    let before = at;
    for (let i = 0; i < length; i++) {
      const start = at;
      array.push(readItem(depth + 1));
      sorted &&= i === 0 || compare(before, start) < 0;
      before = start;
    }
    if (sorted) ascending.add(array);
    return array;
  };

  const readMap = (pairs: number, depth: number): CborMap => {
    const map = new Map<number | string, CborValue>();
    let before = at;
    for (let i = 0; i < pairs; i++) {
      const start = at;
      const key = readItem(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'string') return fail('key-type', start);
      const order = i > 0 ? compare(before, start) : -1;
      if (order >= 0) fail(order > 0 ? 'key-order' : 'duplicate-key', start);
      before = start;
      map.set(key, readItem(depth + 1));
    }
    return map;
  };

  const readItem = (depth: number): CborValue => {
    const start = at;
    const initial = bytes[skip(1, start) - 1] as number;
    const major = initial >> 5;
    const info = initial & 31;
    if (major === 6) fail('tag', start);
    if (info > 27) fail(info === 31 ? 'indefinite' : 'reserved', start);
    if (major === 7) return readSimple(info, start);
    const argument = readArgument(info, start);
    if (major === 0) return argument;
    if (major === 1) return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : fail('integer', start);
    if (major === 2) return bytes.subarray(at, skip(argument, start));
    if (major === 3) return readText(argument, start);
    if (depth > limits.depth) raise('limit.depth', start);
    if (argument > entries) raise('limit.entries', start);
    return major === 5 ? readMap(argument, depth) : readArray(argument, depth);
  };

  const value = readItem(1);
  return at < bytes.length ? fail('trailing', at) : value;
}
