import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChainVector } from '../../cli/vectors/chain-format.ts';
import { type CaveatName, caveats } from '../../src/caveats/all.ts';
import { describeCaveat } from '../../src/caveats/forms.ts';
import { effectiveAuthority, type InForce } from '../../src/decide/effective.ts';
import { inspect } from '../../src/inspect/inspect.ts';
import { why } from '../../src/inspect/why.ts';
import type { Anchor, Trust } from '../../src/keys/trust.ts';
import { decode } from '../../src/token/decode.ts';
import { hands, REQUEST, recipe, suites, textWith, trust, withPart } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { base64url, forge, hex, hopPayload, lookup, NOW } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { smallOrder } from '../support/points.ts';
import { mintWorld } from '../support/reviewed.ts';
import { hop, root } from '../support/worlds.ts';

const bundleOf = (text: string) => `${text.replace('writ_', 'writ_secret_')}~${base64url(lookup.seed)}`;
const bundle = bundleOf(textWith(2, { invocation: null }));

describe.each(suites)('a token of suite %i', (suite) => {
  const text = textWith(suite, { hop: [[9, new Map([[2, 'Find it']])], [4, NOW + 600]] }); // biome-ignore format: pairs read as pairs
  const found = inspect(text, { now: NOW });

  test('is shown with the id of each block and who handed what to whom', () => {
    const { blocks } = forge(recipe(suite, { hop: [[9, new Map([[2, 'Find it']])], [4, NOW + 600]] })); // biome-ignore format: pairs read as pairs
    expect(found.blocks.map(({ id, from, claims }) => [id, from, claims.delegate])).toEqual([
      [hex(blocks[0]?.id ?? new Uint8Array()), 'mailto:cfo@acme.example', 'agent:acme/research'],
      [hex(blocks[1]?.id ?? new Uint8Array()), 'agent:acme/research', 'agent:acme/lookup'],
    ]);
  });

  test('has the caveats of each block in the order of their keys', () => {
    const names = found.blocks.map(({ caveats }) => caveats.map(({ name }) => name));
    const audience = suite === 1 ? ['aud'] : [];
    expect(names).toEqual([[...audience, 'exp', 'scope', 'delegation'], ['exp']]);
  });

  test('has the words and the enforcement of each caveat', () => {
    expect(found.blocks[1]?.caveats).toEqual([
      { name: 'exp', words: ['expires 2027-01-15T08:10:00Z'], enforcement: 'static', notes: [] },
    ]);
  });

  test('changes nothing in its root', () => {
    expect(found.blocks.map(({ changes }) => changes.map(({ caveat }) => caveat))).toEqual([[], ['exp', 'delegation']]);
  }); // biome-ignore format: one step

  test('has its claims as they were decoded, and the clock', () => {
    const { blocks, invocation } = decode(text);
    expect(found.blocks.map(({ claims }) => claims)).toEqual(blocks.map(({ claims }) => claims));
    expect(found.invocation?.claims).toEqual(invocation?.claims);
    expect(found.now).toBe(NOW);
  });

  test.each([
    ['sealed', text, true, false],
    ['open', textWith(suite, { invocation: null }), false, suite === 1],
  ])('tells whether it is sealed and a secret: %s', (_, own, sealed, secret) => {
    const { invocation, ...shown } = inspect(own, { now: NOW });
    expect([shown.sealed, invocation !== null, shown.secret]).toEqual([sealed, sealed, secret]);
  });

  test('has the status that its anchor demands in its authority, where the chain holds', () => {
    const alive = { key: hands.lookup.publicKey, within: 9 };
    const strict = new Map([...trust].map(([id, anchor]) => [id, { ...anchor, alive }]));
    const names = [strict, undefined].map((of) => {
      const shown = inspect(text, { now: NOW, ...(of && { trust: of }) });
      return shown.blocks.at(-1)?.authority.some(({ caveat }) => caveat === 'alive');
    });
    expect(names).toEqual([true, false]);
  });
});

test('a bundle is a secret', () => {
  expect(inspect(bundle, { now: NOW }).secret).toBe(true);
});

