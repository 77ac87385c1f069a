import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.ts';
import { sizeOf } from '../../src/inspect/size.ts';
import { recipe, suites } from '../support/chains.ts';
import { base64url, cbor, forge, hopPayload, lookup, NOW, type Part, research } from '../support/forge.ts';

const bytes = (length: number) => new Uint8Array(length);

test.each([
  [0, 0, undefined],
  [3, 23, 64],
  [24, 24, 64],
  [40, 255, 32],
  [40, 256, undefined],
  [256, 65_000, 64],
])('a header of %i, a payload of %i and a proof of %s bytes take what CBOR takes', (header, payload, proof) => {
  const parts = { header: bytes(header), payload: bytes(payload), ...(proof !== undefined && { proof: bytes(proof) }) };
  const item = [parts.header, new Map(), parts.payload, ...(proof === undefined ? [] : [bytes(proof)])];
  expect(sizeOf(parts)).toEqual({ total: cbor(item).length, header, payload, proof: proof ?? 0 });
}); // biome-ignore format: one step

describe.each(suites)('in suite %i', (suite) => {
  /** The scene with so many blocks in all. */
  const scene = (blocks: number, sealed: boolean) => {
    const made = recipe(suite, sealed ? {} : { invocation: null });
    const hops = Array.from({ length: blocks - 1 }, (): Part => ({ payload: hopPayload(suite) }));
    const holders = [research, ...hops.map(() => lookup)];
    return forge({ ...made, blocks: [made.blocks[0] as Part, ...hops], holders });
  };

  test.each([1, 2, 23, 24, 32].flatMap((blocks) => [true, false].map((sealed) => [blocks, sealed] as const)))(
    '%i blocks, sealed %s: blocks, seal and frame add up to the token',
    (blocks, sealed) => {
      const forged = scene(blocks, sealed);
      const { size, blocks: inspected, invocation } = inspect(forged.text, { now: NOW });
      // The array and the suite are a byte each, the array of blocks one or two; a tag is 32 bytes behind their head.
      const frame = 2 + (blocks < 24 ? 1 : 2);
      const seal = invocation?.size.total ?? (suite === 1 ? 34 : 0);
      const sum = inspected.reduce((total, block) => total + block.size.total, frame + seal);
      expect([sum, size.bytes]).toEqual([forged.bytes.length, forged.bytes.length]);
      expect(size.characters).toBe(forged.text.length);
    },
  );

  test('the parts of blocks and seal are those on the wire', () => {
    const { blocks, invocation, text } = scene(2, true);
    const found = inspect(text, { now: NOW });
    const sizes = [...found.blocks.map(({ size }) => size), found.invocation?.size];
    const made = [...blocks, invocation].map((part, i) => ({
      total: cbor(part?.item).length,
      header: part?.header.length,
      payload: part?.payload.length,
      proof: suite === 1 && i < 2 ? 0 : part?.proof.length,
    }));
    expect(sizes).toEqual(made);
  });
});

test('what follows the token counts as characters, and not as bytes', () => {
  const { text, bytes: token } = forge(recipe(2, { invocation: null }));
  const bundle = `${text.replace('writ_', 'writ_secret_')}~${base64url(lookup.seed)}`;
  expect(inspect(bundle, { now: NOW }).size).toEqual({ characters: bundle.length, bytes: token.length });
});
