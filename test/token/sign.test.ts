import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { signEd25519 } from '../../src/crypto/ed25519.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import type { Signer } from '../../src/keys/signer.ts';
import type { SigningKey } from '../../src/keys/signing-key.ts';
import { decode } from '../../src/token/decode.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import { linkBlocks } from '../../src/token/links.ts';
import { chainOf, hands, outcomeOf, REQUEST, textWith } from '../support/chains.ts';
import { AUDIENCE, hex, NOW } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { smallOrder } from '../support/points.ts';

/** The bytes that signers were asked to sign. */
let asked: Uint8Array[] = [];
beforeEach(() => {
  asked = [];
});

/** A signer of a key that answers a little later; `answer` makes another answer of the right one. */
function signerOf(key: SigningKey, answer: (right: Uint8Array) => unknown = (right) => right): Signer {
  const sign = async (bytes: Uint8Array) => {
    asked.push(bytes);
    await new Promise((resume) => setTimeout(resume));
    return answer(signEd25519(key.seed.expose(), bytes)) as Uint8Array;
  };
  return { publicKey: key.publicKey, sign };
}

const granted = {
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  to: hands.research.publicKey,
  mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
  exp: NOW + 7200,
  scope: [{ actions: ['read'], resources: ['reports/**'] }],
  delegation: { depth: 2 },
  now: NOW,
};
const root = grant({ ...granted, key: hands.cfo });
const handed = { delegate: 'agent:acme/lookup', to: hands.lookup.publicKey };
const open = delegate(root, { ...handed, key: hands.research });
const bundle = delegate(root, { delegate: 'agent:acme/lookup', bundle: true, key: hands.research });
const request = { ...REQUEST, audience: AUDIENCE, now: NOW };

const [cfo, research, lookup] = [hands.cfo, hands.research, hands.lookup].map((key) => signerOf(key)) as [
  Signer,
  Signer,
  Signer,
];

type Mint<Key> = (key: Key) => Key extends Signer ? Promise<string> : string;
interface Case {
  readonly name: string;
  readonly key: SigningKey;
  readonly bySigner: Mint<Signer>;
  readonly byKey: Mint<SigningKey>;
}

const cases: readonly Case[] = [
  {
    name: 'grant',
    key: hands.cfo,
    bySigner: (key) => grant({ ...granted, key }),
    byKey: (key) => grant({ ...granted, key }),
  },
  {
    name: 'delegate',
    key: hands.research,
    bySigner: (key) => delegate(root, { ...handed, key }),
    byKey: (key) => delegate(root, { ...handed, key }),
  },
  {
    name: 'invoke',
    key: hands.lookup,
    bySigner: (key) => invoke(open, { ...request, key }),
    byKey: (key) => invoke(open, { ...request, key }),
  },
];

/** The last payload and proof of a token, with the random bytes blanked. */
function lastOf(text: string): { readonly payload: string; readonly proof: string } {
  const { blocks, invocation } = decode(text);
  const { payload, claims, proof } = invocation ?? (blocks.at(-1) as (typeof blocks)[number]);
  const random = 'nonce' in claims ? claims.nonce : 'cti' in claims ? claims.cti : undefined;
  return {
    payload: random === undefined ? hex(payload) : hex(payload).replace(hex(random), 'random'),
    proof: hex(proof as Uint8Array),
  };
}