describe('verification', () => {
  const wrong = new Uint8Array(64);
  const weak = { payload: hopPayload(2, [[8, fromHex(smallOrder[0]?.[1] ?? '')]]) };
  const anchors = (change: Partial<Anchor>): Trust =>
    new Map([...trust].map(([id, anchor]) => [id, { ...anchor, ...change }]));
  const human = { status: 'held', by: 'mailto:cfo@acme.example', kind: 'human' };
  const authority = { status: 'held', by: 'https://iam.acme.example', kind: 'authority' };

  test.each<[string, string, Trust | undefined, object]>([
    ['untried without trust, suite 1', textWith(1), undefined, { status: 'untried' }],
    ['untried without trust, suite 2', textWith(2), undefined, { status: 'untried' }],
    ['held by a human', textWith(2), trust, human],
    ['held by an authority', textWith(1), trust, authority],
    ['held by an open token', textWith(1, { invocation: null }), trust, authority],
    ['held by a bundle', bundle, trust, human],
    ['held by an expired token', textWith(2, { root: [[4, 0]] }), trust, human],
    ['failed for an unknown anchor', textWith(1), new Map(), { status: 'failed', code: 'anchor.unknown' }],
    ['failed out of the anchor’s time', textWith(2), anchors({ until: NOW }), { status: 'failed', code: 'anchor.window' }],
    ['failed for another grantor', textWith(1), anchors({ speaksFor: [] }), { status: 'failed', code: 'anchor.grantor' }],
    ['failed for the signature of a block', forge(withPart(2, 1, { proof: wrong })).text, trust, { status: 'failed', code: 'signature.invalid', path: 'block 1' }],
    ['failed for the signature of the seal', forge(withPart(2, 2, { proof: wrong })).text, trust, { status: 'failed', code: 'signature.invalid', path: 'invocation' }],
    ['failed for a weak key', forge(withPart(2, 1, weak)).text, trust, { status: 'failed', code: 'key.weak', path: 'invocation' }],
    ['failed for the tag of the seal', forge(withPart(1, 2, { proof: wrong.slice(32) })).text, trust, { status: 'failed', code: 'mac.invalid' }],
    ['failed for a tag', forge(withPart(1, 0, { macKey: wrong })).text, trust, { status: 'failed', code: 'mac.invalid' }],
  ])('%s', (_, text, anchored, expected) => {
    const { verification, blocks } = inspect(text, { now: NOW, ...(anchored && { trust: anchored }) });
    expect(verification).toEqual(expected);
    // What does not hold is shown all the same.
    expect(blocks).toHaveLength(2);
  }); // biome-ignore format: a row a line

  test('what is thrown for another reason is thrown on', () => {
    const get = () => {
      throw new RangeError('of the trust itself');
    };
    expect(() => inspect(textWith(2), { now: NOW, trust: { get } as never })).toThrow(RangeError);
  });
});

test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, '1' as never, 2 ** 53])('a clock that says %s is a TypeError', (now) => {
  expect(() => inspect(textWith(2), { now })).toThrow(TypeError);
}); // biome-ignore format: one step

test('what is no token is refused as it is by the decoder', () => {
  expect(codeOf(() => inspect('writ_'))).toBe(codeOf(() => decode('writ_')));
});

describe('no secret is in it', () => {
  const open = forge(recipe(1, { invocation: null }));
  const tag = open.blocks.at(-1)?.proof ?? new Uint8Array();

  test.each([
    ['the seed of a bundle', bundle, lookup.seed],
    ['the tag of an open token', open.text, tag],
  ])('%s, in no spelling', (_, text, secret) => {
    const shown = [inspect(text, { now: NOW, trust }), why(text, REQUEST, { now: NOW, trust })].map((own) => JSON.stringify(own)).join(); // biome-ignore format: one step
    const bytes = Buffer.from(secret);
    const spellings = [
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64').slice(0, -2),
      bytes.toString('base64url').slice(0, -1),
      [...bytes].join(),
      JSON.stringify(secret).slice(1, -1),
    ];
    expect(spellings.filter((spelling) => shown.includes(spelling))).toEqual([]);
    // The text itself holds it, so the search would have found it.
    expect(Buffer.from(text.split(/[_~]/).at(-1) ?? '', 'base64url').includes(bytes)).toBe(true);
  });
});

describe('laws', () => {
  test.each(suites)('in suite %i the last authority is the effective one, in words', (suite) => {
    const law = fc.property(root, fc.array(hop, { maxLength: 3 }), (first, rest) => {
      const text = mintWorld(suite, first, rest);
      const [last] = effectiveAuthority(decode(text).blocks).slice(-1);
      const shown = inspect(text, { now: NOW }).blocks.at(-1)?.authority ?? [];
      for (const name of Object.keys(caveats) as CaveatName[]) {
        const held = (last?.conditions[name] ?? []) as readonly InForce<never>[];
        const phrases = shown.filter(({ caveat }) => caveat === name);
        expect(phrases.map(({ value, blocks }) => [value, blocks])).toEqual(held.map(({ value, blocks }) => [value, blocks]));
        const words = held.map(({ value }) => describeCaveat(name, value));
        if (held.length < 2) expect(phrases.map((phrase) => phrase.words)).toEqual(words);
        expect(words.every((lines) => lines.length > 0)).toBe(true);
      }
    });
    fc.assert(law, { numRuns: suite === 2 ? 60 : 300 });
  }); // biome-ignore format: steps

  const texts = ['token', 'delegation', 'invocation', 'decision'].flatMap((name) => {
    const url = new URL(`../../test-vectors/${name}.json`, import.meta.url);
    const { tests }: { tests: readonly ChainVector[] } = JSON.parse(readFileSync(url, 'utf8'));
    return tests.flatMap(({ text, requests = [] }) => [text, ...requests.flatMap((own) => own.text ?? [])]);
  });

  test('every published token that decodes is inspected and asked, and every other is refused with its code', () => {
    expect(texts.length).toBeGreaterThan(200);
    for (const text of texts) {
      const code = codeOf(() => decode(text));
      const options = { now: NOW, trust };
      expect([codeOf(() => JSON.stringify(inspect(text, options))), codeOf(() => why(text, REQUEST, options))]).toEqual([code, code]);
    }
  }); // biome-ignore format: steps
});
