import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coseKey } from '../../../src/keys/formats/cose-key.ts';
import { MacKey } from '../../../src/keys/mac-key.ts';
import { PublicKey } from '../../../src/keys/public-key.ts';
import { SigningKey } from '../../../src/keys/signing-key.ts';
import { codeOf, errorOf } from '../../support/code-of.ts';
import { beginnings, flips, outcomes } from '../../support/damage.ts';
import { cfo, domain, hex, research } from '../../support/forge.ts';
import { fromHex } from '../../support/hex.ts';
import { pairs } from '../../support/key-files.ts';
import { nonCanonical, smallOrder } from '../../support/points.ts';

const { seed: d, publicKey: x } = cfo;
const { secret: k, kid } = domain;

type Members = Record<number, unknown>;
/** A COSE_Key, made without the code under test; 1 kty, 2 kid, 3 alg, −1 crv or k, −2 x, −4 d. */
const key = (members: Members) =>
  encode(new Map(Object.entries(members).map(([label, value]) => [Number(label), value])));
const pub: Members = { 1: 1, '-1': 6, '-2': x };
const pair: Members = { ...pub, '-4': d };
const oct: Members = { 1: 4, 2: kid, '-1': k };
const code = (bytes: Uint8Array) => codeOf(() => coseKey.read(bytes));

test('a public key is that of the same members in cborg', () => {
  const publicKey = new PublicKey(x);
  const thumbprint = new SigningKey(d).kid;
  expect(coseKey.write(publicKey)).toEqual(key({ ...pub, 2: thumbprint }));
  expect(coseKey.read(key(pub))).toEqual(publicKey);
});

test('a private key is that of the same members in cborg', () => {
  const written = coseKey.write(new SigningKey(d));
  expect(written).toEqual(key({ ...pair, 2: new SigningKey(d).kid }));
  expect((coseKey.read(key(pair)) as SigningKey).seed.expose()).toEqual(d);
});

test('an HMAC secret is that of the same members in cborg', () => {
  expect(coseKey.write(new MacKey(k, kid))).toEqual(key(oct));
  const read = coseKey.read(key(oct)) as MacKey;
  expect([read.secret.expose(), read.kid]).toEqual([k, kid]);
});

test('a key laid out by hand, that of RFC 8032, 7.1, test 1, with a short kid, is read', () => {
  const bytes = `a5 0101 0242 3131 2006
    21 5820 d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a
    23 5820 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60`;
  const read = coseKey.read(fromHex(bytes.replaceAll('\n', ''))) as SigningKey;
  expect(hex(read.publicKey.bytes)).toMatch(/^d75a9801/);
});

test('keys are read as they were written, for every seed', () => {
  fc.assert(
    fc.property(pairs, (one) => {
      expect((coseKey.read(coseKey.write(one)) as SigningKey).seed.expose()).toEqual(one.seed.expose());
      expect(coseKey.read(coseKey.write(one.publicKey))).toEqual(one.publicKey);
    }),
    { numRuns: 25 },
  );
});

describe('accepts', () => {
  test.each([
    ['alg -19', { ...pub, 3: -19 }],
    ['alg -8', { ...pair, 3: -8 }],
    ['alg 5 of a secret', { ...oct, 3: 5 }],
    ['any kid of a public key', { ...pub, 2: Uint8Array.of(1) }],
    ['labels that it does not know', { ...pub, 4: [2], 99: 'x' }],
  ])('%s', (_, members) => {
    expect(code(key(members))).toBe('accepted');
  });
});

