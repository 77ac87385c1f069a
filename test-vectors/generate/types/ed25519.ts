import { createHash } from 'node:crypto';
import type { Point } from '@noble/ed25519';
import type { Code } from '../../../src/codes.ts';
import { cfo, hex, type Pair, research, signEd25519 } from '../../../test/support/forge.ts';
import { fromHex } from '../../../test/support/hex.ts';
import { nonCanonical, smallOrder } from '../../../test/support/points.ts';
import {
  type Crafted,
  craft,
  decodeScalar,
  encodeScalar,
  ORDER,
  torsion,
} from '../../../test/support/torsion.ts';
import type { Cases } from '../case.ts';
import { malleated, withSmallR } from '../edge.ts';
import { fails, type Named, passes } from '../row.ts';
import { flipped } from '../scene.ts';

// The Ed25519 rule (spec §4.2), and signing. Whoever chooses the key can make the equation hold where it must not.

const data = Buffer.from('writ');
const long = new Uint8Array(4096).fill(0xab);
const proof = signEd25519(cfo, data);
const R = proof.slice(0, 32);
const S = proof.slice(32);
const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const [NEUTRAL, T8, , , T2] = torsion as readonly [Point, Point, Point, Point, Point];
const T4 = torsion[2] as Point;
/** The point with the other x. */
const negated = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 31 ? byte ^ 0x80 : byte));
/** y = 2 is the y of no point. */
const OFF_CURVE = encodeScalar(2n);
const any = () => true;
const rest = (n: bigint) => (k: bigint) => k % 8n === n;
const KEY = 0x1234567890abcdefn;
const NONCE = 0xfedcba0987654321n;

const input = ({ publicKey, data, signature }: Crafted) => ({
  publicKey: hex(publicKey),
  message: hex(data),
  signature: hex(signature),
});
const holds = (named: Named, crafted: Crafted) => passes(named, input(crafted), {});
const refused = (named: Named, crafted: Crafted, code: Code = 'signature.invalid') =>
  fails(named, input(crafted), code);
/** The plain signature with changes. */
const by = (changes: Partial<Crafted>): Crafted => ({
  publicKey: cfo.publicKey,
  data,
  signature: proof,
  ...changes,
});

/** A signature whose R is another encoding of the neutral point; the equation of points holds. */
function withEncodedR({ publicKey, seed }: Pair, encoded: Uint8Array): Crafted {
  const sha512 = (...parts: readonly Uint8Array[]) =>
    createHash('sha512')
      .update(join(...parts))
      .digest();
  const secret = sha512(seed).subarray(0, 32);
  secret.writeUInt8((secret[0] as number) & 0xf8, 0);
  secret.writeUInt8(((secret[31] as number) & 0x7f) | 0x40, 31);
  const k = decodeScalar(sha512(encoded, publicKey, data)) % ORDER;
  return { publicKey, data, signature: join(encoded, encodeScalar((k * decodeScalar(secret)) % ORDER)) };
}

const signs = (named: Named, seed: string, message: Uint8Array, publicKey: string, signature: string) =>
  passes(named, { seed, message: hex(message) }, { publicKey, signature });
const ownSign = (named: Named, key: Pair, message: Uint8Array) =>
  signs(named, hex(key.seed), message, hex(key.publicKey), hex(signEd25519(key, message)));

