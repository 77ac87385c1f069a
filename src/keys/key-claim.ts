import { equal } from '../bytes.ts';
import { degenerate, expectArray, expectBytes, malformed } from '../cbor/expect.ts';
import { type CborValue, isBytes } from '../cbor/value.ts';
import { checkKey, importPublicJwk, type Jwk } from './jwk.ts';
import { ED25519, PublicKey } from './public-key.ts';

/** Reads a key from the wire: 32 bytes, or `[alg, bytes]` of an algorithm to come (spec §5.4). It stays unchecked. */
export function parseKey(value: CborValue, path: string): PublicKey {
  if (isBytes(value)) return new PublicKey(expectBytes(value, path, 32));
  const [algorithm, bytes] = expectArray(value, path, 2, 2);
  if (typeof algorithm !== 'number') return malformed(path);
  if (algorithm === ED25519) return degenerate(path);
  return new PublicKey(expectBytes(bytes as CborValue, path, 1, 4096), algorithm);
}

/** The wire form of a key. @throws KeyError where it must not verify anything */
export function encodeKey(key: PublicKey | Jwk): CborValue {
  return checkKey(key instanceof PublicKey ? key : importPublicJwk(key)).bytes;
}

/** Whether two keys are the same key. */
export function sameKey(a: PublicKey, b: PublicKey): boolean {
  return a.algorithm === b.algorithm && equal(a.bytes, b.bytes);
}
