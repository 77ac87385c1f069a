import { createHash } from 'node:crypto';
import { Point } from '@noble/ed25519';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.ts';
import { verifyEd25519 } from '../../src/crypto/ed25519.ts';
import { importPublicJwk } from '../../src/keys/jwk.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { chainOf, outcomeOf, recipe, textWith, trust, withPart } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { base64url, cfo, forge, type Made, scene } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { nonCanonical, smallOrder } from '../support/points.ts';

// The group and scalars come from noble's arithmetic alone; what is tested is the rule of the backend that runs.
const L = Point.CURVE().n;
const littleEndian = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const toBytes = (value: bigint) =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex')).reverse();
const challenge = (...parts: Uint8Array[]) =>
  littleEndian(createHash('sha512').update(Buffer.concat(parts)).digest()) % L;

/** A signature by a secret scalar and a nonce of choice, over the points as they are given. */
function signWith(
  secret: bigint,
  A: Uint8Array,
  data: Uint8Array,
  nonce: bigint,
  shift = Point.ZERO,
): Uint8Array {
  const R = Point.BASE.multiply(nonce).add(shift).toBytes();
  const S = (nonce + challenge(R, A, data) * secret) % L;
  return Uint8Array.from([...R, ...toBytes(S)]);
}

/** The secret scalar of a seed (RFC 8032 §5.1.5). */
function scalarOf(seed: Uint8Array): bigint {
  const half = createHash('sha512').update(seed).digest().subarray(0, 32);
  half[0] = (half[0] as number) & 248;
  half[31] = ((half[31] as number) & 63) | 64;
  return littleEndian(half) % L;
}

const order8 = Point.fromHex((smallOrder[4] as (typeof smallOrder)[number])[1]);
const message = (i: number) => Uint8Array.of(i);

describe('A. points of the curve', () => {
  test.each(smallOrder)('S12 a key of small order is refused at import and at verification: %s', (_, hex) => {
    const x = base64url(fromHex(hex));
    expect(codeOf(() => importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x }))).toBe('key.weak');
    expect(outcomeOf(textWith(2, { root: [[8, fromHex(hex)]] }))).toBe('VerifyError key.weak');
    expect(outcomeOf(textWith(2, { hop: [[8, fromHex(hex)]] }))).toBe('VerifyError key.weak');
    const anchor = { ...(trust.get(toHex(cfo.kid)) as object), key: new PublicKey(fromHex(hex)) };
    expect(outcomeOf(textWith(2), {}, new Map([[toHex(cfo.kid), anchor as never]]))).toBe(
      'VerifyError key.weak',
    );
  });

  test.each(nonCanonical)('S13 a key that is not canonical: %s', (_, hex) => {
    const x = base64url(fromHex(hex));
    expect(codeOf(() => importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x }))).toBe('key.weak');
    expect(outcomeOf(textWith(2, { hop: [[8, fromHex(hex)]] }))).toBe('VerifyError key.weak');
  });

  test.each([...nonCanonical, ...smallOrder])(
    'S13 an R that is not canonical, or of small order: %s',
    (_, hex) => {
      const { proof } = forge(scene(2)).invocation as Made;
      const changed = Uint8Array.from([...fromHex(hex), ...proof.slice(32)]);
      expect(outcomeOf(forge(withPart(2, 2, { proof: changed })).text)).toBe('VerifyError signature.invalid');
    },
  );

  test.each([0, 1, 2])('S14 a signature of part %i with L added to S', (i) => {
    const made = forge(scene(2));
    const { proof } = [...made.blocks, made.invocation][i] as Made;
    const S = littleEndian(proof.slice(32)) + L;
    const malleated = Uint8Array.from([...proof.slice(0, 32), ...toBytes(S)]);
    expect(outcomeOf(forge(withPart(2, i, { proof: malleated })).text)).toBe('VerifyError signature.invalid');
  });

  test('S15 a key of mixed order verifies exactly what the cofactorless equation admits', () => {
    const secret = scalarOf(cfo.seed);
    const A = Point.fromBytes(cfo.publicKey).add(order8).toBytes();
    const verdicts = Array.from({ length: 48 }, (_, i) => {
      const signature = signWith(secret, A, message(i), BigInt(i + 1));
      const k = challenge(signature.slice(0, 32), A, message(i));
      return [verifyEd25519(A, message(i), signature), k % 8n === 0n];
    });
    expect(verdicts.map(([found]) => found)).toEqual(verdicts.map(([, expected]) => expected));
    expect(new Set(verdicts.map(([found]) => found))).toEqual(new Set([true, false]));
  });

  test('S15 an R of mixed order never verifies', () => {
    const secret = scalarOf(cfo.seed);
    for (let i = 0; i < 16; i++) {
      const plain = signWith(secret, cfo.publicKey, message(i), BigInt(i + 1));
      const mixed = signWith(secret, cfo.publicKey, message(i), BigInt(i + 1), order8);
      expect(verifyEd25519(cfo.publicKey, message(i), plain)).toBe(true);
      expect(verifyEd25519(cfo.publicKey, message(i), mixed)).toBe(false);
    }
  });

  test('E26 another signature of the same signer leaves the ids of the blocks as they are', () => {
    const first = forge(recipe(2));
    const { signed, proof } = first.blocks[0] as Made;
    const second = signWith(scalarOf(cfo.seed), cfo.publicKey, signed, 7n);
    const respelt = forge(withPart(2, 0, { proof: second })).text;
    expect(second).not.toEqual(proof);
    expect(outcomeOf(respelt)).toBe('allowed');
    expect(chainOf(respelt).blocks.map(({ id }) => id)).toEqual(first.blocks.map(({ id }) => id));
  });
});
