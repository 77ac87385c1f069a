/**
 * What a cryptographic backend exports; nothing above `crypto/` knows which one runs.
 *
 * `#backend` resolves to node:crypto under the import condition `node`, with sodium-native where that is installed, and
 * to noble elsewhere.
 */
export interface Backend {
  /** What verifies Ed25519 signatures in this process. */
  readonly ed25519Backend: 'node:crypto' | 'sodium-native' | 'noble';
  /** SHA-256 (FIPS 180-4), 32 bytes. */
  sha256(data: Uint8Array): Uint8Array;
  /** The cofactorless Ed25519 equation alone; the caller has checked lengths and encodings (spec §4.2). */
  verify(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean;
  /** The Ed25519 signature (RFC 8032) under a 32-byte seed, 64 bytes. */
  sign(seed: Uint8Array, data: Uint8Array): Uint8Array;
  /** The Ed25519 public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array;
  /** Bytes from the system's random number generator. */
  randomBytes(length: number): Uint8Array;
}
