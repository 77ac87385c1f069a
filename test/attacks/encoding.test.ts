import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.ts';
import { decode } from '../../src/token/decode.ts';
import { linkBlocks } from '../../src/token/links.ts';
import {
  assemble,
  chainOf,
  itemsOf,
  outcomeOf,
  recipe,
  suites,
  textWith,
  withPart,
} from '../support/chains.ts';
import { base64url, cbor, forge, type Item, NOW, scene, textOf } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';

/** How a payload of a hop ends that has one more claim, `ext`, with a value of raw bytes. */
function withRaw(hex: string): string {
  const hop = forge(recipe(2)).blocks[1] as { payload: Uint8Array };
  const [head, ...claims] = hop.payload;
  const payloadBytes = Uint8Array.from([
    (head as number) + 1,
    ...claims,
    0x12,
    0xa1,
    0x61,
    0x78,
    ...fromHex(hex),
  ]);
  return outcomeOf(forge(withPart(2, 1, { payloadBytes })).text);
}

/** How a hop with a raw payload ends. */
const raw = (hex: string) => outcomeOf(forge(withPart(2, 1, { payloadBytes: fromHex(hex) })).text);

describe('B. encoding', () => {
  test('E01 a key twice, an integer or a text', () => {
    expect(raw('a202613a02613a')).toBe('DecodeError cbor.duplicate-key');
    expect(withRaw('a26161016161 02')).toBe('DecodeError cbor.duplicate-key');
  });

  test('the frame of these tests is read, and the extension alone denies', () => {
    expect(withRaw('01')).toBe('ext.unknown');
  });

  test.each([
    '1817',
    '190017',
    '1a00000017',
    '1b0000000000000017',
    '3817',
    '5801ff',
    '7801 61',
    '980101',
    'b8010101',
  ])('E04 not in the shortest form: %s', (hex) => {
    expect(withRaw(hex)).toBe('DecodeError cbor.not-shortest');
  });

  test('E04 a tag in a longer form is a tag', () => {
    expect(withRaw('d80100')).toBe('DecodeError cbor.tag');
  });

  test('E07 bytes behind the token, and behind the item in a byte string', () => {
    const { bytes } = forge(scene(2));
    expect(outcomeOf(textOf(Uint8Array.from([...bytes, 0])))).toBe('DecodeError cbor.trailing');
    expect(raw('a000')).toBe('DecodeError cbor.trailing');
  });

  const nested = (depth: number) => `${'81'.repeat(depth - 1)}80`;

  test.each<[string, string, string]>([
    ['15 arrays below a payload', withRaw(nested(14)), 'ext.unknown'],
    ['17 levels', withRaw(nested(15)), 'DecodeError limit.depth'],
    ['1,000 levels', withRaw(nested(1000)), 'DecodeError limit.depth'],
    ['17 levels of a token', outcomeOf(textOf(fromHex(nested(17)))), 'DecodeError limit.depth'],
    ['100,000 levels of a token', outcomeOf(textOf(fromHex(nested(100_000)))), 'DecodeError limit.size'],
    ['60,000 levels of a token', outcomeOf(textOf(fromHex(nested(60_000)))), 'DecodeError limit.depth'],
  ])('E09 %s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  test.each(['6180', '62c0af', '63eda080', '64f5808080', '61c3', '62c328', '63e28028', '64f4908080'])(
    'E11 text that is not UTF-8: %s',
    (hex) => {
      expect(withRaw(hex)).toBe('DecodeError cbor.utf8');
    },
  );

  const lookalikes = [
    'cafe\u0301',
    'caf\u00e9',
    '\uff41',
    '\ufb01',
    '\u0430',
    '\u212a',
    'x\u00ad',
    '\u{1d41a}',
  ];

  test.each(lookalikes)('E14 another spelling of a letter is no identifier: %j', (text) => {
    expect(outcomeOf(textWith(2, { root: [[2, `agent:${text}`]] }))).toBe('DecodeError claim.value');
    expect(outcomeOf(textWith(2, { root: [[3, [text]]] }))).toBe('DecodeError claim.value');
    expect(outcomeOf(textWith(2, { root: [[10, [[[text], ['**']]]]] }))).toBe('DecodeError claim.value');
    expect(outcomeOf(textWith(2, { root: [[10, [[['read'], [text]]]]] }))).toBe('DecodeError claim.value');
    expect(outcomeOf(textWith(2, { invocation: [[2, `reports/${text}`]] }))).toBe('DecodeError claim.value');
    expect(outcomeOf(textWith(2), { request: { action: 'read', resource: text } })).toBe('RequestError request.malformed'); // biome-ignore format: short
  });

  test.each([
    '\u200b',
    '\u200d',
    '\u202e',
    '\u2066',
    '\u061c',
    '\ufeff',
    '\u0000',
    '\u001b',
    '\u0085',
    '\u{e0041}',
  ])('E14 a character that hides or reorders is in no text at all: %j', (character) => {
    const mission = new Map([[1, 'q3'], [2, `pay${character}`]] as [number, string][]); // biome-ignore format: short
    expect(outcomeOf(textWith(2, { root: [[9, mission]] }))).toBe('DecodeError cbor.character');
  });

  test.each([
    'f93c00',
    'fa3f800000',
    'fb3ff0000000000000',
    'f98000',
    'f97e00',
    'fb7ff8000000000001',
    'f97c00',
    'f9fc00',
    'fb3ff8000000000000',
  ])('E16 a float: %s', (hex) => {
    expect(withRaw(hex)).toBe('DecodeError cbor.float');
  });

  test('E16 a float in the place of a time', () => {
    expect(outcomeOf(textWith(2, { hop: [[4, NOW + 0.5]] }))).toBe('DecodeError cbor.float');
  });

  test.each(['c000', 'c100', 'c240', 'd81840', 'd81b80', 'd81c80', 'd81d00', 'd9010280', 'da0000010200'])(
    'E18 a tag: %s',
    (hex) => {
      expect(withRaw(hex)).toBe('DecodeError cbor.tag');
    },
  );

  test.each(['f6', 'f7', 'e0', 'f3', 'f820', 'f8ff'])('E18 a simple value that is no boolean: %s', (hex) => {
    expect(withRaw(hex)).toBe('DecodeError cbor.simple');
  });

  test('E20 a claim, a version and a critical extension that are unknown', () => {
    const critical = new Map<number, Item>([[1, -19], [2, [99]], [99, 0]]); // biome-ignore format: short
    const items = itemsOf(forge(scene(2)));
    expect(outcomeOf(textWith(2, { hop: [[19, 0]] }))).toBe('DecodeError claim.unknown');
    expect(outcomeOf(assemble(3, items))).toBe('DecodeError token.suite');
    expect(outcomeOf(forge(withPart(2, 1, { header: critical })).text)).toBe('DecodeError token.header');
  });

  const text = textWith(2);
  const cut = (rest: number) => textOf(cbor('x'.repeat(28 + rest))).slice('writ_'.length);

  test.each<[string, string]>([
    ['padding', `${text}=`],
    ['padding inside', `${text.slice(0, 40)}=${text.slice(40)}`],
    ['a plus', `${text.slice(0, 40)}+${text.slice(41)}`],
    ['a slash', `${text.slice(0, 40)}/${text.slice(41)}`],
    ['a space', `${text} `],
    ['a space inside', `${text.slice(0, 40)} ${text.slice(40)}`],
    ['a line break', `${text}\n`],
    ['a carriage return', `${text}\r\n`],
    ['an exclamation mark', `${text.slice(0, 40)}!${text.slice(41)}`],
    ['a letter that is not ASCII', `${text.slice(0, 40)}\u0430${text.slice(41)}`],
    ['a length of 1 modulo 4', `writ_${'A'.repeat(5)}`],
    ['trailing bits behind one byte', 'writ_AB'],
    ['trailing bits behind two bytes', 'writ_AAB'],
  ])('E23 %s', (_, spelt) => {
    expect(outcomeOf(spelt)).toBe('DecodeError text.base64');
  });

  test('E23 no last character but one of the 64 spells the same bytes', () => {
    for (const rest of [0, 1, 2]) {
      const spelt = cut(rest);
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const same = [...alphabet].filter((last) => {
        const bytes = Buffer.from(spelt.slice(0, -1) + last, 'base64url');
        const found = outcomeOf(`writ_${spelt.slice(0, -1)}${last}`);
        return base64url(bytes) === spelt && found !== 'DecodeError text.base64';
      });
      expect(same).toEqual([spelt.at(-1)]);
    }
  });

  test.each(suites)(
    'E26 the ids of blocks are the same open, sealed, sealed again and with evidence, suite %i',
    (suite) => {
      const ids = (spelt: string) => {
        const token = decode(spelt);
        return linkBlocks(token.suite, token.blocks).map(({ id }) => toHex(id));
      };
      const sealed = textWith(suite);
      const expected = chainOf(sealed).blocks.map(({ id }) => toHex(id));
      expect(ids(textWith(suite, { invocation: null }))).toEqual(expected);
      expect(ids(textWith(suite, { invocation: [[7, new Uint8Array(16)]] }))).toEqual(expected);
      expect(ids(`${sealed}~AAEC`)).toEqual(expected);
    },
  );
});