describe.each(cases)('$name with a signer', ({ key, bySigner, byKey }) => {
  test('is a promise, where it is a text with the key itself', async () => {
    const minted = bySigner(signerOf(key));
    expect(minted).toBeInstanceOf(Promise);
    expect(await minted).toBeTypeOf('string');
    expect(byKey(key)).toBeTypeOf('string');
  });

  test('says what it says with the key itself', async () => {
    expect(lastOf(await bySigner(signerOf(key))).payload).toBe(lastOf(byKey(key)).payload);
  });

  test('asks once, and the token carries the answer', async () => {
    const text = await bySigner(signerOf(key));
    expect(asked).toHaveLength(1);
    expect(lastOf(text).proof).toBe(hex(signEd25519(key.seed.expose(), asked[0] as Uint8Array)));
  });

  test('takes the bytes of a subclass, such as a Buffer', async () => {
    const text = await bySigner(signerOf(key, (right) => Buffer.from(right)));
    expect(lastOf(text).proof).toHaveLength(128);
  });

  const wrong: [string, (right: Uint8Array) => unknown][] = [
    ['zeros', () => new Uint8Array(64)],
    ['63 bytes', (right) => right.subarray(1)],
    ['65 bytes', (right) => Uint8Array.of(...right, 0)],
    ['no bytes', () => new Uint8Array()],
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', (right) => hex(right)],
    ['a list of numbers', (right) => [...right]],
    ['an ArrayBuffer', (right) => Uint8Array.from(right).buffer],
    ['the signature of other bytes', () => signEd25519(key.seed.expose(), Uint8Array.of(1))],
    ['the signature by another key', () => signEd25519(hands.stranger.seed.expose(), asked[0] as Uint8Array)],
    ['the signature of a digest', () => signEd25519(key.seed.expose(), (asked[0] as Uint8Array).subarray(0, 32))],
  ]; // biome-ignore format: a row a line reads better

  test.each(wrong)('refuses %s: mint.signature', async (_, answer) => {
    await expect(bySigner(signerOf(key, answer))).rejects.toMatchObject({
      name: 'MintError',
      code: 'mint.signature',
    });
  });

  test('refuses the signature with any bit flipped', async () => {
    const flips = fc.asyncProperty(fc.nat(511), async (bit) => {
      const flip = (right: Uint8Array) => right.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)); // biome-ignore format: short
      await expect(bySigner(signerOf(key, flip))).rejects.toMatchObject({ code: 'mint.signature' });
    });
    await fc.assert(flips, { numRuns: 30 });
  });

  const failure = new Error('the HSM is locked');
  test.each<[string, () => Promise<never>]>([
    ['rejection', () => Promise.reject(failure)],
    ['exception', () => { throw failure; }],
  ])('passes the signer’s own %s through', async (_, sign) => {
    await expect(bySigner({ publicKey: key.publicKey, sign })).rejects.toBe(failure);
  }); // biome-ignore format: a row a line reads better

  test('calls the signer as its method', async () => {
    class Agent implements Signer {
      readonly publicKey = key.publicKey;
      readonly #signer = signerOf(key);
      sign(bytes: Uint8Array): Promise<Uint8Array> {
        return this.#signer.sign(bytes);
      }
    }
    expect(lastOf(await bySigner(new Agent())).payload).toBe(lastOf(byKey(key)).payload);
  });

  test('verifies what it asked for, and not what the signer made of it', async () => {
    const change = (bytes: Uint8Array) => {
      bytes.fill(0);
      return signEd25519(key.seed.expose(), bytes);
    };
    const signer: Signer = { publicKey: key.publicKey, sign: async (bytes) => change(bytes) };
    await expect(bySigner(signer)).rejects.toMatchObject({ code: 'mint.signature' });
  });

  test('keeps the signature that it checked, whenever its bytes change', async () => {
    for (let ticks = 0; ticks < 8; ticks++) {
      const change = (right: Uint8Array) => {
        let later = Promise.resolve();
        for (let i = 0; i < ticks; i++) later = later.then(() => {});
        later.then(() => right.fill(0));
        return right;
      };
      const signer: Signer = {
        publicKey: key.publicKey,
        sign: async (bytes) => change(signEd25519(key.seed.expose(), bytes)),
      };
      const text = await bySigner(signer).catch(() => undefined);
      if (text !== undefined) expect(lastOf(text).proof).not.toBe('00'.repeat(64));
    }
  });

  test('reads the public key once, so that none is checked and another used', async () => {
    const keys = [key.publicKey, hands.stranger.publicKey];
    const { sign } = signerOf(hands.stranger);
    const signer: Signer = {
      get publicKey() {
        return keys.shift() as PublicKey;
      },
      sign,
    };
    await expect(bySigner(signer)).rejects.toMatchObject({ code: 'mint.signature' });
    expect(keys).toHaveLength(1);
  });

  test('keeps the public key that it read, though its bytes change', async () => {
    const publicKey = new PublicKey(key.publicKey.bytes);
    const change = () => {
      publicKey.bytes.set(hands.stranger.publicKey.bytes);
      return signEd25519(hands.stranger.seed.expose(), asked[0] as Uint8Array);
    };
    const signer = { ...signerOf(key, change), publicKey };
    await expect(bySigner(signer)).rejects.toMatchObject({ code: 'mint.signature' });
  });
});

