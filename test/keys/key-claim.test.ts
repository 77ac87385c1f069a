import { describe, expect, test } from 'vitest';
import { encodeKey, parseKey, sameKey } from '../../src/keys/key-claim.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { codeOf } from '../support/code-of.ts';
import { cfo, type Item, research } from '../support/forge.ts';
import { smallOrder } from '../support/points.ts';
import { rewire, wire } from '../support/wire.ts';

const key = new PublicKey(cfo.publicKey);
const parse = (item: Item): PublicKey => parseKey(wire(item), 'key');

describe('a key claim', () => {
  test('comes back from the wire as it was', () => {
    expect(sameKey(parseKey(rewire(encodeKey(key)), 'key'), key)).toBe(true);
  });

  test('of an algorithm to come is kept with its number', () => {
    expect(parse([-48, new Uint8Array(1312)])).toEqual(new PublicKey(new Uint8Array(1312), -48));
  });

  // A weak key is met when its turn to verify comes, so that every implementation gives the same code.
  test.each(smallOrder)('that is %s is read and left to the verifier', (_, encoding) => {
    expect(codeOf(() => parse(Buffer.from(encoding, 'hex')))).toBe('accepted');
  });

  test.each<[string, Item]>([
    ['a text', 'key'],
    ['31 bytes', new Uint8Array(31)],
    ['33 bytes', new Uint8Array(33)],
    ['an empty list', []],
    ['an algorithm alone', [-48]],
    ['three elements', [-48, new Uint8Array(3), 1]],
    ['an algorithm by name', ['EdDSA', new Uint8Array(32)]],
    ['no bytes', [-48, new Uint8Array(0)]],
    ['more than 4096 bytes', [-48, new Uint8Array(4097)]],
    ['bytes as text', [-48, 'key']],
  ])('that is %s is refused', (_, item) => {
    expect(codeOf(() => parse(item))).toBe('claim.value');
  });

  test('that spells out the default algorithm is degenerate', () => {
    expect(codeOf(() => parse([-19, cfo.publicKey]))).toBe('claim.degenerate');
  });
});

describe('encodeKey', () => {
  test('takes a public JWK', () => {
    const { kty, crv, x } = cfo.jwk;
    expect(encodeKey({ kty, crv, x })).toEqual(cfo.publicKey);
  });

  test('refuses a private JWK', () => {
    expect(codeOf(() => encodeKey(cfo.jwk))).toBe('key.format');
  });

  test.each(smallOrder)('refuses a key that is %s', (_, encoding) => {
    expect(codeOf(() => encodeKey(new PublicKey(Buffer.from(encoding, 'hex'))))).toBe('key.weak');
  });

  test('refuses an algorithm that it does not know', () => {
    expect(codeOf(() => encodeKey(new PublicKey(cfo.publicKey, -8)))).toBe('key.algorithm');
  });
});

test.each([
  ['equal bytes', new PublicKey(cfo.publicKey), true],
  ['other bytes', new PublicKey(research.publicKey), false],
  ['equal bytes for another algorithm', new PublicKey(cfo.publicKey, -8), false],
])('sameKey, given %s, is %s', (_, other, same) => {
  expect(sameKey(key, other)).toBe(same);
});
