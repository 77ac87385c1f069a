import { take } from './bytes.ts';
import type { Suite } from './keys/suite.ts';

/** What a signature or MAC is for; it is bound into the signed bytes (spec §5.3). */
export type Label = 'grant' | 'hop' | 'invocation' | 'status' | 'approval' | 'consent' | 'receipt';

const CONTEXT = { ed25519: 'Signature1', hmac: 'MAC0' } as const;

/**
 * The bytes that COSE signs or MACs, with `external_aad` the encoding of `[label, link]` (spec §5.3; RFC 9052 §4.4, §6.3).
 *
 * @param link the block id that this object hangs on, or no bytes
 */
export function signedBytes(
  suite: Suite,
  label: Label,
  link: Uint8Array,
  protectedHeader: Uint8Array,
  payload: Uint8Array,
): Uint8Array {
  const aad = array(`writ/1 ${label}`, link);
  return array(CONTEXT[suite], protectedHeader, aad, payload);
}

/** The bytes of the only protected header that a suite allows: `{1: -19}` or `{1: 5}` (spec §5.2). */
export const PROTECTED: Readonly<Record<Suite, Uint8Array>> = {
  ed25519: Uint8Array.of(0xa1, 1, 0x32),
  hmac: Uint8Array.of(0xa1, 1, 5),
};

/** The bytes before the key id, of 32 or 16 bytes, in the protected header of root blocks and evidence (spec §5.2). */
export const PROTECTED_KID: Readonly<Record<Suite, Uint8Array>> = {
  ed25519: Uint8Array.of(0xa2, 1, 0x32, 4, 0x58, 32),
  hmac: Uint8Array.of(0xa2, 1, 5, 4, 0x50),
};

// A status or a receipt may be larger than 64 KiB, and nothing in memory needs more than four bytes for its length.
const LARGEST_HEAD = 5;

// An array of ASCII texts and byte strings in CBOR.
function array(...items: readonly (string | Uint8Array)[]): Uint8Array {
  let size = 1;
  for (const { length } of items) size += LARGEST_HEAD + length;
  const out = take(size);
  out[0] = 0x80 | items.length;
  let at = 1;
  for (const item of items) {
    const { length } = item;
    const text = typeof item === 'string';
    const info = length < 24 ? length : length < 0x100 ? 24 : length < 0x10000 ? 25 : 26;
    out[at++] = (text ? 0x60 : 0x40) | info;
    for (let bits = info < 24 ? 0 : 8 << (info - 24); bits > 0; bits -= 8) out[at++] = length >>> (bits - 8);
    if (text) for (let i = 0; i < length; i++) out[at + i] = item.charCodeAt(i);
    else out.set(item, at);
    at += length;
  }
  return out.subarray(0, at);
}