test('a chain by signers alone verifies and is allowed', async () => {
  const first = await grant({ ...granted, key: cfo });
  const second = await delegate(first, { ...handed, key: research });
  expect(outcomeOf(await invoke(second, { ...request, key: lookup }))).toBe('allowed');
});

test('a hop by a signer is the hop by its key, byte for byte', async () => {
  const text = await delegate(root, { ...handed, key: research });
  expect(text).toBe(open);
  expect(asked).toEqual([linkBlocks('ed25519', decode(open).blocks)[1]?.signed]);
});

test('a bundle can be made by a signer', async () => {
  const text = await delegate(root, { delegate: 'agent:acme/lookup', bundle: true, key: research });
  expect(text).toMatch(/^writ_secret_/);
  expect(outcomeOf(invoke(text, request))).toBe('allowed');
});

test('with force a wider hop is signed', async () => {
  const text = await delegate(root, { ...handed, key: research, exp: NOW + 9000, force: true });
  expect(chainOf(text).blocks).toHaveLength(2);
});

test('options that change while the signer signs change nothing', async () => {
  const options = { ...handed, key: research, exp: NOW + 60, force: false };
  const minted = delegate(root, options);
  Object.assign(options, { exp: NOW + 9000, force: true, key: signerOf(hands.stranger) });
  expect(decode(await minted).blocks[1]?.claims.exp).toBe(NOW + 60);
});

test('an option that is a signer once and a key then is only read once', async () => {
  const keys = [research, hands.stranger];
  const options = {
    ...handed,
    get key() {
      return keys.shift() as Signer;
    },
  };
  await expect(delegate(root, options)).resolves.toBe(open);
});

