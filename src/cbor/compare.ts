import { compareBytes, utf8 } from '../bytes.ts';
import { type CborValue, isArray, isBytes, isMap } from './value.ts';

/**
 * Compares two items as their deterministic encodings compare, byte by byte, without encoding them (spec §3.1).
 *
 * @returns negative, zero or positive
 * @example
 * compareCbor('b', 'aa') < 0 // true: the shorter text has the smaller head
 */
export function compareCbor(a: CborValue, b: CborValue): number {
  return rank(a) - rank(b) || compareSameRank(a, b);
}

// The initial byte orders by major type first, and within one type by argument.
function rank(value: CborValue): number {
  if (typeof value === 'number') return value < 0 ? 1 : 0;
  if (isBytes(value)) return 2;
  if (typeof value === 'string') return 3;
  if (isArray(value)) return 4;
  return isMap(value) ? 5 : 7;
}

function compareSameRank(a: CborValue, b: CborValue): number {
  if (typeof a === 'number') return Math.abs(a) - Math.abs(b as number);
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'string') return compareStrings(utf8(a), utf8(b as string));
  if (isBytes(a)) return compareStrings(a, b as Uint8Array);
  return isMap(a) ? compareItems([...a].flat(), [...(b as typeof a)].flat()) : compareItems(a, b as typeof a);
}

function compareStrings(a: Uint8Array, b: Uint8Array): number {
  return a.length - b.length || compareBytes(a, b);
}

function compareItems(a: readonly CborValue[], b: readonly CborValue[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [i, item] of a.entries()) {
    const order = compareCbor(item, b[i] as CborValue);
    if (order !== 0) return order;
  }
  return 0;
}

/** Elements sorted and without repetition, as a list that means a set is written (spec §3.1). @throws TypeError */
export function toSet(items: readonly CborValue[]): CborValue[] {
  // A text would be spread into its characters.
  if (!Array.isArray(items)) throw new TypeError('a list is needed');
  const sorted = [...items].sort(compareCbor);
  return sorted.filter((item, i) => i === 0 || compareCbor(sorted[i - 1] as CborValue, item) !== 0);
}
