import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.ts';
import { decide } from '../../src/decide/decide.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import type { Trust } from '../../src/keys/trust.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import {
  assemble,
  type Change,
  chainOf,
  longScene,
  outcomeOf,
  recipe,
  suites,
  textWith,
  trust,
  withPart,
} from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import {
  AUDIENCE,
  base64url,
  cbor,
  cfo,
  domain,
  type Forged,
  forge,
  grantPayload,
  headerOf,
  hmac,
  hopPayload,
  type Item,
  invocationPayload,
  lookup,
  type Made,
  NOW,
  type Pair,
  pair,
  type Recipe,
  research,
  scene,
  signEd25519,
  signedBytes,
  stranger,
  trustFile,
} from '../support/forge.ts';

const BROKEN = { 1: 'VerifyError mac.invalid', 2: 'VerifyError signature.invalid' } as const;
const NARROW: Change = [[4, NOW + 600]];

/** A forged token of a root and two hops, whose blocks and seal can be put together anew. */
function threeBlocks(suite: 1 | 2): Forged {
  return forge(longScene(suite, [[], NARROW]));
}

/** A token of other blocks, sealed anew by whoever holds the given key or tag. */
function sealAnew(suite: 1 | 2, blocks: readonly Made[], key: Pair | Uint8Array): string {
  const header = cbor(headerOf(suite));
  const payload = cbor(invocationPayload());
  const signed = signedBytes(suite, 'invocation', (blocks.at(-1) as Made).id, header, payload);
  const proof = key instanceof Uint8Array ? hmac(key, signed) : signEd25519(key, signed);
  return assemble(suite, blocks.map(({ item }) => item), [header, new Map(), payload, proof]); // biome-ignore format: short
}

