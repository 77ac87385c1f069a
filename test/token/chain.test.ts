import { expect, test } from 'vitest';
import { assertChain, brandChain, type Chain } from '../../src/token/chain.ts';
import { decode } from '../../src/token/decode.ts';
import { chainOf, textWith } from '../support/chains.ts';
import { errorOf } from '../support/code-of.ts';

const chain = chainOf(textWith(2));

test('a chain from verify is one', () => {
  expect(() => assertChain(chain)).not.toThrow();
});

test('a chain is the same object that was branded', () => {
  const plain = { ...chain };
  expect(brandChain(plain)).toBe(plain);
});

test.each<[string, unknown]>([
  ['a token', decode(textWith(2))],
  ['a copy of a chain', { ...chain }],
  ['a deep copy of a chain', structuredClone({ ...chain, anchor: { ...chain.anchor, key: null } })],
  ['an object with a chain as its prototype', Object.create(chain)],
  ['a text', textWith(2)],
  ['nothing', undefined],
])('%s is none', (_, value) => {
  expect(errorOf(() => assertChain(value as Chain))).toBeInstanceOf(TypeError);
});
