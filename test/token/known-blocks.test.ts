import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ChainFile } from '../../cli/vectors/chain-format.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import type { Trust } from '../../src/keys/trust.ts';
import { decode } from '../../src/token/decode.ts';
import { type Known, KnownBlocks } from '../../src/token/known-blocks.ts';
import type { Token } from '../../src/token/model.ts';
import { verify } from '../../src/token/verify.ts';
import {
  type Change,
  type Changes,
  classOf,
  longScene,
  outcomeOf,
  textWith,
  trust,
  withPart,
} from '../support/chains.ts';
import {
  type Forged,
  forge,
  lookup,
  NOW,
  type Part,
  research,
  scene,
  stranger,
  textOf,
} from '../support/forge.ts';

type Block = Token['blocks'][number];

/** How decoding and verifying end, with or without known blocks. */
function end(text: string, known?: KnownBlocks, anchors: Trust = trust, now: number = NOW): string {
  return classOf(() => {
    verify(decode(text, { known }), anchors, { now, known });
    return 'verified';
  });
}

/** Which blocks of a token are known: those whose claims are not read again. */
function recalled(known: KnownBlocks, text: string): boolean[] {
  const claimsOf = (token: Token) => token.blocks.map(({ claims }) => claims);
  const [once, again] = [decode(text, { known }), decode(text, { known })].map(claimsOf);
  return (once ?? []).map((claims, i) => claims === again?.[i]);
}

/** Known blocks after a text was verified. */
function having(text: string, most = 1_024): KnownBlocks {
  const known = new KnownBlocks(most);
  expect(end(text, known)).toBe('verified');
  return known;
}

describe('known blocks', () => {
  const suite = 2;
  const text = textWith(suite);

  test('are those of a chain that held', () => {
    expect(recalled(new KnownBlocks(1_024), text)).toEqual([false, false]);
    expect(recalled(having(text), text)).toEqual([true, true]);
  });

  test('are none of a chain that did not', () => {
    const known = new KnownBlocks(1_024);
    const { bytes } = forge(scene(suite));
    const forged = textOf(bytes.with(-1, (bytes.at(-1) as number) ^ 1));
    expect(end(forged, known)).toMatch(/\.invalid$/);
    expect(recalled(known, forged)).toEqual([false, false]);
  });

  test('are known by a child too, but for its own', () => {
    const [parent, child] = [[[]], [[], []]].map((hops) => forge(longScene(suite, hops)).text);
    expect(recalled(having(parent as string), child as string)).toEqual([true, true, false]);
  });

  test('are told apart by all that is above them, even where their bytes are the same', () => {
    const [once, twice] = [[[]], [[], []]].map((hops) => {
      const made = longScene(suite, hops);
      const [root, hop] = made.blocks as [Part, Part];
      return forge({ ...made, blocks: [root, ...hops.map(() => hop)], holders: [research, lookup, lookup] });
    }) as [Forged, Forged];
    const known = having(once.text);
    expect(recalled(known, twice.text)).toEqual([true, true, false]);
    expect(end(twice.text, known)).toBe('verified');
    expect(recalled(known, twice.text)).toEqual([true, true, true]);
    const links = [decode(twice.text, { known }), decode(twice.text)].map((token) => verify(token, trust, { now: NOW, known }).blocks.map(({ id }) => id)); // biome-ignore format: in a row
    expect(links[0]).toEqual(links[1]);
  });

  test.each<[string, Changes, boolean[]]>([
    ['another root', { root: [[5, NOW + 7777]] }, [false, false]],
    ['another hop', { hop: [[5, NOW + 7777]] }, [true, false]],
    ['another invocation', { invocation: [[4, NOW + 77]] }, [true, true]],
  ])('of a chain with %s are those above it', (_, changes, expected) => {
    expect(recalled(having(text), textWith(suite, changes))).toEqual(expected);
  });

  test('are none of suite 1, where reading and verifying cost less than knowing', () => {
    const other = textWith(1);
    expect(recalled(having(other), other)).toEqual([false, false]);
  });

  test('are of so many at most, and the oldest goes first', () => {
    const known = having(text, 4);
    const hops = [1, 2].map((i) => textWith(suite, { hop: [[5, NOW + i]] }));
    for (const hop of hops) end(hop, known);
    expect(recalled(known, text)).toEqual([true, true]);
    end(textWith(suite, { hop: [[5, NOW + 3]] }), known);
    expect([text, ...hops].map((one) => recalled(known, one))).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
  });

  test.each([
    [2_048, true],
    [2_049, false],
  ])('of %i bytes: %s', (length, kept) => {
    const hop = (size: number): Change => [[9, new Map([[2, 'x'.repeat(size)]])]];
    const sizeOf = (one: string) => decode(one).blocks[1]?.payload.length ?? 0;
    const rest = sizeOf(textWith(suite, { hop: hop(999) })) - 999;
    const other = textWith(suite, { hop: hop(length - rest) });
    expect(sizeOf(other)).toBe(length);
    expect(recalled(having(other), other)).toEqual([true, kept]);
  });

  test('are found by all of their bytes, their signature and what is above them', () => {
    const known = having(text);
    const [root, hop] = decode(text, { known }).blocks as [Block, Block];
    const changed = (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) as number) ^ 1);
    const find = (above: Known | null | undefined, { header, payload, proof }: Block) =>
      known.find(above, header, payload, proof);
    const [of, below] = known.recall([root, hop]);
    expect(find(null, root)).toBe(of);
    expect(find(of, hop)).toBe(below);
    const proof = root.proof as Uint8Array;
    const others: Known[] = [
      find(undefined, root),
      find(of, root),
      find(null, hop),
      find(below, hop),
      find(null, { ...root, header: changed(root.header) }),
      find(null, { ...root, payload: changed(root.payload) }),
      find(null, { ...root, proof: changed(proof) }),
      known.find(null, root.header, root.payload, 1),
    ].filter((found) => found !== undefined);
    expect(others).toEqual([]);
  });

  test('are none where the root has extensions, whose values their handlers may change', () => {
    const other = textWith(suite, { root: [[18, new Map([['a', [1]]])]] });
    expect(recalled(having(other), other)).toEqual([false, false]);
  });

  test('end a chain as it ends without, whichever bit of it is flipped', () => {
    const known = having(text);
    const { bytes } = forge(scene(suite));
    const flipped = Array.from({ length: Math.floor((bytes.length * 8) / 11) }, (_, i) => {
      const changed = Uint8Array.from(bytes);
      changed[(i * 11) >> 3] = (changed[(i * 11) >> 3] as number) ^ (1 << ((i * 11) & 7));
      return textOf(changed);
    });
    const cold = flipped.map((changed) => end(changed));
    expect(cold).not.toContain('verified');
    expect(flipped.map((changed) => end(changed, known))).toEqual(cold);
  });

  test('say nothing of the moment', () => {
    const known = having(text);
    const over = new Map([...trust].map(([kid, anchor]) => [kid, { ...anchor, until: NOW }]));
    const silent = new Map([...trust].map(([kid, anchor]) => [kid, { ...anchor, kind: 'human', principal: 'mailto:x@acme.example' } as const])); // biome-ignore format: in a row
    expect([new Map(), over, silent].map((anchors) => end(text, known, anchors))).toEqual([
      'VerifyError anchor.unknown',
      'VerifyError anchor.window',
      'VerifyError anchor.grantor',
    ]);
    expect(outcomeOf(text, { now: NOW + 10_000_000 }, trust)).toBe('invocation.expired');
  });
});

