import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.ts';
import { VerifyError } from '../../src/errors.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { PublicKey, thumbprint } from '../../src/keys/public-key.ts';
import type { Anchor, Trust } from '../../src/keys/trust.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import { type Changes, hands, recipe, suites, textWith, trust, withPart } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import {
  cfo,
  domain,
  forge,
  grantPayload,
  hopPayload,
  type Item,
  lookup,
  NOW,
  type Part,
  type Recipe,
  research,
  scene,
  stranger,
  trustFile,
} from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { smallOrder } from '../support/points.ts';

const code = (text: string, now = NOW, anchors: Trust = trust) =>
  codeOf(() => verify(decode(text), anchors, { now }));
const pathOf = (made: Recipe) =>
  (errorOf(() => verify(decode(forge(made).text), trust, { now: NOW })) as VerifyError).where.path;

/** The trust of one anchor for the CFO's key, as code and not a file makes it. */
function trustIn(anchor: Partial<Anchor>): Trust {
  const key = new PublicKey(cfo.publicKey);
  const whole = {
    key,
    principal: 'mailto:cfo@acme.example',
    kind: 'human',
    speaksFor: [],
    ...anchor,
  } as const;
  return new Map([[toHex(thumbprint(key)), whole]]);
}

describe('a chain', () => {
  test.each(suites)('of suite %i holds the claims and ids of its blocks', (suite) => {
    const forged = forge(recipe(suite));
    const token = decode(forged.text);
    const chain = verify(token, trust, { now: NOW });
    expect(chain.blocks.map(({ id }) => id)).toEqual(forged.blocks.map(({ id }) => id));
    expect(chain.blocks.map(({ claims }) => claims)).toEqual(token.blocks.map(({ claims }) => claims));
    expect(chain.invocation).toEqual(token.invocation?.claims);
    expect(chain.suite).toBe(token.suite);
  });

  test('of suite 2 names its anchor and the key of its holder', () => {
    const chain = verify(decode(textWith(2)), trust, { now: NOW });
    expect(chain.anchor).toMatchObject({ principal: 'mailto:cfo@acme.example', kind: 'human' });
    expect(chain.blocks.at(-1)?.claims.key?.bytes).toEqual(lookup.publicKey);
  });

  test('of suite 1 has no key of a holder', () => {
    const chain = verify(decode(textWith(1)), trust, { now: NOW });
    expect(chain.anchor).toMatchObject({ principal: 'https://iam.acme.example', kind: 'authority' });
    expect(chain.blocks.at(-1)?.claims.key).toBeUndefined();
  });

  test.each(suites)('of an open token of suite %i has no invocation', (suite) => {
    const chain = verify(decode(textWith(suite, { invocation: null })), trust, { now: NOW });
    expect(chain.invocation).toBeUndefined();
    expect(chain.blocks).toHaveLength(2);
  });

  test('that was denied all caveats is a chain still', () => {
    expect(code(textWith(2, { root: [[4, 0]] }))).toBe('accepted');
  });
});