test.each([
  ['no kty', { '-1': 6, '-2': x }, 'key.algorithm'],
  ['kty EC2', { ...pub, 1: 2 }, 'key.algorithm'],
  ['kty as a text', { ...pub, 1: 'OKP' }, 'key.algorithm'],
  ['no crv', { 1: 1, '-2': x }, 'key.algorithm'],
  ['crv X25519', { ...pub, '-1': 4 }, 'key.algorithm'],
  ['crv Ed448', { ...pub, '-1': 7 }, 'key.algorithm'],
  ['alg ES256', { ...pub, 3: -7 }, 'key.algorithm'],
  ['alg as a text', { ...pub, 3: 'EdDSA' }, 'key.algorithm'],
  ['alg 5 of a public key', { ...pub, 3: 5 }, 'key.algorithm'],
  ['alg -19 of a secret', { ...oct, 3: -19 }, 'key.algorithm'],
  ['alg HMAC 256/64', { ...oct, 3: 4 }, 'key.algorithm'],
  ['a private key without its public part', { 1: 1, '-1': 6, '-4': d }, 'key.format'],
  ['neither x nor d', { 1: 1, '-1': 6 }, 'key.format'],
  ['x as a text', { ...pub, '-2': 'x' }, 'key.format'],
  ['x as a sign', { ...pair, '-2': true }, 'key.format'],
  ['d as a text', { ...pub, '-4': 'd' }, 'key.format'],
  ['no k', { 1: 4, 2: kid }, 'key.format'],
  ['no kid beside k', { 1: 4, '-1': k }, 'key.format'],
  ['kid as a text', { ...oct, 2: 'a' }, 'key.format'],
  ['x of 31 bytes', { ...pub, '-2': x.slice(1) }, 'key.length'],
  ['x of 33 bytes', { ...pub, '-2': Uint8Array.of(...x, 0) }, 'key.length'],
  ['d of 31 bytes', { ...pair, '-4': d.slice(1) }, 'key.length'],
  ['d with the public key behind it', { ...pair, '-4': Uint8Array.of(...d, ...x) }, 'key.length'],
  ['k of 31 bytes', { ...oct, '-1': k.slice(1) }, 'key.length'],
  ['kid of 17 bytes beside k', { ...oct, 2: new Uint8Array(17) }, 'key.length'],
  ['another x', { ...pair, '-2': research.publicKey }, 'key.mismatch'],
])('refuses %s', (_, members, expected) => {
  expect(code(key(members))).toBe(expected);
});

test.each([
  ['nothing', Uint8Array.of()],
  ['a list of keys', encode([pub])],
  ['a byte behind it', Uint8Array.of(...key(pub), 0)],
  ['a tag', Uint8Array.of(0xd8, 0x65, ...key(pub))],
  ['an indefinite length', fromHex(`bf 01 01 20 06 21 5820 ${hex(x)} ff`)],
  ['labels in another order', fromHex(`a3 20 06 01 01 21 5820 ${hex(x)}`)],
  ['a label twice', fromHex(`a4 01 01 01 01 20 06 21 5820 ${hex(x)}`)],
  ['a number that is not in its shortest form', fromHex(`a3 01 1801 20 06 21 5820 ${hex(x)}`)],
])('refuses %s with key.format', (_, bytes) => {
  expect(code(bytes)).toBe('key.format');
});

test.each([...smallOrder, ...nonCanonical])('refuses a key that is %s', (_, encoding) => {
  expect(code(key({ ...pub, '-2': fromHex(encoding) }))).toBe('key.weak');
});

test('names the byte at which the CBOR is malformed', () => {
  expect(errorOf(() => coseKey.read(Uint8Array.of(0xa1, 1))).message).toContain('cbor.truncated, byte 2');
});

test('refuses a key that is cut short anywhere', () => {
  expect(outcomes(beginnings(key(pair)), code)).toEqual(['key.format']);
});

test('refuses a public key with any bit before its bytes flipped', () => {
  const whole = key(pub);
  expect(outcomes(flips(whole, 0, whole.length - 32), code)).toEqual(['key.algorithm', 'key.format']);
});

test('recognises maps of every size, and no text', () => {
  const heads = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) =>
    coseKey.recognises(Uint8Array.of(byte)),
  );
  expect(heads).toEqual(Array.from({ length: 32 }, (_, i) => 0xa0 + i));
});
