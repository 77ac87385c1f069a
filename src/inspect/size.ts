import type { Signed } from '../token/model.ts';

/** How many bytes the parts of a signed object take on the wire. */
export interface Size {
  /** All of it, with the heads around its parts. */
  readonly total: number;
  readonly header: number;
  readonly payload: number;
  /** The signature or tag; 0 in the blocks of suite 1, which carry none. */
  readonly proof: number;
}

/** The size of a block or seal (spec §5.2). */
export function sizeOf({ header, payload, proof }: Omit<Signed<unknown>, 'claims'>): Size {
  const strings = [header, payload, ...(proof === undefined ? [] : [proof])];
  // One byte each for the array and the empty map, and each byte string behind its head.
  const total = strings.reduce((sum, { length }) => sum + headLength(length) + length, 2);
  return { total, header: header.length, payload: payload.length, proof: proof?.length ?? 0 };
}

function headLength(length: number): number {
  if (length < 24) return 1;
  return length < 0x100 ? 2 : 3;
}