describe('A. signature and chain', () => {
  describe.each(suites)('suite %i', (suite) => {
    const forged = threeBlocks(suite);
    const [root, first, second] = forged.blocks as [Made, Made, Made];
    const seal = forged.invocation?.item;
    // What the last delegate holds: its key, or the last tag.
    const own = suite === 2 ? stranger : second.proof;
    const made = longScene(suite, [[], NARROW]);

    test('S01 the untouched token is allowed, so that what follows is refused for what is changed', () => {
      expect(outcomeOf(forged.text)).toBe('allowed');
      expect(outcomeOf(sealAnew(suite, forged.blocks, own))).toBe('allowed');
    });

    test.each<[string, Made[]]>([
      ['the last block', [root, first]],
      ['the middle block', [root, second]],
      ['both hops', [root]],
    ])('S01 without %s, with the old seal or a new one', (_, blocks) => {
      expect(outcomeOf(assemble(suite, blocks.map(({ item }) => item), seal))).toBe(BROKEN[suite]); // biome-ignore format: short
      expect(outcomeOf(sealAnew(suite, blocks, own))).toBe(BROKEN[suite]);
    });

    test('S01 without the root, a hop is none', () => {
      expect(outcomeOf(assemble(suite, [first.item, second.item], seal))).toBe('DecodeError token.header');
    });

    test('S01 without the root, a new one signed by the attacker', () => {
      const forgedRoot = { ...made, blocks: made.blocks.map((part, i) => (i === 0 ? { ...part, signer: stranger, macKey: second.proof } : part)) }; // biome-ignore format: short
      expect(outcomeOf(forge(forgedRoot).text)).toBe(BROKEN[suite]);
    });

    test('S01 without a caveat of the last block, recomputed with all that its holder has', () => {
      const widened = longScene(suite, [[], []]);
      const blocks = widened.blocks.map((part, i) =>
        i === 2 ? { ...part, signer: stranger, macKey: second.proof } : part,
      );
      expect(outcomeOf(forge({ ...widened, blocks }).text)).toBe(BROKEN[suite]);
      const [, , wider] = forge(widened).blocks as [Made, Made, Made];
      const item = [wider.header, new Map(), wider.payload, ...(suite === 2 ? [second.proof] : [])];
      expect(outcomeOf(assemble(suite, [root.item, first.item, item], seal))).toBe(BROKEN[suite]);
    });

    test('S02 two blocks in the other order', () => {
      expect(outcomeOf(assemble(suite, [root.item, second.item, first.item], seal))).toBe(BROKEN[suite]);
      expect(outcomeOf(sealAnew(suite, [root, second, first], own))).toBe(BROKEN[suite]);
    });

    test('S02 the caveats of two blocks exchanged', () => {
      const swap = ({ item }: Made, { payload }: Made) =>
        (item as Item[]).map((old, i) => (i === 2 ? payload : old));
      const keys: Change = [[5, NOW]];
      const { blocks, invocation } = forge(longScene(suite, [keys, NARROW]));
      const [top, a, b] = blocks as [Made, Made, Made];
      expect(outcomeOf(assemble(suite, [top.item, swap(a, b), swap(b, a)], invocation?.item))).toBe(
        BROKEN[suite],
      );
    });

    test('S03 the child of one token re-attached under another of the same delegator', () => {
      const b = forge(longScene(suite, [[[5, NOW]], [[4, NOW + 700]]], [[7, new Uint8Array(16)]]));
      const [otherRoot, otherFirst] = b.blocks as [Made, Made, Made];
      const spliced = [[otherRoot, first, second], [root, otherFirst, second], [root, first, b.blocks[2] as Made]]; // biome-ignore format: pairs read as pairs
      for (const blocks of spliced) {
        expect(outcomeOf(assemble(suite, blocks.map(({ item }) => item), seal))).toBe(BROKEN[suite]); // biome-ignore format: short
        expect(outcomeOf(sealAnew(suite, blocks, own))).toBe(BROKEN[suite]);
      }
      expect(outcomeOf(b.text)).toBe('allowed');
    });

    test('S17 an object made for one purpose is none for another', () => {
      const labels = ['grant', 'hop', 'invocation', 'status', 'approval', 'consent', 'receipt'];
      const own = ['grant', 'hop', 'invocation'];
      for (const [i, right] of own.entries()) {
        for (const label of labels) {
          const expected = label === right ? 'allowed' : BROKEN[suite];
          expect([label, outcomeOf(forge(withPart(suite, i, { label })).text)]).toEqual([label, expected]);
        }
      }
    });
  });

  test('S04 no 32 bytes of a sealed token are the secret of any of its prefixes', () => {
    const { bytes, blocks } = threeBlocks(1);
    const outcomes = new Set<string>();
    for (let at = 0; at + 32 <= bytes.length; at++) {
      const window = bytes.slice(at, at + 32);
      for (const length of [1, 2, 3]) {
        const prefix = blocks.slice(0, length);
        outcomes.add(codeOf(() => chainOf(assemble(1, prefix.map(({ item }) => item), window)))); // biome-ignore format: short
        outcomes.add(codeOf(() => chainOf(sealAnew(1, prefix, window))));
      }
    }
    expect([...outcomes]).toEqual(['mac.invalid']);
  });

  test('S07 the next key of a block replaced, and all below signed anew', () => {
    const made = recipe(2, { root: [[8, stranger.publicKey]] });
    const { proof } = forge(recipe(2)).blocks[0] as Made;
    const [root, hop] = made.blocks as [Recipe['blocks'][0], Recipe['blocks'][0]];
    const blocks = [
      { ...root, proof },
      { ...hop, signer: stranger },
    ];
    expect(outcomeOf(forge({ ...made, blocks }).text)).toBe(BROKEN[2]);
  });

  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), cfo.publicKey]);
  const ssh = Buffer.concat([Buffer.from('0000000b7373682d6564323535313900000020', 'hex'), cfo.publicKey]);

  test.each<[string, Uint8Array]>([
    ['raw bytes', cfo.publicKey],
    ['SPKI', Uint8Array.from(spki)],
    [
      'PEM',
      Buffer.from(`-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`),
    ],
    ['an ssh string', Buffer.from(`ssh-ed25519 ${ssh.toString('base64')}`)],
    ['its JWK member', Buffer.from(cfo.jwk.x)],
  ])('S08 a MAC with the public key of an anchor as the secret: %s', (_, secret) => {
    const short = { ...scene(1), root: { secret, kid: cfo.kid.slice(0, 16) } };
    expect(outcomeOf(forge(short).text)).toBe('VerifyError anchor.unknown');
    expect(outcomeOf(forge({ ...short, root: { secret, kid: cfo.kid } }).text)).toBe(
      'DecodeError token.header',
    );
    // Even a trust put together by code, where the id fits, lends no public key to the other suite.
    const mixed: Trust = new Map([[toHex(cfo.kid.slice(0, 16)), trust.get(toHex(cfo.kid)) as never]]);
    expect(outcomeOf(forge(short).text, {}, mixed)).toBe('VerifyError anchor.unknown');
  });

  const [human, authority] = trustFile.keys as [object, object];

  test.each<[string, object[], string]>([
    ['an HMAC key under the id of an Ed25519 key', [human, { ...authority, kid: base64url(cfo.kid) }], 'key.length'],
    ['an Ed25519 key under the id of an HMAC key', [{ ...human, kid: base64url(domain.kid) }, authority], 'trust.format'],
    ['an HMAC key with the bytes of an Ed25519 key and its id', [human, { ...authority, k: cfo.jwk.x, kid: base64url(cfo.kid) }], 'key.length'],
    ['one HMAC id twice', [authority, { ...authority, k: base64url(cfo.seed) }], 'trust.duplicate'],
    ['one Ed25519 key twice', [human, human], 'trust.duplicate'],
  ])('S09 a trust file with %s does not load', (_, keys, code) => {
    const error = errorOf(() => importTrust({ keys }));
    expect(`${error.name} ${codeOf(() => importTrust({ keys }))}`).toBe(`KeyError ${code}`);
  }); // biome-ignore format: a row a line reads better

  test('S20 an id that no anchor has', () => {
    expect(outcomeOf(forge({ ...scene(2), root: stranger }).text)).toBe('VerifyError anchor.unknown');
    expect(outcomeOf(forge({ ...scene(1), root: { ...domain, kid: new Uint8Array(16) } }).text)).toBe(
      'VerifyError anchor.unknown',
    );
  });

  test('S20 the id of one anchor and the signature of another: no other key is tried', () => {
    const ceo = pair('ceo');
    const writ = { principal: 'mailto:ceo@acme.example', kind: 'human' };
    const both = importTrust({ keys: [human, { kty: 'OKP', crv: 'Ed25519', x: ceo.jwk.x, writ }] });
    expect(outcomeOf(forge(withPart(2, 0, { signer: ceo })).text, {}, both)).toBe(BROKEN[2]);
    expect(outcomeOf(textWith(2), {}, both)).toBe('allowed');
  });

  test('S20 a key that comes with the token', () => {
    const embedded = new Map<number, Item>([[1, -19], [4, stranger.kid], [-1, stranger.publicKey]]); // biome-ignore format: pairs read as pairs
    const made = { ...withPart(2, 0, { header: embedded }), root: stranger };
    expect(outcomeOf(forge(made).text)).toBe('DecodeError token.header');
    const aside = { ...withPart(2, 0, { unprotected: new Map([[-1, stranger.publicKey]]) }), root: stranger };
    expect(outcomeOf(forge(aside).text)).toBe('DecodeError token.header');
  });

  test('S22 no index or table picks a key: each other key of the chain is refused in every place', () => {
    const made = longScene(2, [[], []]);
    const keys = [cfo, research, lookup, stranger];
    const parts = [...made.blocks, made.invocation as Recipe['blocks'][0]];
    for (const [i, part] of parts.entries()) {
      for (const [j, signer] of keys.entries()) {
        const changed = parts.with(i, { ...part, signer });
        const text = forge({
          ...made,
          blocks: changed.slice(0, 3),
          invocation: changed[3] as typeof part,
        }).text;
        expect([i, j, outcomeOf(text)]).toEqual([i, j, i === j ? 'allowed' : BROKEN[2]]);
      }
    }
  });

  test.each([0, 1, 2])('S24 part %i signed by a key that its parent did not name', (i) => {
    expect(outcomeOf(forge(withPart(2, i, { signer: stranger })).text)).toBe(BROKEN[2]);
  });

  test('S24 a MAC from another tag than that of its parent', () => {
    const { blocks } = forge(scene(1));
    expect(outcomeOf(forge(withPart(1, 2, { macKey: (blocks[0] as Made).proof })).text)).toBe(BROKEN[1]);
  });

  test('S25 the root grant of somebody else, presented with a key of one’s own', () => {
    const { invocation: _, ...open } = { ...recipe(2), blocks: [{ payload: grantPayload(2) }] };
    const stolen = forge(open);
    expect(outcomeOf(stolen.text)).toBe('invocation.missing');
    expect(outcomeOf(sealAnew(2, stolen.blocks, stranger))).toBe(BROKEN[2]);
    expect(outcomeOf(sealAnew(2, stolen.blocks, research))).toBe('allowed');
  });

  test('S25 a hop below the root grant of somebody else', () => {
    const blocks = [{ payload: grantPayload(2) }, { payload: hopPayload(2, [], stranger), signer: stranger }];
    expect(outcomeOf(forge({ ...recipe(2), blocks, holders: [research, stranger] }).text)).toBe(BROKEN[2]);
  });

  test('S28 verify returns a chain at once or throws, and a denial is data with a verdict', () => {
    const bad = forge(withPart(2, 2, { signer: stranger })).text;
    const call = () => verify(decode(bad), trust, { now: NOW });
    expect(errorOf(call).name).toBe('VerifyError');
    const chain = chainOf(textWith(2));
    expect(chain).not.toHaveProperty('then');
    expect(chain).not.toBeInstanceOf(Error);
    const request = { action: 'write', resource: 'reports/q3.pdf' };
    expect(decide(chain, { audience: AUDIENCE, request, now: NOW })).toHaveProperty('verdict', 'deny');
  });
});
