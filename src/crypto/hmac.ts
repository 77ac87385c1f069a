import { equal } from '../bytes.ts';
import { sha256 } from './sha256.ts';

// The block of SHA-256.
const BLOCK = 64;

// Where keys are put before what they hash, and wiped: room of its own for each would take as long as the hash.
const inner = new Uint8Array(1024);
const outer = new Uint8Array(BLOCK + 32);

/**
 * HMAC-SHA-256 (RFC 2104), 32 bytes, over the hash of the backend: two calls, where an HMAC object of node:crypto takes
 * longer to be made than to be used.
 */
export function hmac(secret: Uint8Array, data: Uint8Array): Uint8Array {
  const key = secret.length > BLOCK ? sha256(secret) : secret;
  const size = BLOCK + data.length;
  const first = size > inner.length ? new Uint8Array(size) : inner.subarray(0, size);
  for (let i = 0; i < BLOCK; i++) {
    const byte = i < key.length ? (key[i] as number) : 0;
    first[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  first.set(data, BLOCK);
  outer.set(sha256(first), BLOCK);
  const tag = sha256(outer);
  first.fill(0, 0, BLOCK);
  outer.fill(0);
  return tag;
}

/** Whether `tag` is the whole 32-byte HMAC-SHA-256 of the data; truncated tags are refused. Constant time. */
export function verifyHmac(secret: Uint8Array, data: Uint8Array, tag: Uint8Array): boolean {
  return equal(hmac(secret, data), tag);
}
