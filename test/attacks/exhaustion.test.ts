import { describe, expect, test } from 'vitest';
import { decode } from '../../src/token/decode.ts';
import { assemble, itemsOf, longScene, textWith } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { base64url, cbor, forge, type Item, scene, textOf } from '../support/forge.ts';

// `decode` has no key at hand, so whatever it refuses is refused before the first signature.
const code = (text: string) => codeOf(() => decode(text));

describe('K. resource exhaustion', () => {
  const [item] = itemsOf(forge(scene(2)));

  test.each([33, 256])('X01 %i blocks', (count) => {
    const empty: Item = [new Uint8Array(), new Map(), new Uint8Array(), new Uint8Array()];
    expect(code(assemble(2, Array(count).fill(empty)))).toBe('limit.blocks');
  });

  test('X01 33 signed blocks', () => {
    expect(code(forge(longScene(2, Array(32).fill([]))).text)).toBe('limit.blocks');
  });

  test('X01 10,000 blocks', () => {
    expect(code(assemble(2, Array(10_000).fill(item)))).toBe('limit.size');
    expect(code(assemble(2, Array(10_000).fill(0)))).toBe('limit.entries');
  });

  test('X01 10,000 pieces of evidence', () => {
    expect(code(textWith(2) + '~AA'.repeat(10_000))).toBe('limit.evidence');
  });

  test('X02 a caveat of 1 MB', () => {
    const ext = new Map([['big', Array(256).fill('x'.repeat(4000))]]);
    expect(code(textWith(2, { hop: [[18, ext]] }))).toBe('limit.size');
  });

  test('X02 a text of 1 MB, or of a byte more than 4 KiB', () => {
    expect(code(textWith(2, { hop: [[18, new Map([['big', 'x'.repeat(1_000_000)]])]] }))).toBe('limit.size');
    expect(code(textWith(2, { hop: [[18, new Map([['big', 'x'.repeat(4097)]])]] }))).toBe('limit.text');
    expect(code(textWith(2, { hop: [[18, new Map([['big', 'x'.repeat(4096)]])]] }))).toBe('accepted');
  });

  test('X02 64,000 keys in a map, or 257', () => {
    const map = (size: number) => new Map(Array.from({ length: size }, (_, i) => [`k${i}`, 0]));
    expect(code(textWith(2, { hop: [[18, map(64_000)]] }))).toBe('limit.size');
    expect(code(textWith(2, { hop: [[18, map(257)]] }))).toBe('limit.entries');
    expect(code(textWith(2, { hop: [[18, map(256)]] }))).toBe('accepted');
  });

  test('X02 a length that promises more than there is', () => {
    for (const hex of ['9a7fffffff', '5b001fffffffffffff', '7a7fffffff', 'ba7fffffff']) {
      const refused = errorOf(() => decode(textOf(Uint8Array.from(Buffer.from(`8202${hex}`, 'hex')))));
      expect(refused).toMatchObject({ code: expect.stringMatching(/^(limit\.entries|cbor\.truncated)$/) });
    }
  });

  test('X02 a text of 100 MB is refused by its length', () => {
    expect(code(`writ_${'A'.repeat(100_000_000)}`)).toBe('limit.size');
    expect(code(`${textOf(cbor([2, []]))}~${base64url(new Uint8Array(1_000_000))}`)).toBe('limit.size');
  });
});
