import { createHash } from 'node:crypto';
import { Point } from '@noble/ed25519';
import type { Pair } from '../../test/support/forge.ts';

// Keys and signatures on which Ed25519 libraries disagree, and which the one rule of the format refuses.

const L = Point.CURVE().n;
const ORDER_8 = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');

/** A point of small order, the neutral element. */
export const weakKey = Point.ZERO.toBytes();

/** y = p + 3, which is not reduced. */
export const nonCanonicalKey = Uint8Array.from(Buffer.from(`f0${'ff'.repeat(30)}7f`, 'hex'));

function sha512(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha512').update(Buffer.concat(parts)).digest();
}

function toScalar(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

function fromScalar(scalar: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse());
}

/** The secret scalar of a pair (RFC 8032 §5.1.5). */
function scalarOf({ seed }: Pair): bigint {
  const digest = sha512(seed).subarray(0, 32);
  digest.writeUInt8((digest[0] as number) & 0xf8, 0);
  digest.writeUInt8(((digest[31] as number) & 0x7f) | 0x40, 31);
  return toScalar(digest);
}

function signature(R: Uint8Array, S: bigint): Uint8Array {
  return Uint8Array.from(Buffer.concat([R, fromScalar(S)]));
}

/** The same signature with S + L for S. */
export function malleated(proof: Uint8Array): Uint8Array {
  return signature(proof.subarray(0, 32), toScalar(proof.subarray(32)) + L);
}

/** A signature whose R is the neutral element; the equation holds. */
export function withSmallR(key: Pair, data: Uint8Array): Uint8Array {
  const R = Point.ZERO.toBytes();
  return signature(R, (toScalar(sha512(R, key.publicKey, data)) * scalarOf(key)) % L);
}

/** The public key of a pair plus a point of order 8. */
export function mixedKey(key: Pair): Uint8Array {
  return Point.fromBytes(key.publicKey).add(ORDER_8).toBytes();
}

/** A signature under a mixed key that the cofactored equation admits and the cofactorless one does not. */
export function mixedSignature(key: Pair, data: Uint8Array): Uint8Array {
  for (let nonce = 1n; ; nonce++) {
    const R = Point.BASE.multiply(nonce).toBytes();
    const k = toScalar(sha512(R, mixedKey(key), data)) % L;
    if (k % 8n !== 0n) return signature(R, (nonce + k * scalarOf(key)) % L);
  }
}
