import { concat, utf8 } from './bytes.ts';
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
  return structure(CONTEXT[suite], protectedHeader, structure(`writ/1 ${label}`, link), payload);
}

/** An array of texts and byte strings in CBOR, such as a `Sig_structure` or `MAC_structure` (RFC 9052 §4.4, §6.3). */
export function structure(...items: readonly (string | Uint8Array)[]): Uint8Array {
  const encoded = items.map((item) => {
    const text = typeof item === 'string';
    const bytes = text ? utf8(item) : item;
    return concat(head(text ? 3 : 2, bytes.length), bytes);
  });
  return concat(head(4, items.length), ...encoded);
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
function head(major: number, argument: number): Uint8Array {
  const initial = major << 5;
  if (argument < 24) return Uint8Array.of(initial | argument);
  if (argument < 0x100) return Uint8Array.of(initial | 24, argument);
  if (argument < 0x10000) return Uint8Array.of(initial | 25, argument >> 8, argument);
  return Uint8Array.of(initial | 26, argument >> 24, argument >> 16, argument >> 8, argument);
}
