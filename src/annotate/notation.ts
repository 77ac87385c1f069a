import { fromUtf8, toHex } from '../bytes.ts';

// Bytes of a byte string that its notation shows.
const SHOWN = 8;

/** How bytes that must not be seen are shown. */
export function withhold(length: number): string {
  return `(${length} secret ${length === 1 ? 'byte' : 'bytes'})`;
}

/** A byte string in diagnostic notation, abridged with its length where it is long. */
export function notate(bytes: Uint8Array): string {
  if (bytes.length <= 2 * SHOWN) return `h'${toHex(bytes)}'`;
  return `h'${toHex(bytes.subarray(0, SHOWN))}…' (${bytes.length} bytes)`;
}

/** A text string; whoever prints it escapes it for a terminal. */
export function quote(content: Uint8Array): string {
  return JSON.stringify(fromUtf8(content));
}

/** The head of the item at a byte, which the reader has accepted. */
export function headOf(bytes: Uint8Array, at: number): { major: number; argument: number; length: number } {
  const initial = bytes[at] as number;
  const info = initial & 31;
  const size = info < 24 ? 0 : 2 ** (info - 24);
  const following = bytes.subarray(at + 1, at + 1 + size);
  const argument = size === 0 ? info : following.reduce((sum, byte) => sum * 256 + byte, 0);
  return { major: initial >> 5, argument, length: 1 + size };
}
