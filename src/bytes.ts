import { toHex } from '#encoding';

export { fromBase64url, toBase64url, toHex } from '#encoding';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of a string. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text that bytes encode in UTF-8, or `undefined` where they are not valid UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The integer that bytes encode, least significant first. */
export function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(Uint8Array.from(bytes).reverse())}`);
}

// How much room several share, and where what is left of it ends.
const ROOM = 4096;
let room = new Uint8Array();
let end = 0;

/**
 * So many bytes, all 0, to be filled: room in a buffer that others share, since one of its own would be made outside of
 * the heap, which takes longer than to fill it. What is secret in it is the caller's to wipe.
 */
export function take(size: number): Uint8Array {
  end -= size;
  if (end < 0) {
    room = new Uint8Array(ROOM + size);
    end = ROOM;
  }
  return room.subarray(end, end + size);
}

/** One array with the bytes of all parts in order. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whether two byte strings are equal, in a time that depends on their lengths only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Bytewise lexicographic order: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  }
  return a.length - b.length;
}
