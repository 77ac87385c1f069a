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
  const context = CONTEXT[suite];
  const name = `writ/1 ${label}`;
  const aad = 1 + sizeOf(name) + sizeOf(link);
  const out = new Uint8Array(
    1 + sizeOf(context) + sizeOf(protectedHeader) + headSize(aad) + aad + sizeOf(payload),
  );
  out[0] = 0x84;
  let at = write(out, 1, context);
  at = write(out, at, protectedHeader);
  at = writeHead(out, at, 2, aad);
  out[at] = 0x82;
  at = write(out, at + 1, name);
  at = write(out, at, link);
  write(out, at, payload);
  return out;
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
function headSize(length: number): number {
  return length < 24 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : 5;
}

function sizeOf({ length }: string | Uint8Array): number {
  return headSize(length) + length;
}

function writeHead(out: Uint8Array, at: number, major: number, length: number): number {
  const size = headSize(length);
  const end = at + size;
  out[at] = (major << 5) | (size === 1 ? length : size === 5 ? 26 : 22 + size);
  for (let i = end - 1, rest = length; i > at; i--, rest >>>= 8) out[i] = rest;
  return end;
}

// Writes an ASCII text or a byte string, and says where it ends.
function write(out: Uint8Array, start: number, item: string | Uint8Array): number {
  const text = typeof item === 'string';
  const at = writeHead(out, start, text ? 3 : 2, item.length);
  if (text) for (let i = 0; i < item.length; i++) out[at + i] = item.charCodeAt(i);
  else out.set(item, at);
  return at + item.length;
}
