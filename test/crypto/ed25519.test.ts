import { Point } from '@noble/ed25519';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as backend from '#backend';
import { ed25519PublicKey, isStrongPublicKey, signEd25519, verifyEd25519 } from '../../src/crypto/ed25519.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { importPublicJwk } from '../../src/keys/jwk.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import { codeOf } from '../support/code-of.ts';
import { base64url, forge, grantPayload, hex, NOW, pair, scene, trustFile } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import {
  craft,
  decodeScalar,
  encodeScalar,
  multiple,
  ORDER,
  smallOrderBytes,
  torsion,
} from '../support/torsion.ts';

const alice = pair('alice');
const data = Uint8Array.of(1, 2, 3);
const signature = signEd25519(alice.seed, data);

// RFC 8032 §7.1: tests 1, 2, 3 and SHA(abc).
const RFC_8032 = [
  [
    'TEST 1',
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    'TEST 2',
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'TEST 3',
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    'TEST SHA(abc)',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
] as const;

describe('RFC 8032', () => {
  test.each(RFC_8032)('%s: the public key of the seed', (_, seed, publicKey) => {
    expect(hex(ed25519PublicKey(fromHex(seed)))).toBe(publicKey);
  });

  test.each(RFC_8032)('%s: the signature', (_, seed, __, message, expected) => {
    expect(hex(signEd25519(fromHex(seed), fromHex(message)))).toBe(expected);
  });

  test.each(RFC_8032)('%s: the signature verifies', (_, __, publicKey, message, expected) => {
    expect(verifyEd25519(fromHex(publicKey), fromHex(message), fromHex(expected))).toBe(true);
  });
});

describe('signing and verifying', () => {
  const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

  test('what a seed signs, its public key verifies', () => {
    fc.assert(
      fc.property(bytes32, fc.uint8Array({ maxLength: 300 }), (seed, message) => {
        expect(verifyEd25519(ed25519PublicKey(seed), message, signEd25519(seed, message))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('one bit changed in key, data or signature is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2), fc.nat(), (which, bit) => {
        const parts = [alice.publicKey, data, signature].map((part) => Uint8Array.from(part));
        const part = parts[which] as Uint8Array;
        const at = bit % (part.length * 8);
        part[at >> 3] = (part[at >> 3] as number) ^ (1 << (at & 7));
        expect(verifyEd25519(...(parts as [Uint8Array, Uint8Array, Uint8Array]))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('views into larger buffers verify', () => {
    const padded = Uint8Array.of(7, 7, 7, ...signature, 7);
    expect(verifyEd25519(alice.publicKey, data, padded.subarray(3, 67))).toBe(true);
  });

  test.each([0, 1, 2])('what is in memory that threads share verifies (%i)', (which) => {
    const parts = [alice.publicKey, data, signature].map((part, i) => {
      const memory = i === which ? new SharedArrayBuffer(part.length) : new ArrayBuffer(part.length);
      const bytes = new Uint8Array(memory);
      bytes.set(part);
      return bytes;
    });
    expect(verifyEd25519(...(parts as [Uint8Array, Uint8Array, Uint8Array]))).toBe(true);
  });
});

describe('lengths', () => {
  test.each([0, 31, 33, 64])('a public key of %i bytes is refused', (length) => {
    const key = Uint8Array.of(...alice.publicKey, ...alice.publicKey).subarray(0, length);
    expect([isStrongPublicKey(key), verifyEd25519(key, data, signature)]).toEqual([false, false]);
  });

  test.each([0, 32, 63, 65, 128])('a signature of %i bytes is refused', (length) => {
    const other = Uint8Array.of(...signature, ...signature).subarray(0, length);
    expect(verifyEd25519(alice.publicKey, data, other)).toBe(false);
  });

  // Where the length is not checked, the bytes that are read as S may still be the right ones.
  test.each([
    ['a byte before S', [...signature.subarray(0, 32), 0, ...signature.subarray(32)]],
    ['a zero byte behind S', [...signature, 0]],
    ['eight zero bytes behind S', [...signature, ...new Uint8Array(8)]],
  ])('a signature with %s is refused', (_, bytes) => {
    expect(verifyEd25519(alice.publicKey, data, Uint8Array.from(bytes))).toBe(false);
  });
});

describe('S', () => {
  const R = signature.subarray(0, 32);
  const S = decodeScalar(signature.subarray(32));
  const withS = (value: bigint) => Uint8Array.of(...R, ...encodeScalar(value));

  const factors = Array.from({ length: 15 }, (_, i) => i + 1).filter(
    (n) => S + BigInt(n) * ORDER < 2n ** 256n,
  );
  test.each(factors)('S + %i L is refused', (n) => {
    expect(verifyEd25519(alice.publicKey, data, withS(S + BigInt(n) * ORDER))).toBe(false);
  });
});

describe('points of small order', () => {
  test.each(smallOrderBytes)('%s is no strong public key', (_, key) => {
    expect(isStrongPublicKey(key)).toBe(false);
  });

  test.each(smallOrderBytes)('%s as a key does not enter as a JWK', (_, key) => {
    expect(codeOf(() => importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x: base64url(key) }))).toBe('key.weak');
  });

  test.each(smallOrderBytes)('%s as a delegate key verifies no hop', (_, key) => {
    const weak = { ...pair('weak'), publicKey: key };
    const blocks = [{ payload: grantPayload(2, [[8, key]]) }];
    const { text } = forge(scene(2, { blocks, holders: [weak] }));
    expect(codeOf(() => verify(decode(text), importTrust(trustFile), { now: NOW }))).toBe('key.weak');
  });

  // R = r B and S = r satisfy the equation whenever k A is the neutral point, so anyone "signs" under such a key.
  test.each(smallOrderBytes)('%s as a key is refused even where the equation holds', (_, key) => {
    const crafted = craft(0n, Point.ZERO, 5n, Point.ZERO, (k) => k % 8n === 0n, key);
    expect(verifyEd25519(key, crafted.data, crafted.signature)).toBe(false);
  });

  // libsodium refuses such points by itself; only by the others is it seen that the rule above them does.
  const accepts = backend.ed25519Backend !== 'sodium-native';

  test.each(smallOrderBytes.slice(0, 8))(
    'all backends but libsodium alone would accept %s as a key',
    (_, key) => {
      const crafted = craft(0n, Point.ZERO, 5n, Point.ZERO, (k) => k % 8n === 0n, key);
      expect(backend.verify(key, crafted.data, crafted.signature)).toBe(accepts);
    },
  );

  const smallR = torsion.map((point, i) => [i, point] as const);
  const craftR = (point: Point) =>
    craft(7n, torsion[1] as Point, 0n, point, (k) =>
      multiple(torsion[1] as Point, k % 8n)
        .add(point)
        .equals(Point.ZERO),
    );

  test.each(smallR)('R of small order (%i) is refused even where the equation holds', (_, point) => {
    const crafted = craftR(point);
    expect(verifyEd25519(crafted.publicKey, crafted.data, crafted.signature)).toBe(false);
  });

  test.each(smallR)('all backends but libsodium alone would accept R of small order (%i)', (_, point) => {
    const crafted = craftR(point);
    expect(backend.verify(crafted.publicKey, crafted.data, crafted.signature)).toBe(accepts);
  });

  test('a key whose bytes have changed since it verified before is read again', () => {
    const key = Uint8Array.from(alice.publicKey);
    expect(verifyEd25519(key, data, signature)).toBe(true);
    key.set(pair('bob').publicKey);
    expect(verifyEd25519(key, data, signature)).toBe(false);
  });

  test.each(smallOrderBytes)('%s as R is refused', (_, R) => {
    const S = encodeScalar(0n);
    expect(verifyEd25519(alice.publicKey, data, Uint8Array.of(...R, ...S))).toBe(false);
  });
});

describe('encodings that are not canonical', () => {
  // y >= p has 19 encodings, with either sign of x.
  const encodings = Array.from({ length: 19 }, (_, i) =>
    [0n, 1n << 255n].map((sign) => 2n ** 255n - 19n + BigInt(i) + sign),
  ).flat();
  const rows = encodings.map(
    (value) => [hex(encodeScalar(value)).replace(/f{20,}/, '..'), encodeScalar(value)] as const,
  );

  test.each(rows)('%s is no strong public key', (_, key) => {
    expect(isStrongPublicKey(key)).toBe(false);
  });

  test.each(rows)('%s as R is refused', (_, R) => {
    expect(verifyEd25519(alice.publicKey, data, Uint8Array.of(...R, ...signature.subarray(32)))).toBe(false);
  });

  test('a point of y >= p that is of large order is refused as a key', () => {
    const refused = encodings.filter((value) => {
      try {
        return !Point.fromBytes(encodeScalar(value), true).isSmallOrder();
      } catch {
        return false; // no point of the curve
      }
    });
    expect([refused.length > 0, refused.some((value) => isStrongPublicKey(encodeScalar(value)))]).toEqual([
      true,
      false,
    ]);
  });

  test('the neighbours of the refused values of y are taken', () => {
    const P = 2n ** 255n - 19n;
    const Y8 = decodeScalar((smallOrderBytes[4] as readonly [string, Uint8Array])[1]);
    const strong = [2n, P - 2n, Y8 - 1n, Y8 + 1n, P - Y8 - 1n, P - Y8 + 1n].map((y) =>
      isStrongPublicKey(encodeScalar(y)),
    );
    expect(new Set(strong)).toEqual(new Set([true]));
  });

  test('bytes that are no point of the curve verify nothing', () => {
    const offCurve = encodeScalar(2n);
    expect([isStrongPublicKey(offCurve), verifyEd25519(offCurve, data, signature)]).toEqual([true, false]);
  });
});

describe('points of mixed order', () => {
  const orders = [0, 1, 2, 4] as const;
  const crafted = orders.flatMap((a) =>
    orders.flatMap((r) =>
      [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n].map((k) => {
        const A = torsion[a] as Point;
        const R = torsion[r] as Point;
        const made = craft(11n, A, 13n, R, (value) => value % 8n === k);
        // Without the cofactor the parts of small order must cancel out; with it all of these would pass.
        return { a, r, k, made, holds: multiple(A, k).add(R).equals(Point.ZERO) };
      }),
    ),
  );

  test('are accepted exactly where the cofactorless equation holds', () => {
    const verdicts = crafted.map(({ made }) => verifyEd25519(made.publicKey, made.data, made.signature));
    expect(verdicts).toEqual(crafted.map(({ holds }) => holds));
  });

  test('show both verdicts with a mixed key and with a mixed R', () => {
    const mixed = crafted.filter(({ a, r }) => a > 0 && r > 0);
    expect([mixed.some(({ holds }) => holds), mixed.some(({ holds }) => !holds)]).toEqual([true, true]);
  });

  test('get the same verdict from WebCrypto', async () => {
    const verdicts = await Promise.all(
      crafted.map(async ({ made }) => {
        const key = await crypto.subtle.importKey('raw', made.publicKey, 'Ed25519', false, ['verify']);
        return crypto.subtle.verify('Ed25519', key, made.signature, made.data);
      }),
    );
    expect(verdicts).toEqual(crafted.map(({ holds }) => holds));
  });
});
