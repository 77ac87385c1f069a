import { equal } from '../bytes.ts';
import { sha256 } from './sha256.ts';

// The block of SHA-256.
const BLOCK = 64;

/**
 * HMAC-SHA-256 (RFC 2104), 32 bytes, over the hash of the backend: two calls, where an HMAC object of node:crypto takes
 * longer to be made than to be used.
 */
export function hmac(secret: Uint8Array, data: Uint8Array): Uint8Array {
  const key = secret.length > BLOCK ? sha256(secret) : secret;
  return hashPadded(key, 0x5c, hashPadded(key, 0x36, data));
}

// Where keys are put before what they hash, and wiped: room of its own for each would take as long as the hash.
const room = new Uint8Array(1024);

function hashPadded(key: Uint8Array, pad: number, data: Uint8Array): Uint8Array {
  const size = BLOCK + data.length;
  const padded = size > room.length ? new Uint8Array(size) : room.subarray(0, size);
  for (let i = 0; i < BLOCK; i++) padded[i] = (key[i] ?? 0) ^ pad;
  padded.set(data, BLOCK);
  const digest = sha256(padded);
  padded.fill(0, 0, BLOCK);
  return digest;
}

/** Whether `tag` is the whole 32-byte HMAC-SHA-256 of the data; truncated tags are refused. Constant time. */
export function verifyHmac(secret: Uint8Array, data: Uint8Array, tag: Uint8Array): boolean {
  return equal(hmac(secret, data), tag);
}
