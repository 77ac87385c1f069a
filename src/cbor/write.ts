import { Encoder } from 'cbor-x/index-no-eval';
import { refuse } from '../errors.ts';
import { compareCbor } from './compare.ts';
import { readCbor } from './read.ts';
import { type CborValue, isArray, isBytes, isMap } from './value.ts';

// A constant of its own, because the types of cbor-x do not know all of its options.
const options = {
  useRecords: false,
  mapsAsObjects: false,
  tagUint8Array: false,
  variableMapSize: true,
  useTag259ForMaps: false,
};
const encoder = new Encoder(options);

/**
 * Writes an item deterministically; map entries may come in any order (spec §3.1; RFC 8949 §4.2.1).
 *
 * What is written has passed the strict reader before it is returned.
 *
 * @param entries the most that an array or map may have
 * @throws DecodeError as {@link readCbor}, where the value is outside the profile
 * @example
 * writeCbor(new Map([[2, 'b'], [1, 'a']])) // a2 01 61 61 02 61 62
 */
export function writeCbor(value: CborValue, entries?: number): Uint8Array {
  const bytes = Uint8Array.from(encoder.encode(prepare(value)));
  readCbor(bytes, undefined, entries);
  return bytes;
}

// cbor-x writes entries in the order they come, and integers from 2^32 on as floats unless they are BigInts.
function prepare(value: CborValue): unknown {
  if (typeof value === 'number') {
    const wide = value >= 2 ** 32 || value < -(2 ** 32);
    return wide && Number.isSafeInteger(value) ? BigInt(value) : value;
  }
  // cbor-x replaces a lone surrogate in a long text, and the reader would not notice.
  if (typeof value === 'string' && /[\ud800-\udfff]/u.test(value)) refuse('cbor.utf8');
  if (isBytes(value) || typeof value !== 'object') return value;
  if (isArray(value)) return value.map(prepare);
  if (!isMap(value)) return value;
  const entries = [...value].sort(([a], [b]) => compareCbor(a, b));
  return new Map(entries.map(([key, item]) => [prepare(key), prepare(item)]));
}
