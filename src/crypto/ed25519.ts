import { ed25519Backend, publicKey as ed25519PublicKey, sign as signEd25519, verify } from '#backend';
import { littleEndian } from '../bytes.ts';

export { ed25519Backend, ed25519PublicKey, signEd25519 };

// The field prime, and the order of the base point (RFC 8032 §5.1).
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

// The points of small order have y = 0, 1, -1 or ±Y8.
const Y8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

// The second byte of 0 and 1, of p - 1 and above, of Y8 and of p - Y8, which tells nearly every other point from them
// without a big number.
const SUSPECT = [0, 0xff, 0xe8, 0x17];

// y >= p and x = -0 are the two ways to be non-canonical; x is 0 only where y is 1 or -1, of small order both.
function isStrongPoint(encoded: Uint8Array): boolean {
  if (!SUSPECT.includes(encoded[1] as number)) return true;
  const y = littleEndian(encoded) & (2n ** 255n - 1n);
  return y > 1n && y < P - 1n && y !== Y8 && y !== P - Y8;
}

/**
 * Whether 32 bytes may serve as a public key: canonical and not of small order (spec §4.2).
 *
 * Bytes that are no point of the curve pass here and verify nothing.
 */
export function isStrongPublicKey(key: Uint8Array): boolean {
  return key.length === 32 && isStrongPoint(key);
}

// L is just above 2^252, so the last byte decides nearly always.
function isScalar(signature: Uint8Array): boolean {
  return (signature[63] as number) < 16 || littleEndian(signature.subarray(32)) < L;
}

/**
 * Ed25519 verification by one rule on every backend (spec §4.2; RFC 8032 §5.1.7, cofactorless): lengths, S < L,
 * A and R canonical and not of small order, then R compared byte for byte.
 */
export function verifyEd25519(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  return (
    signature.length === 64 &&
    isStrongPublicKey(publicKey) &&
    isStrongPoint(signature.subarray(0, 32)) &&
    isScalar(signature) &&
    verify(publicKey, data, signature)
  );
}
