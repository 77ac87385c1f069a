import { describe, expect, test } from 'vitest';
import type { DecodeError } from '../../src/errors.ts';
import { decode } from '../../src/token/decode.ts';
import { assemble, itemsOf, recipe, textWith, withPart } from '../support/chains.ts';
import { errorOf } from '../support/code-of.ts';
import { cbor, forge, type Item, scene, textOf } from '../support/forge.ts';

describe('of two faults the earlier is reported', () => {
  const bad = { root: [[1, 'nobody']], hop: [[2, 'nobody']], invocation: [[1, '']] } as const;
  const [root, hop] = itemsOf(forge(scene(2))) as [Item[], Item[]];
  const badHeader = [Uint8Array.of(0xa0), ...root.slice(1)];
  const badRoot = itemsOf(forge(recipe(2, { root: bad.root })))[0] as Item[];
  const badProof = [...badRoot.slice(0, 3), new Uint8Array(1)];

  test.each<[string, string, string, string?]>([
    ['text.base64', 'text before CBOR', `${textOf(Uint8Array.of(0xff))}~!`],
    ['cbor.trailing', 'CBOR before the suite', textOf(Uint8Array.of(...cbor([9, []]), 0))],
    ['token.suite', 'the suite before the number of blocks', assemble(9, Array(33).fill(0))],
    ['limit.blocks', 'the number of blocks before their content', assemble(2, Array(33).fill(badHeader))],
    [
      'token.header',
      'the header before the payload',
      assemble(2, [[badHeader[0], ...badRoot.slice(1)]]),
      'block 0',
    ],
    ['claim.value', 'the payload before the signature', assemble(2, [badProof]), 'block 0, grantor'],
    ['claim.value', 'block 0 before block 1', assemble(2, [badRoot, badHeader]), 'block 0, grantor'],
    [
      'token.header',
      'block 1 before the seal',
      assemble(2, [root, [Uint8Array.of(0xa0), ...hop.slice(1)]], 0),
      'block 1',
    ],
    ['token.seal', 'the seal before the prefix', textOf(cbor([2, [root, hop], 0]), true)],
    [
      'claim.value',
      'block 1 before the invocation',
      textWith(2, { hop: bad.hop, invocation: bad.invocation }),
      'block 1, delegate',
    ],
    [
      'claim.value',
      'the invocation before the prefix',
      textOf(forge(recipe(2, { invocation: bad.invocation })).bytes, true),
      'invocation, action',
    ],
    [
      'claim.value',
      'the first claim in wire order',
      textWith(2, {
        root: [
          [2, 'nobody'],
          [4, 'never'],
        ],
      }),
      'block 0, delegate',
    ],
    [
      'claim.value',
      'a bad claim before an unknown one',
      textWith(2, {
        root: [
          [2, 'nobody'],
          [99, 0],
        ],
      }),
      'block 0, delegate',
    ],
    [
      'claim.unknown',
      'an unknown claim before a missing one',
      textWith(2, {
        root: [
          [2, undefined],
          [99, 0],
        ],
      }),
      'block 0',
    ],
    [
      'claim.value',
      'a bad claim before a missing one',
      textWith(2, {
        root: [
          [1, undefined],
          [10, 0],
        ],
      }),
      'block 0, scope',
    ],
    [
      'claim.missing',
      'of two missing ones the lower key',
      textWith(2, {
        root: [
          [10, undefined],
          [4, undefined],
        ],
      }),
      'block 0, exp',
    ],
    [
      'claim.missing',
      'a missing claim before the default of delegation',
      textWith(2, {
        root: [
          [1, undefined],
          [11, [0]],
        ],
      }),
      'block 0, grantor',
    ],
    [
      'cbor.trailing',
      'the bytes of a payload before its claims',
      forge(withPart(2, 0, { payloadBytes: Uint8Array.of(0xa0, 0) })).text,
      'block 0',
    ],
  ])('%s: %s', (expected, _, text, path) => {
    const error = errorOf(() => decode(text)) as DecodeError;
    expect(error).toMatchObject({ code: expected, where: path === undefined ? {} : { path } });
  });
});