describe('what is refused before the signer is asked, as a rejection', () => {
  const weak = new PublicKey(fromHex((smallOrder[0] as (typeof smallOrder)[number])[1]));
  const unknown = new PublicKey(new Uint8Array(48), -49);
  const sealed = textWith(2);
  const { to: _, ...unbound } = granted;
  const maced = grant({ ...unbound, key: hands.domain, aud: [AUDIENCE] });
  const alias = (publicKey: PublicKey): Signer => ({ ...lookup, publicKey });
  const full = () => {
    let text = grant({ ...granted, key: hands.cfo, delegation: { depth: 40 } });
    for (let i = 0; i < 31; i++)
      text = delegate(text, { delegate: 'agent:a/b', to: hands.research.publicKey, key: hands.research });
    return text;
  };

  test.each<[string, string, () => unknown]>([
    ['mint.input', 'an unknown member of a grant', () => grant({ ...granted, key: cfo, limit: [] } as never)],
    ['mint.input', 'an unknown member of a hop', () => delegate(root, { ...handed, key: research, limit: [] } as never)],
    ['mint.input', 'an unknown member of an invocation', () => invoke(open, { ...request, key: lookup, limit: [] } as never)],
    ['mint.input', 'a grantor that is no principal', () => grant({ ...granted, key: cfo, grantor: 'cfo' })],
    ['mint.input', 'a grant without a delegate key', () => grant({ ...granted, key: cfo, to: undefined } as never)],
    ['mint.input', 'a grant with limits and no audience', () => grant({ ...granted, key: cfo, limits: [{ unit: 'call', amount: 1 }] })],
    ['mint.input', 'a time that is none', () => grant({ ...granted, key: cfo, exp: -1 })],
    ['mint.input', 'an invocation of 301 s', () => invoke(open, { ...request, key: lookup, lifetime: 301 })],
    ['mint.input', 'an action outside the grammar', () => invoke(open, { ...request, key: lookup, action: '*' })],
    ['mint.input', 'a delegate that is no principal', () => delegate(root, { ...handed, key: research, delegate: 'lookup' })],
    ['mint.input', 'a bundle to a key', () => delegate(root, { ...handed, key: research, bundle: true })],
    ['mint.input', 'a 33rd block', () => delegate(full(), { ...handed, key: research })],
    ['mint.input', 'a signer for a bundle, in a hop', () => delegate(bundle, { ...handed, key: lookup })],
    ['mint.input', 'a signer for a bundle, in an invocation', () => invoke(bundle, { ...request, key: lookup })],
    ['mint.input', 'a signer in suite 1, in a hop', () => delegate(maced, { delegate: 'agent:a/b', key: research })],
    ['mint.input', 'a signer in suite 1, in an invocation', () => invoke(maced, { ...request, key: research })],
    ['mint.sealed', 'a hop below a sealed token', () => delegate(sealed, { ...handed, key: lookup })],
    ['mint.sealed', 'an invocation of a sealed token', () => invoke(sealed, { ...request, key: lookup })],
    ['holder.key', 'a hop by another key', () => delegate(root, { ...handed, key: lookup })],
    ['holder.key', 'an invocation by another key', () => invoke(open, { ...request, key: research })],
    ['hop.wider', 'a hop that lives longer', () => delegate(root, { ...handed, key: research, exp: NOW + 9000 })],
    ['hop.wider', 'a hop that nobody may make', () => delegate(grant({ ...granted, key: hands.cfo, delegation: { depth: 0 } }), { ...handed, key: research })],
    ['request.malformed', 'arguments that are none', () => invoke(open, { ...request, key: lookup, args: { '?a': 1 } })],
    ['key.weak', 'a grant to a weak key', () => grant({ ...granted, key: cfo, to: weak })],
    ['key.weak', 'a grant by a weak key', () => grant({ ...granted, key: alias(weak) })],
    ['key.weak', 'a hop by a weak key', () => delegate(root, { ...handed, key: alias(weak) })],
    ['key.weak', 'an invocation by a weak key', () => invoke(open, { ...request, key: alias(weak) })],
    ['key.algorithm', 'a grant by a key of another algorithm', () => grant({ ...granted, key: alias(unknown) })],
    ['token.shape', 'a text that is no token', () => invoke('writ_AA', { ...request, key: lookup })],
  ])('%s: %s', async (code, _, call) => {
    await expect(call()).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  }); // biome-ignore format: a row a line reads better

  test('a signer without a public key: TypeError', async () => {
    const { publicKey: _, ...without } = lookup;
    await expect(invoke(open, { ...request, key: without as Signer })).rejects.toBeInstanceOf(TypeError);
    expect(asked).toEqual([]);
  });
});

test('a key of another copy of the package is a TypeError, and no promise', () => {
  const { publicKey, seed } = hands.research;
  expect(() => delegate(root, { ...handed, key: { publicKey, seed } as SigningKey })).toThrow(TypeError);
});

test('the error names no byte of what the signer returned', async () => {
  const answer = (right: Uint8Array) => Uint8Array.of(...right, 7);
  const error: Error = await grant({ ...granted, key: signerOf(hands.cfo, answer) }).catch((e) => e);
  expect(error.message).toBe('mint.signature, it has 65 bytes instead of 64');
});