describe('known signatures', () => {
  const text = textWith(2);
  const known = having(text);

  test('are of one key: under another the chain fails', () => {
    const key = new PublicKey(research.publicKey);
    const swapped = new Map([...trust].map(([kid, anchor]) => [kid, { ...anchor, key }]));
    expect(end(text, known, swapped)).toBe('VerifyError signature.invalid');
  });

  test.each([0, 1])('are of one signature: block %i with another fails, and goes on failing', (block) => {
    const forged = forge(withPart(2, block, { signer: stranger })).text;
    expect([forged, text, forged].map((tried) => end(tried, known))).toEqual([
      'VerifyError signature.invalid',
      'verified',
      'VerifyError signature.invalid',
    ]);
  });

  test('are none of invocations', () => {
    const forged = forge(withPart(2, 2, { signer: stranger })).text;
    expect(end(forged, known)).toBe('VerifyError signature.invalid');
  });

  test('are of the key as it was when they were verified', () => {
    const changing = new Map([...trust].map(([kid, anchor]) => [kid, { ...anchor, key: anchor.key instanceof PublicKey ? new PublicKey(anchor.key.bytes) : anchor.key }])); // biome-ignore format: in a row
    const own = new KnownBlocks(1_024);
    end(text, own, changing);
    for (const { key } of changing.values()) if (key instanceof PublicKey) key.bytes.set(research.publicKey);
    expect(end(text, own, changing)).toBe('VerifyError signature.invalid');
  });
});

test('with known blocks all published tokens end as without, again and again', () => {
  const folder = new URL('../../test-vectors/', import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): ChainFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
    .filter(({ format }) => format === 'writ-vectors/1');
  const round = (known?: KnownBlocks) =>
    files.flatMap(({ trust, clock, tests }) =>
      tests.map(({ text }) => end(text, known, importTrust(trust), clock)),
    );
  const [cold, shared] = [round(), new KnownBlocks(4_096)];
  expect(cold.length).toBeGreaterThan(250);
  expect([round(shared), round(shared)]).toEqual([cold, cold]);
});
