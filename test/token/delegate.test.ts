import { describe, expect, test } from 'vitest';
import type { Caveats } from '../../src/caveats/all.ts';
import { decide } from '../../src/decide/decide.ts';
import { type MintError, VerifyError } from '../../src/errors.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { decode } from '../../src/token/decode.ts';
import { type DelegateOptions, delegate } from '../../src/token/delegate.ts';
import { type GrantOptions, grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import { chainOf, hands, outcomeOf, REQUEST, textWith } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { smallOrder } from '../support/points.ts';

const base: Omit<GrantOptions, 'key'> = {
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
  exp: NOW + 7200,
  scope: [{ actions: ['read'], resources: ['reports/**'] }],
  delegation: { depth: 4 },
  now: NOW,
};

/** A root of suite 1, whose hops need no keys. */
function maced(options: Partial<GrantOptions> = {}): string {
  return grant({ ...base, key: hands.domain, aud: [AUDIENCE], ...options });
}

/** A root of suite 2 for the research agent. */
function signed(options: Partial<GrantOptions> = {}): string {
  return grant({ ...base, key: hands.cfo, to: hands.research.publicKey, ...options });
}

const hop = (text: string, options: Partial<DelegateOptions> = {}) =>
  delegate(text, { delegate: 'agent:acme/lookup', ...options });
const seal = (text: string, key = {}) => invoke(text, { ...REQUEST, ...key, audience: AUDIENCE, now: NOW });

describe('a hop', () => {
  const lookup = { key: hands.research, to: hands.lookup.publicKey };

  test('of suite 1 extends the chain, and stays a secret', () => {
    const text = hop(maced());
    expect(text).toMatch(/^writ_secret_/);
    expect(chainOf(text).blocks.map(({ claims }) => claims.delegate)).toEqual([
      'agent:acme/research',
      'agent:acme/lookup',
    ]);
    expect(outcomeOf(seal(text))).toBe('allowed');
  });

  test('of suite 2 extends the chain, and is open', () => {
    const text = hop(signed(), lookup);
    expect(text).not.toContain('secret');
    expect(chainOf(text).blocks.at(-1)?.claims.key).toEqual(hands.lookup.publicKey);
    expect(outcomeOf(seal(text, { key: hands.lookup }))).toBe('allowed');
  });

  test('leaves the blocks above byte for byte', () => {
    const root = signed();
    expect(decode(hop(root, lookup)).blocks[0]).toEqual(decode(root).blocks[0]);
  });

  test('says what it was told, and no more', () => {
    const scope = [{ actions: ['read'], resources: ['reports/q3/*'] }];
    const told = { exp: NOW + 60, scope, task: 'Look', reference: 'T-1', instruction: '00'.repeat(32) };
    expect(decode(hop(maced(), told)).blocks[1]?.claims).toEqual({ delegate: 'agent:acme/lookup', ...told });
  });

  test('can be made behind a hop', () => {
    const text = hop(hop(hop(maced())), { delegate: 'agent:acme/last' });
    expect(chainOf(text).blocks).toHaveLength(4);
    expect(outcomeOf(seal(text))).toBe('allowed');
  });

  test('keeps the evidence behind an open token', () => {
    expect(decode(hop(`${signed()}~AAEC`, lookup)).evidence).toEqual([Uint8Array.of(0, 1, 2)]);
  });

  test('leaves the default subject of a status out', () => {
    const alive = [{ key: hands.cfo.publicKey, within: 60, subject: 'mailto:cfo@acme.example#q3-report' }];
    expect(decode(hop(maced(), { alive })).blocks[1]?.claims.alive).toEqual([
      { key: hands.cfo.publicKey, within: 60 },
    ]);
  });

  const permission = { actions: ['read'], resources: ['reports/**'] };
  const counters: [string, Caveats][] = [
    ['limits', { limits: [{ unit: 'call', amount: 1 }] }],
    ['a plan', { plan: [{ permission, min: 1, max: 1 }] }],
  ];

  test.each(counters)('with %s has an id of its own, so that two alike stay apart', (_, caveat) => {
    const root = maced();
    const [a, b] = [hop(root, caveat), hop(root, caveat)].map((text) => decode(text).blocks[1]?.claims.cti);
    expect(a).toHaveLength(8);
    expect(a).not.toEqual(b);
  });

  test('without them has none', () => {
    expect(decode(hop(maced())).blocks[1]?.claims.cti).toBeUndefined();
  });

  test.each(counters)('with %s needs one audience in all blocks down to it', (_, caveat) => {
    const two = signed({ aud: [AUDIENCE, 'https://b.example'] });
    expect(codeOf(() => hop(two, { ...lookup, ...caveat }))).toBe('mint.input');
    expect(codeOf(() => hop(signed(), { ...lookup, ...caveat }))).toBe('mint.input');
    expect(codeOf(() => hop(two, { ...lookup, ...caveat, aud: [AUDIENCE] }))).toBe('accepted');
    expect(codeOf(() => hop(hop(two, { ...lookup, aud: [AUDIENCE] }), { ...caveat, key: hands.lookup, to: hands.cfo.publicKey }))).toBe('accepted'); // biome-ignore format: short
  });
});

describe('a bundle', () => {
  const bundled = () => hop(signed(), { key: hands.research, bundle: true });

  test('carries the key that its last block names, as a secret', () => {
    const text = bundled();
    expect(text).toMatch(/^writ_secret_[\w-]+~[\w-]{43}$/);
    expect(outcomeOf(seal(text))).toBe('allowed');
  });

  test('has another key each time', () => {
    expect(bundled().split('~')[1]).not.toBe(bundled().split('~')[1]);
  });

  test('is delegated without a key, and to a child with one', () => {
    const child = hop(bundled(), { delegate: 'agent:acme/child', to: hands.stranger.publicKey });
    expect(child).not.toContain('secret');
    expect(outcomeOf(seal(child, { key: hands.stranger }))).toBe('allowed');
  });

  test('is delegated as a bundle again', () => {
    const grandchild = hop(bundled(), { bundle: true });
    expect(chainOf(grandchild).blocks).toHaveLength(3);
    expect(outcomeOf(seal(grandchild))).toBe('allowed');
  });

  test('whose seed is not that of the last block is not the holder', () => {
    const [text] = bundled().split('~');
    const other = Buffer.from(hands.stranger.seed.expose()).toString('base64url');
    expect(codeOf(() => hop(`${text}~${other}`, { bundle: true }))).toBe('holder.key');
    expect(codeOf(() => seal(`${text}~${other}`))).toBe('holder.key');
  });

  test('takes no other key', () => {
    expect(codeOf(() => hop(bundled(), { key: hands.research, bundle: true }))).toBe('mint.input');
  });

  test('of suite 1 does not exist', () => {
    expect(codeOf(() => hop(maced(), { bundle: true }))).toBe('mint.input');
  });
});

describe('what is refused', () => {
  const lookup = { key: hands.research, to: hands.lookup.publicKey };
  const weak = new PublicKey(fromHex((smallOrder[0] as (typeof smallOrder)[number])[1]));

  test.each([1, 2] as const)('a sealed token of suite %i: mint.sealed', (suite) => {
    expect(codeOf(() => hop(textWith(suite)))).toBe('mint.sealed');
  });

  test('a key that is not the holder’s: holder.key, a VerifyError', () => {
    const call = () => hop(signed(), { key: hands.cfo, to: hands.lookup.publicKey });
    expect(codeOf(call)).toBe('holder.key');
    expect(errorOf(call)).toBeInstanceOf(VerifyError);
  });

  test.each<[string, () => string]>([
    ['no key in suite 2', () => hop(signed(), { to: hands.lookup.publicKey })],
    ['a key in suite 1', () => hop(maced(), { key: hands.research })],
    ['no delegate key in suite 2', () => hop(signed(), { key: hands.research })],
    ['a delegate key in suite 1', () => hop(maced(), { to: hands.lookup.publicKey })],
    ['a delegate that is no principal', () => hop(signed(), { ...lookup, delegate: 'lookup' })],
    ['a task with a hidden character', () => hop(maced(), { task: 'a\u200bb' })],
    ['a task that is too long', () => hop(maced(), { task: 'x'.repeat(4097) })],
    ['an instruction digest of 31 bytes', () => hop(maced(), { instruction: '00'.repeat(31) })],
    ['an empty scope', () => hop(maced(), { scope: [] })],
    ['a time that is no integer', () => hop(maced(), { exp: NOW + 0.5 })],
    ['a pattern outside the grammar', () => hop(maced(), { scope: [{ actions: ['read'], resources: ['a//b'] }] })],
  ])('%s: mint.input', (_, call) => {
    expect(codeOf(call)).toBe('mint.input');
  }); // biome-ignore format: a row a line reads better

  test('a weak delegate key: key.weak', () => {
    expect(codeOf(() => hop(signed(), { key: hands.research, to: weak }))).toBe('key.weak');
  });

  test('a text that is no token: as decode refuses it', () => {
    expect(codeOf(() => hop('writ_AA'))).toBe('token.shape');
  });

  test('a 33rd block: mint.input', () => {
    let text = maced({ delegation: { depth: 40 } });
    for (let i = 0; i < 31; i++) text = hop(text);
    expect(codeOf(() => hop(text))).toBe('mint.input');
  });
});

describe('hop.wider', () => {
  const permission = { actions: ['read'], resources: ['reports/**'] };
  const rows: [string, Caveats, Caveats, Caveats][] = [
    ['aud', { aud: [AUDIENCE] }, { aud: [AUDIENCE] }, { aud: [AUDIENCE, 'https://b.example'] }],
    ['exp', { exp: NOW + 100 }, { exp: NOW + 100 }, { exp: NOW + 101 }],
    ['nbf', { nbf: NOW }, { nbf: NOW }, { nbf: NOW - 1 }],
    ['scope', { scope: [permission] }, { scope: [permission] }, { scope: [permission, { actions: ['write'], resources: ['reports/x'] }] }],
    ['scope', { scope: [permission] }, { scope: [{ actions: ['read'], resources: ['reports/*/x'] }] }, { scope: [{ actions: ['read'], resources: ['*/x'] }] }],
    ['delegation', { delegation: { depth: 2 } }, { delegation: { depth: 1 } }, { delegation: { depth: 2 } }],
    ['delegation', { delegation: { depth: 2, to: ['agent:acme/*'] } }, { delegation: { depth: 1, to: ['agent:acme/a'] } }, { delegation: { depth: 1, to: ['agent:*'] } }],
    ['delegation', { delegation: { depth: 2, to: ['agent:acme/*'] } }, { delegation: { depth: 0 } }, { delegation: { depth: 1 } }],
    ['alive', { alive: [{ key: hands.cfo.publicKey, within: 60 }] }, { alive: [{ key: hands.cfo.publicKey, within: 60 }] }, { alive: [{ key: hands.cfo.publicKey, within: 61 }] }],
    ['context', { context: { env: { in: ['prod', 'test'] } } }, { context: { env: { eq: 'test' } } }, { context: { env: { eq: 'dev' } } }],
    ['limits', { limits: [{ unit: 'call', amount: 5 }] }, { limits: [{ unit: 'call', amount: 5 }] }, { limits: [{ unit: 'call', amount: 6 }] }],
  ]; // biome-ignore format: a row a line reads better

  test.each(rows)('%s: %j holds %j and not %j', (name, root, equalOrLess, wider) => {
    const text = maced(root as Partial<GrantOptions>);
    expect(codeOf(() => hop(text, equalOrLess))).toBe('accepted');
    expect(codeOf(() => hop(text, wider))).toBe('hop.wider');
    expect((errorOf(() => hop(text, wider)) as MintError).where.path).toBe(name);
  });

  test('compares with every block above, not with the last alone', () => {
    const text = hop(maced({ exp: NOW + 100 }));
    expect(codeOf(() => hop(text, { exp: NOW + 101 }))).toBe('hop.wider');
    expect((errorOf(() => hop(text, { exp: NOW + 101 })) as MintError).where.detail).toContain('block 0');
  });

  test.each<[string, Caveats, () => string]>([
    ['none', {}, () => hop(maced({ delegation: { depth: 0 } }))],
    ['one hop', {}, () => hop(hop(maced({ delegation: { depth: 1 } })))],
    ['other delegates', {}, () => hop(maced({ delegation: { depth: 1, to: ['agent:other/*'] } }))],
    ['a key, which suite 1 does not have', {}, () => hop(maced({ delegation: { depth: 1, to: [hands.lookup.publicKey] } }))],
    ['no hop below a hop', {}, () => hop(hop(maced(), { delegation: { depth: 0 } }))],
  ])('delegation to %s', (_name, _caveats, call) => {
    expect(codeOf(call)).toBe('hop.wider');
    expect((errorOf(call) as MintError).where.path).toBe('delegation');
  }); // biome-ignore format: a row a line reads better

  test('whatever is given for force but true', () => {
    const text = maced({ exp: NOW + 100 });
    expect(codeOf(() => hop(text, { exp: NOW + 101, force: 'no' as never }))).toBe('hop.wider');
  });

  test.each<[string, Caveats]>([
    ['approval', { approval: [{ unless: [], keys: [hands.stranger.publicKey], need: 1, within: 9000 }] }],
    ['plan', { plan: [{ permission: { actions: ['*'], resources: ['**'] }, min: 0, max: 99 }] }],
    ['ext', { ext: { other: true } }],
  ])('%s is never wider, being one more condition', (name, caveat) => {
    const text = maced({ approval: [{ unless: [], keys: [hands.cfo.publicKey], need: 1, within: 1 }] });
    expect(codeOf(() => hop(text, caveat))).toBe('accepted');
    expect(decode(hop(text, caveat)).blocks[1]?.claims).toHaveProperty(name);
  });

  test.each<[string, Partial<GrantOptions>, Partial<DelegateOptions>, string, object]>([
    ['expiry', { exp: NOW + 100 }, { exp: NOW + 9000 }, 'exp.passed', { now: NOW + 100 }],
    ['scope', { scope: [permission] }, { scope: [{ actions: ['*'], resources: ['**'] }] }, 'scope.resource', { resource: 'hr/x' }],
    ['audience', { aud: [AUDIENCE] }, { aud: [AUDIENCE, 'https://b.example'] }, 'aud.other', { audience: 'https://b.example' }],
    ['delegation', { delegation: { depth: 0 } }, { delegation: { depth: 4 } }, 'delegation.depth', {}],
  ])('with force a wider %s is written, and gains nothing', (_, root, options, denial, request) => {
    const text = hop(maced(root), { ...options, force: true });
    const asked = { ...REQUEST, audience: AUDIENCE, now: NOW, ...request };
    const chain = chainOf(invoke(text, asked));
    const decision = decide(chain, { audience: asked.audience, request: { action: asked.action, resource: asked.resource }, now: asked.now });
    expect(decision).toMatchObject({ verdict: 'deny', code: denial, denials: [{ block: 0, code: denial }] });
  }); // biome-ignore format: a row a line reads better
});