describe('anchors', () => {
  test.each(suites)('a key id that no anchor has is unknown, suite %i', (suite) => {
    expect(code(textWith(suite), NOW, new Map())).toBe('anchor.unknown');
  });

  test('a token signed by a key that is no anchor is unknown, whatever it names as grantor', () => {
    expect(code(forge({ ...recipe(2), root: stranger }).text)).toBe('anchor.unknown');
  });

  test.each<[string, 1 | 2, string, Anchor['key']]>([
    ['a public key', 1, toHex(domain.kid), new PublicKey(cfo.publicKey)],
    ['a secret', 2, toHex(cfo.kid), hands.domain],
  ])('an anchor that is %s does not serve suite %i', (_, suite, id, key) => {
    const anchor: Anchor = { key, principal: 'a:b', kind: 'authority', speaksFor: ['mailto:*'] };
    expect(code(textWith(suite), NOW, new Map([[id, anchor]]))).toBe('anchor.unknown');
  });

  const window = trustIn({ from: NOW, until: NOW + 10 });

  test.each([
    [NOW - 1, 'anchor.window'],
    [NOW, 'accepted'],
    [NOW + 9, 'accepted'],
    [NOW + 10, 'anchor.window'],
  ])('an anchor from NOW until NOW + 10, at %i: %s', (now, expected) => {
    expect(code(textWith(2), now, window)).toBe(expected);
  });

  test.each([
    [{ from: NOW }, NOW - 1, 'anchor.window'],
    [{ from: NOW }, 2 ** 33 - 1, 'accepted'],
    [{ until: NOW }, 0, 'accepted'],
    [{ until: NOW }, NOW, 'anchor.window'],
    [{}, 0, 'accepted'],
  ])('a window %j that is open on a side, at %i: %s', (anchor, now, expected) => {
    expect(code(textWith(2), now, trustIn(anchor))).toBe(expected);
  });

  test.each<[string, Partial<Anchor>, string]>([
    ['a human who is the grantor', {}, 'accepted'],
    ['another human', { principal: 'mailto:ceo@acme.example' }, 'anchor.grantor'],
    ['a human whose patterns would match', { principal: 'mailto:ceo@acme.example', speaksFor: ['mailto:*'] }, 'anchor.grantor'], // biome-ignore format: a row a line reads better
    [
      'an authority for the grantor',
      { kind: 'authority', speaksFor: ['mailto:cfo@acme.example'] },
      'accepted',
    ],
    [
      'an authority for all of a scheme',
      { kind: 'authority', speaksFor: ['user:*', 'mailto:*'] },
      'accepted',
    ],
    ['an authority for others', { kind: 'authority', speaksFor: ['user:*'] }, 'anchor.grantor'],
    ['an authority that is the grantor and speaks for nobody', { kind: 'authority' }, 'anchor.grantor'],
  ])('%s: %#', (_, anchor, expected) => {
    expect(code(textWith(2), NOW, trustIn(anchor))).toBe(expected);
  });

  test('the window comes before the grantor, and both before any signature', () => {
    const forged = forge(withPart(2, 0, { signer: stranger })).text;
    const other = { principal: 'mailto:ceo@acme.example' };
    expect(code(forged, NOW, trustIn({ ...other, until: NOW }))).toBe('anchor.window');
    expect(code(forged, NOW, trustIn(other))).toBe('anchor.grantor');
    expect(code(forged, NOW, trustIn({}))).toBe('signature.invalid');
  });
});

describe('signatures', () => {
  const paths = ['block 0', 'block 1', 'invocation'];
  const parts = [0, 1, 2];

  test.each(parts)('by a stranger, part %i', (i) => {
    const made = withPart(2, i, { signer: stranger });
    expect(code(forge(made).text)).toBe('signature.invalid');
    expect(pathOf(made)).toBe(paths[i]);
  });

  test.each(parts)('under another label, part %i', (i) => {
    const made = withPart(2, i, { label: 'receipt' });
    expect(code(forge(made).text)).toBe('signature.invalid');
    expect(pathOf(made)).toBe(paths[i]);
  });

  test.each(parts)('that hang on something else, part %i', (i) => {
    const made = withPart(2, i, { link: new Uint8Array(32) });
    expect(code(forge(made).text)).toBe('signature.invalid');
    expect(pathOf(made)).toBe(paths[i]);
  });

  test.each(parts)('of zeros, part %i', (i) => {
    const made = withPart(2, i, { proof: new Uint8Array(64) });
    expect(code(forge(made).text)).toBe('signature.invalid');
    expect(pathOf(made)).toBe(paths[i]);
  });

  test('are checked from the root to the seal', () => {
    const made = recipe(2);
    const bad = { ...made, blocks: made.blocks.map((part) => ({ ...part, signer: stranger })) };
    expect(pathOf(bad)).toBe('block 0');
  });

  test('of an open token are checked too', () => {
    const { invocation: _, ...open } = withPart(2, 1, { signer: stranger });
    expect(code(forge(open).text)).toBe('signature.invalid');
  });
});

describe('keys that must not verify', () => {
  const weak = fromHex((smallOrder[4] as (typeof smallOrder)[number])[1]);
  const unknown: Item = [-49, new Uint8Array(48)];

  test.each<[string, string, Changes, string | undefined]>([
    ['weak', 'key.weak', { root: [[8, weak]] }, 'block 1'],
    ['weak', 'key.weak', { hop: [[8, weak]] }, 'invocation'],
    ['of an unknown algorithm', 'key.algorithm', { root: [[8, unknown]] }, 'block 1'],
    ['of an unknown algorithm', 'key.algorithm', { hop: [[8, unknown]] }, 'invocation'],
  ])('a delegate key that is %s: %s, met at its turn', (_, expected, changes, path) => {
    const made = recipe(2, changes);
    expect(code(forge(made).text)).toBe(expected);
    expect(pathOf(made)).toBe(path);
  });

  test('are not met before the signature above them', () => {
    const made = recipe(2, { root: [[8, weak]] });
    const blocks = made.blocks.map((part, i): Part => (i === 0 ? { ...part, signer: stranger } : part));
    expect(pathOf({ ...made, blocks })).toBe('block 0');
    expect(code(forge({ ...made, blocks }).text)).toBe('signature.invalid');
  });

  test('are not met in an open token whose last key they are', () => {
    expect(code(textWith(2, { hop: [[8, weak]], invocation: null }))).toBe('accepted');
  });

  test('a weak anchor verifies nothing, even where code put it into the trust', () => {
    expect(code(textWith(2), NOW, trustIn({ key: new PublicKey(weak) }))).toBe('key.weak');
  });
});

