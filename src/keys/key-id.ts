import type { Key } from './jwk.ts';
import { PublicKey, thumbprint } from './public-key.ts';

/** The id of a key: the thumbprint of a public key or a pair, the id kept with a secret (spec §4.1). */
export function keyId(key: Key): Uint8Array {
  return key instanceof PublicKey ? thumbprint(key) : key.kid;
}
