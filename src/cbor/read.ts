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
  const reading = { bytes, path, entries, at: 0 };
  const value = readItem(reading, 1);
  return reading.at < bytes.length ? fail(reading, 'trailing', reading.at) : value;
}

// Passed along, since closures would be made anew for every item that is read.
interface Reading {
  readonly bytes: Uint8Array;
  readonly path: string | undefined;
  readonly entries: number;
  at: number;
}

function fail(reading: Reading, reason: Reason<'cbor'>, offset: number): never {
  return raise(reading, `cbor.${reason}`, offset);
}

function raise({ path }: Reading, code: Code, offset: number): never {
  throw new DecodeError(code, { path, offset });
}

/** Moves behind so many bytes, and says where that is. */
function skip(reading: Reading, length: number, start: number): number {
  if (length > reading.bytes.length - reading.at) fail(reading, 'truncated', start);
  reading.at += length;
  return reading.at;
}

/** How the item at `before` and the one read last are ordered; no encoding is the beginning of another. */
function compare({ bytes, at }: Reading, before: number, start: number): number {
  for (let i = 0; start + i < at; i++) {
    const difference = (bytes[before + i] as number) - (bytes[start + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function readArgument(reading: Reading, info: number, start: number): number {
  if (info < 24) return info;
  const size = 2 ** (info - 24);
  const end = skip(reading, size, start);
  let argument = 0;
  for (let i = end - size; i < end; i++) argument = argument * 256 + (reading.bytes[i] as number);
  if (argument < (size === 1 ? 24 : 256 ** (size / 2))) fail(reading, 'not-shortest', start);
  return argument > Number.MAX_SAFE_INTEGER ? fail(reading, 'integer', start) : argument;
}

function readText(reading: Reading, length: number, start: number): string {
  const { bytes, at } = reading;
  const end = skip(reading, length, start);
  if (length > limits.text) raise(reading, 'limit.text', start);
  // Nearly all text is printable ASCII, which needs neither the decoder nor the expression.
  const codes: number[] = [];
  for (let i = at; i < end; i++) {
    const code = bytes[i] as number;
    if (code < 0x20 || code > 0x7e) break;
    codes.push(code);
  }
  if (codes.length === length) return String.fromCharCode(...codes);
  const text = fromUtf8(bytes.subarray(at, end)) ?? fail(reading, 'utf8', start);
  return FORBIDDEN.test(text) ? fail(reading, 'character', start) : text;
}

function readArray(reading: Reading, length: number, depth: number): CborValue[] {
  const array: CborValue[] = [];
  let sorted = length > 1;
  let before = reading.at;
  for (let i = 0; i < length; i++) {
    const start = reading.at;
    array.push(readItem(reading, depth + 1));
    sorted &&= i === 0 || compare(reading, before, start) < 0;
    before = start;
  }
  if (sorted) ascending.add(array);
  return array;
}

function readMap(reading: Reading, pairs: number, depth: number): CborMap {
  const map = new Map<number | string, CborValue>();
  let before = reading.at;
  for (let i = 0; i < pairs; i++) {
    const start = reading.at;
    const key = readItem(reading, depth + 1);
    if (typeof key !== 'number' && typeof key !== 'string') return fail(reading, 'key-type', start);
    const order = i > 0 ? compare(reading, before, start) : -1;
    if (order >= 0) fail(reading, order > 0 ? 'key-order' : 'duplicate-key', start);
    before = start;
    map.set(key, readItem(reading, depth + 1));
  }
  return map;
}

function readItem(reading: Reading, depth: number): CborValue {
  const start = reading.at;
  const initial = reading.bytes[skip(reading, 1, start) - 1] as number;
  const major = initial >> 5;
  const info = initial & 31;
  if (major === 6) fail(reading, 'tag', start);
  if (info > 27) fail(reading, info === 31 ? 'indefinite' : 'reserved', start);
  if (major === 7) {
    if (info === 20 || info === 21) return info === 21;
    fail(reading, info > 24 ? 'float' : 'simple', start);
  }
  const argument = readArgument(reading, info, start);
  if (major === 0) return argument;
  if (major === 1)
    return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : fail(reading, 'integer', start);
  if (major === 2) return reading.bytes.subarray(reading.at, skip(reading, argument, start));
  if (major === 3) return readText(reading, argument, start);
  if (depth > limits.depth) raise(reading, 'limit.depth', start);
  if (argument > reading.entries) raise(reading, 'limit.entries', start);
  return major === 5 ? readMap(reading, argument, depth) : readArray(reading, argument, depth);
}