describe('MACs', () => {
  test.each([0, 1, 2])('made with another key, part %i', (i) => {
    expect(code(forge(withPart(1, i, { macKey: stranger.seed })).text)).toBe('mac.invalid');
  });

  test.each([0, 1, 2])('under another label, part %i', (i) => {
    expect(code(forge(withPart(1, i, { label: 'receipt' })).text)).toBe('mac.invalid');
  });

  test.each([0, 1, 2])('that hang on something else, part %i', (i) => {
    expect(code(forge(withPart(1, i, { link: new Uint8Array(32) })).text)).toBe('mac.invalid');
  });

  test.each([0, 1])('of an open token, made with another key, part %i', (i) => {
    const { invocation: _, ...open } = withPart(1, i, { macKey: stranger.seed });
    expect(code(forge(open).text)).toBe('mac.invalid');
  });

  test('of zeros', () => {
    expect(code(forge(withPart(1, 2, { proof: new Uint8Array(32) })).text)).toBe('mac.invalid');
  });

  test('of another root secret with the same id', () => {
    const anchor: Anchor = {
      key: { ...hands.domain, secret: { expose: () => stranger.seed } } as unknown as Anchor['key'],
      principal: 'https://iam.acme.example',
      kind: 'authority',
      speaksFor: ['mailto:*'],
    };
    expect(code(textWith(1), NOW, new Map([[toHex(domain.kid), anchor]]))).toBe('mac.invalid');
  });
});

describe('evidence', () => {
  test.each(suites)('is refused and not ignored, suite %i', (suite) => {
    expect(code(`${textWith(suite)}~AA`)).toBe('evidence.unsupported');
    expect(code(`${textWith(suite)}~`)).toBe('evidence.unsupported');
  });

  test('is passed over where the caller reads it', () => {
    const token = decode(`${textWith(2)}~AA`);
    expect(verify(token, trust, { now: NOW, evidence: 'apart' }).suite).toBe('ed25519');
  });

  test.each([[true], ['together'], [undefined]])('is refused where the option is %j', (evidence) => {
    const options = { now: NOW, evidence: evidence as 'apart' };
    expect(codeOf(() => verify(decode(`${textWith(2)}~AA`), trust, options))).toBe('evidence.unsupported');
  });

  test('that the caller reads does not spare the signatures', () => {
    const token = decode(`${forge(withPart(2, 2, { signer: stranger })).text}~AA`);
    expect(codeOf(() => verify(token, trust, { now: NOW, evidence: 'apart' }))).toBe('signature.invalid');
  });

  test('comes after the signatures', () => {
    expect(code(`${forge(withPart(2, 2, { signer: stranger })).text}~AA`)).toBe('signature.invalid');
  });
});

test('the clock is that of the system where none is given', () => {
  const past = trustIn({ until: 1 });
  const ever = trustIn({ from: 1 });
  expect(codeOf(() => verify(decode(textWith(2)), past))).toBe('anchor.window');
  expect(codeOf(() => verify(decode(textWith(2)), ever))).toBe('accepted');
});

test('every refusal is a VerifyError', () => {
  const refusal = errorOf(() => verify(decode(textWith(2)), importTrust({ keys: [] })));
  expect(refusal).toBeInstanceOf(VerifyError);
});

test('the key of a delegate, not its name, is what counts', () => {
  const made = recipe(2);
  const renamed = {
    ...made,
    blocks: [{ payload: grantPayload(2) }, { payload: hopPayload(2, [], research) }],
  };
  expect(code(forge(renamed).text)).toBe('signature.invalid');
});

test('a copy of a token, whose claims could be others than were signed, is a TypeError', () => {
  const token = decode(forge(scene(2)).text);
  expect(() => verify({ ...token }, importTrust(trustFile), { now: NOW })).toThrow(TypeError);
});

test('the depth that an absent delegation means is shared by no two tokens', () => {
  const [one, other] = [1, 2].map(
    () =>
      decode(forge(scene(2, { blocks: [{ payload: grantPayload(2, [[11, undefined]]) }] })).text).blocks[0]
        .claims,
  );
  expect(one?.delegation).toEqual({ depth: 0 });
  expect(one?.delegation).not.toBe(other?.delegation);
});

test('bytes in claims are copies that carry nothing else along', () => {
  const { cti } = decode(forge(scene(2)).text).blocks[0].claims;
  expect(cti.buffer.byteLength).toBe(16);
});