/** Tests 1 to 3 of RFC 8032 §7.1. */
const rfc = {
  1: {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
      '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  2: {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  3: {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
      '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
} as const;
const fromRfc = (test: keyof typeof rfc): Crafted => ({
  publicKey: fromHex(rfc[test].publicKey),
  data: fromHex(rfc[test].message),
  signature: fromHex(rfc[test].signature),
});
const signsRfc = (named: Named, test: keyof typeof rfc) => {
  const { seed, message, publicKey, signature } = rfc[test];
  return signs(named, seed, fromHex(message), publicKey, signature);
};

/** Keys of small order, each with a signature for which the equation holds; then keys that are not reduced. */
const weak = [...smallOrder, ...nonCanonical].map(([name, digits], i) => {
  const small = i < smallOrder.length;
  return refused(
    [
      `ed25519-${String(i + 42).padStart(3, '0')}`,
      `the key ${name}`,
      small ? 'It is of small order, and the equation holds.' : 'It is not reduced.',
      'weak-key',
    ],
    small
      ? craft(0n, NEUTRAL, NONCE, NEUTRAL, rest(0n), fromHex(digits))
      : by({ publicKey: fromHex(digits) }),
    'key.weak',
  );
});

export const cases: Cases = {
  // biome-ignore format: a case reads as a line
  cases: [
    // Signatures that verify.
    holds(['ed25519-001', 'test 1 of RFC 8032', 'An empty message.', 'normal'], fromRfc(1)),
    holds(['ed25519-002', 'test 2 of RFC 8032', 'A message of one byte.', 'normal'], fromRfc(2)),
    holds(['ed25519-003', 'test 3 of RFC 8032', 'A message of two bytes.', 'normal'], fromRfc(3)),
    holds(['ed25519-004', 'a message of 4,096 bytes', 'Messages are of any length.', 'normal'], by({ data: long, signature: signEd25519(cfo, long) })),
    holds(['ed25519-005', 'a key with a part of small order that falls out', 'The equation holds without cofactor, since k is a multiple of 8.', 'signature-malleability'],
      craft(KEY, T8, NONCE, NEUTRAL, rest(0n))),
    holds(['ed25519-006', 'a key and an R with parts of small order that cancel each other', 'The equation holds without cofactor.', 'signature-malleability'],
      craft(KEY, T8, NONCE, torsion[7] as Point, rest(1n))),

    // Altered ones.
    refused(['ed25519-007', 'another message', 'The message is signed.', 'altered-proof'], by({ data: Buffer.from('Writ') })),
    refused(['ed25519-008', 'a message with a zero byte behind', 'The whole message is signed.', 'altered-proof'], by({ data: join(data, Uint8Array.of(0)) })),
    refused(['ed25519-009', 'an empty message', 'The message is signed.', 'altered-proof'], by({ data: new Uint8Array() })),
    refused(['ed25519-010', 'another key', 'It is not the key that signed.', 'wrong-signer'], by({ publicKey: research.publicKey })),
    refused(['ed25519-011', 'the key with the other x', 'The sign of x is part of the key.', 'wrong-signer'], by({ publicKey: negated(cfo.publicKey) })),
    refused(['ed25519-012', 'R with its lowest bit inverted', 'R is compared.', 'altered-proof'], by({ signature: flipped(proof) })),
    refused(['ed25519-013', 'R with the other x', 'The sign of x is part of R.', 'altered-proof'], by({ signature: join(negated(R), S) })),
    refused(['ed25519-014', 'S with its lowest bit inverted', 'S is in the equation.', 'altered-proof'], by({ signature: flipped(proof, 32) })),
    refused(['ed25519-015', 'S before R', 'R comes first.', 'altered-proof'], by({ signature: join(S, R) })),
    refused(['ed25519-016', 'the signature of the hash of the message', 'The message itself is signed.', 'wrong-label'],
      by({ signature: signEd25519(cfo, createHash('sha512').update(data).digest()) })),

    // Lengths.
    refused(['ed25519-017', 'an empty signature', 'It has 64 bytes.', 'altered-proof'], by({ signature: new Uint8Array() })),
    refused(['ed25519-018', 'R alone', 'It has 64 bytes.', 'altered-proof'], by({ signature: R })),
    refused(['ed25519-019', 'a signature without its last byte, which is zero', 'It is not filled up.', 'signature-malleability'],
      { ...fromRfc(2), signature: fromRfc(2).signature.slice(0, 63) }),
    refused(['ed25519-020', 'a signature with a byte behind', 'It is not cut.', 'signature-malleability'], by({ signature: join(proof, Uint8Array.of(0)) })),
    refused(['ed25519-021', 'a signature in front of its message', 'The message is not part of it.', 'signature-malleability'], by({ signature: join(proof, data) })),

    // S.
    refused(['ed25519-022', 'S + L', 'S is below L, though its three top bits are zero.', 'signature-malleability'], by({ signature: malleated(proof) })),
    refused(['ed25519-023', 'S + 8 L', 'S is below L; only its top bit tells.', 'signature-malleability'],
      by({ signature: join(R, encodeScalar(decodeScalar(S) + 8n * ORDER)) })),
    refused(['ed25519-024', 'S = L', 'L is not below L.', 'signature-malleability'], by({ signature: join(R, encodeScalar(ORDER)) })),
    refused(['ed25519-025', 'S = L - 1', 'It is below L; the equation does not hold.', 'altered-proof'], by({ signature: join(R, encodeScalar(ORDER - 1n)) })),
    refused(['ed25519-026', 'S = 0', 'It is below L; the equation does not hold.', 'altered-proof'], by({ signature: join(R, new Uint8Array(32)) })),
    refused(['ed25519-027', 'S = 2^256 - 1', 'S is below L.', 'signature-malleability'], by({ signature: join(R, new Uint8Array(32).fill(0xff)) })),

    // R.
    refused(['ed25519-028', 'R is the neutral point', 'R is of small order, and the equation holds.', 'signature-malleability'], by({ signature: withSmallR(cfo, data) })),
    refused(['ed25519-029', 'R is of order 2', 'R is of small order, and the equation holds.', 'signature-malleability'], craft(KEY, T8, 0n, T2, rest(4n))),
    refused(['ed25519-030', 'R is of order 4', 'R is of small order, and the equation holds.', 'signature-malleability'], craft(KEY, T8, 0n, T4, rest(6n))),
    refused(['ed25519-031', 'R is of order 8', 'R is of small order, and the equation holds.', 'signature-malleability'], craft(KEY, T8, 0n, torsion[7] as Point, rest(1n))),
    refused(['ed25519-032', 'R is the neutral point as y = p + 1', 'R is not reduced; the points are equal, the bytes are not.', 'signature-malleability'],
      withEncodedR(cfo, fromHex(`ee${'ff'.repeat(30)}7f`))),
    refused(['ed25519-033', 'R is the neutral point with x = -0', 'R is not canonical; the points are equal, the bytes are not.', 'signature-malleability'],
      withEncodedR(cfo, fromHex(`01${'00'.repeat(30)}80`))),
    refused(['ed25519-034', 'R is no point', 'No point has y = 2.', 'altered-proof'], by({ signature: join(OFF_CURVE, S) })),
    refused(['ed25519-035', 'a signature of zeros', 'R is of order 4.', 'signature-malleability'], by({ signature: new Uint8Array(64) })),
    refused(['ed25519-036', 'a signature of ones', 'R is not reduced, S is not below L.', 'signature-malleability'], by({ signature: new Uint8Array(64).fill(0xff) })),

    // The equation without cofactor, and the key.
    refused(['ed25519-037', 'a key with a part of small order', 'The equation holds with cofactor only.', 'signature-malleability'], craft(KEY, T8, NONCE, NEUTRAL, rest(1n))),
    refused(['ed25519-038', 'an R with a part of small order', 'The equation holds with cofactor only.', 'signature-malleability'], craft(KEY, NEUTRAL, NONCE, T8, any)),
    refused(['ed25519-039', 'a key and an R with parts of small order that do not cancel each other', 'The equation holds with cofactor only.', 'signature-malleability'],
      craft(KEY, T8, NONCE, T8, rest(1n))),
    refused(['ed25519-040', 'a key that is no point', 'It is strong, and verifies nothing.', 'weak-key'], by({ publicKey: OFF_CURVE })),
    refused(['ed25519-041', 'a key of zeros and a signature of zeros', 'The key counts before the signature.', 'order', 'weak-key'],
      by({ publicKey: new Uint8Array(32), signature: new Uint8Array(64) }), 'key.weak'),
    ...weak,

    // Signing.
    signsRfc(['ed25519-059', 'signing test 1 of RFC 8032', 'Signatures are deterministic.', 'signing'], 1),
    signsRfc(['ed25519-060', 'signing test 2 of RFC 8032', 'Signatures are deterministic.', 'signing'], 2),
    signsRfc(['ed25519-061', 'signing test 3 of RFC 8032', 'Signatures are deterministic.', 'signing'], 3),
    ownSign(['ed25519-062', 'signing a message', 'The signature that other tests alter.', 'signing'], cfo, data),
    ownSign(['ed25519-063', 'signing another message with the same key', 'The nonce is another one too.', 'signing'], cfo, Buffer.from('Writ')),
    ownSign(['ed25519-064', 'signing the same message with another key', 'The nonce is another one too.', 'signing'], research, data),
    ownSign(['ed25519-065', 'signing 4,096 bytes', 'Messages are of any length.', 'signing'], cfo, long),
  ],
};
