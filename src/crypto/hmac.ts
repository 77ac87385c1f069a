import { equal, take } from '../bytes.ts';
import { sha256 } from './sha256.ts';

// The block of SHA-256.
const BLOCK = 64;

/**
 * HMAC-SHA-256 (RFC 2104), 32 bytes, over the hash of the backend: two calls, where an HMAC object of node:crypto takes
 * longer to be made than to be used.
 */
export function hmac(secret: Uint8Array, data: Uint8Array): Uint8Array {
  const key = secret.length > BLOCK ? sha256(secret) : secret;
  return keyed(key, 0x5c, keyed(key, 0x36, data));
}

function keyed(key: Uint8Array, pad: number, data: Uint8Array): Uint8Array {
  const bytes = take(BLOCK + data.length);
  bytes.set(key);
  for (let i = 0; i < BLOCK; i++) bytes[i] = (bytes[i] as number) ^ pad;
  bytes.set(data, BLOCK);
  const digest = sha256(bytes);
  // The key stood in them.
  bytes.fill(0);
  return digest;
}

/** Whether `tag` is the whole 32-byte HMAC-SHA-256 of the data; truncated tags are refused. Constant time. */
export function verifyHmac(secret: Uint8Array, data: Uint8Array, tag: Uint8Array): boolean {
  return equal(hmac(secret, data), tag);
}
