import { toBase64url, utf8 } from '../bytes.ts';
import { isStrongPublicKey } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/sha256.ts';

/** The COSE algorithm number of Ed25519 (RFC 9864). */
export const ED25519 = -19;

/** A public key as a token or a trust file names it. Foreign ones are unchecked until `keyProblem` has seen them. */
export class PublicKey {
  readonly bytes: Uint8Array;
  /** The COSE algorithm; only {@link ED25519} is known. */
  readonly algorithm: number;

  constructor(bytes: Uint8Array, algorithm: number = ED25519) {
    this.bytes = new Uint8Array(bytes);
    this.algorithm = algorithm;
  }

  /** The public JWK (RFC 8037); for an unknown algorithm, its number stands for the curve. */
  toJSON(): Record<string, string | number> {
    const crv = this.algorithm === ED25519 ? 'Ed25519' : this.algorithm;
    return { kty: 'OKP', crv, x: toBase64url(this.bytes) };
  }
}

/** The RFC 7638 thumbprint (SHA-256) of an Ed25519 public key, 32 bytes. */
export function thumbprint(key: PublicKey): Uint8Array {
  return sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64url(key.bytes)}"}`));
}

/** Why a public key must not verify anything, or `undefined` where it may (spec §4.2). */
export function keyProblem({ algorithm, bytes }: PublicKey): 'key.algorithm' | 'key.weak' | undefined {
  if (algorithm !== ED25519) return 'key.algorithm';
  return isStrongPublicKey(bytes) ? undefined : 'key.weak';
}

/** A public key as people compare it: the base64url of its bytes. */
export function describeKey(key: PublicKey): string {
  return `key ${toBase64url(key.bytes)}`;
}
