import { Point } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { fromHex } from './hex.ts';
import { smallOrder } from './points.ts';

// Signatures that only who chooses the key can make: the equation of Ed25519 holds although a point is of small order
// or has a part of small order. Arithmetic is noble's, so both backends are measured by what the curve says.

/** The order of the base point. */
export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** A signature with what it is checked against. */
export interface Crafted {
  readonly publicKey: Uint8Array;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

/** 32 bytes, least significant first. */
export function encodeScalar(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

/** The integer of bytes, least significant first. */
export function decodeScalar(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

/** The hash in the equation, modulo L as verifiers reduce it: its residue modulo 8 tells what a part of small order does. */
function challenge(R: Uint8Array, A: Uint8Array, data: Uint8Array): bigint {
  return decodeScalar(sha512(Uint8Array.of(...R, ...A, ...data))) % ORDER;
}

/** A point times an integer; 0 gives the neutral point. */
export function multiple(point: Point, factor: bigint): Point {
  return factor === 0n ? Point.ZERO : point.multiply(factor, false);
}

const T8 = Point.fromHex((smallOrder[4] as readonly [string, string])[1]);
/** The eight points of small order: the multiples of one of order 8. */
export const torsion: readonly Point[] = Array.from({ length: 8 }, (_, i) => multiple(T8, BigInt(i)));

/**
 * Signs under the key `a B + A'` with the nonce point `r B + R'`, trying data until `accept` takes the residue `k`.
 *
 * @param key the secret scalar `a`, 0 for a key of small order
 * @param keyBytes the encoding of the key, where it is not the canonical one
 */
export function craft(
  key: bigint,
  keyTorsion: Point,
  nonce: bigint,
  nonceTorsion: Point,
  accept: (k: bigint) => boolean,
  keyBytes?: Uint8Array,
): Crafted {
  const publicKey = keyBytes ?? Uint8Array.from(multiple(Point.BASE, key).add(keyTorsion).toBytes());
  const R = Uint8Array.from(multiple(Point.BASE, nonce).add(nonceTorsion).toBytes());
  for (let i = 0; i < 1000; i++) {
    const data = Uint8Array.of(i >> 8, i & 255);
    const k = challenge(R, publicKey, data);
    if (!accept(k)) continue;
    const S = encodeScalar((nonce + k * key) % ORDER);
    return { publicKey, data, signature: Uint8Array.of(...R, ...S) };
  }
  throw new Error('no data found');
}

/** The bytes of the encodings of {@link smallOrder}. */
export const smallOrderBytes: readonly (readonly [name: string, bytes: Uint8Array])[] = smallOrder.map(
  ([name, digits]) => [name, fromHex(digits)],
);
