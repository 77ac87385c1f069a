import { describe, expect, test } from 'vitest';
import { decode } from '../../src/token/decode.ts';
import { assemble, itemsOf, suites, withPart } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { base64url, cfo, domain, forge, type Item, type Part, scene } from '../support/forge.ts';

const code = (text: string) => codeOf(() => decode(text));

describe('headers', () => {
  const kid = (suite: 1 | 2) => (suite === 2 ? cfo.kid : domain.kid);
  const alg = (suite: 1 | 2) => (suite === 2 ? -19 : 5);
  const other = (suite: 1 | 2) => (suite === 2 ? 5 : -19);
  const map = (...entries: [Item, Item][]) => new Map(entries);

  test.each(
    suites.flatMap((suite): [string, 1 | 2, number, Partial<Part>][] => [
      [
        'the algorithm of the other suite in the root',
        suite,
        0,
        { header: map([1, other(suite)], [4, kid(suite)]) },
      ],
      ['EdDSA by its old number', suite, 1, { header: map([1, -8]) }],
      ['the algorithm of the other suite in a hop', suite, 1, { header: map([1, other(suite)]) }],
      ['the algorithm of the other suite in the invocation', suite, 2, { header: map([1, other(suite)]) }],
      ['no algorithm', suite, 1, { header: map() }],
      ['no key id in the root', suite, 0, { header: map([1, alg(suite)]) }],
      ['a key id that is a byte short', suite, 0, { header: map([1, alg(suite)], [4, kid(suite).slice(1)]) }],
      [
        'a key id that is a byte long',
        suite,
        0,
        { header: map([1, alg(suite)], [4, new Uint8Array(kid(suite).length + 1)]) },
      ],
      [
        'a key id that is a text',
        suite,
        0,
        { header: map([1, alg(suite)], [4, base64url(kid(suite)).slice(0, kid(suite).length)]) },
      ],
      [
        'a content type beside the key id',
        suite,
        0,
        { header: map([1, alg(suite)], [3, 0], [4, kid(suite)]) },
      ],
      ['a critical extension in a hop', suite, 1, { header: map([1, alg(suite)], [2, [99]]) }],
      ['a key id in a hop', suite, 1, { header: map([1, alg(suite)], [4, kid(suite)]) }],
      ['a key id in the invocation', suite, 2, { header: map([1, alg(suite)], [4, kid(suite)]) }],
      ['a header that is a list', suite, 1, { header: [1, alg(suite)] }],
      ['an unprotected header with the algorithm', suite, 0, { unprotected: map([1, alg(suite)]) }],
      ['an unprotected header with a key id', suite, 1, { unprotected: map([4, kid(suite)]) }],
      ['an unprotected header in the invocation', suite, 2, { unprotected: map([-1, 0]) }],
      ['an unprotected header that is an empty list', suite, 1, { unprotected: [] }],
      ['an unprotected header that is bytes', suite, 1, { unprotected: Uint8Array.of(0xa0) }],
    ]),
  )('token.header: %s, suite %i', (_, suite, index, change) => {
    expect(code(forge(withPart(suite, index, change)).text)).toBe('token.header');
  });

  test.each<[string, Item]>([
    ['a map that is not wrapped in bytes', new Map([[1, -19]])],
    ['no bytes', new Uint8Array()],
    ['the right map with a longer integer', Uint8Array.of(0xa1, 0x18, 1, 0x32)],
    ['the right map and a byte behind it', Uint8Array.of(0xa1, 1, 0x32, 0)],
    ['an indefinite map', Uint8Array.of(0xbf, 1, 0x32, 0xff)],
  ])('token.header: %s', (_, header) => {
    const [root, hop] = itemsOf(forge(scene(2))) as [Item, Item[]];
    expect(code(assemble(2, [root, [header, ...hop.slice(1)]]))).toBe('token.header');
  });

  test('the key id may come in one order only', () => {
    const [root] = itemsOf(forge(scene(2))) as [Item[]];
    const swapped = Uint8Array.of(0xa2, 4, 0x58, 32, ...cfo.kid, 1, 0x32);
    expect(code(assemble(2, [[swapped, ...root.slice(1)]]))).toBe('token.header');
  });
});
