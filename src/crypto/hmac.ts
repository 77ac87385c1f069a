import { hmac } from '#backend';
import { equal } from '../bytes.ts';

export { hmac };

/** Whether `tag` is the whole 32-byte HMAC-SHA-256 of the data; truncated tags are refused. Constant time. */
export function verifyHmac(secret: Uint8Array, data: Uint8Array, tag: Uint8Array): boolean {
  return equal(hmac(secret, data), tag);
}
