import { expect, test } from 'vitest';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { codeOf } from '../support/code-of.ts';
import { cfo } from '../support/forge.ts';

test('the public key and the key id follow from the seed', () => {
  const key = new SigningKey(cfo.seed);
  expect([key.publicKey.bytes, key.kid]).toEqual([cfo.publicKey, cfo.kid]);
});

test.each([0, 31, 33, 64])('a seed of %i bytes is refused', (length) => {
  expect(codeOf(() => new SigningKey(new Uint8Array(length)))).toBe('key.length');
});

test('a generated key differs from the next', () => {
  const [a, b] = [SigningKey.generate(), SigningKey.generate()];
  expect(a.seed.expose()).not.toEqual(b.seed.expose());
});

test('a generated key has a seed of 32 bytes', () => {
  expect(SigningKey.generate().seed.expose()).toHaveLength(32);
});
