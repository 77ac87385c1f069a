import { describe, expect, test } from 'vitest';
import { KeyError, MintError } from '../../src/errors.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { decode } from '../../src/token/decode.ts';
import { delegate } from '../../src/token/delegate.ts';
import { type GrantOptions, grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import { chainOf, hands } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { AUDIENCE, forge, grantPayload, NOW, scene } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { smallOrder } from '../support/points.ts';

const signed: GrantOptions = {
  key: hands.cfo,
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  to: hands.research.publicKey,
  mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
  exp: NOW + 7200,
  scope: [{ actions: ['read'], resources: ['reports/**'] }],
  now: NOW,
};
const { to: _, ...withoutKey } = signed;
const maced: GrantOptions = { ...withoutKey, key: hands.domain, aud: [AUDIENCE] };
const claimsOf = (options: Partial<GrantOptions>) =>
  decode(grant({ ...signed, ...options })).blocks[0].claims;

describe('a grant', () => {
  test('by a signing key is an open token of suite 2', () => {
    const text = grant(signed);
    expect(text).toMatch(/^writ_[^s]/);
    expect(chainOf(text)).toMatchObject({ suite: 'ed25519', invocation: undefined });
  });

  test('by a MAC key is an open token of suite 1, and a secret', () => {
    const text = grant(maced);
    expect(text).toMatch(/^writ_secret_/);
    expect(chainOf(text)).toMatchObject({ suite: 'hmac', invocation: undefined });
  });

  test('says what it was told', () => {
    const { cti, ...claims } = claimsOf({ delegation: { depth: 2, to: ['agent:acme/*'] }, nbf: NOW + 5 });
    expect(cti).toHaveLength(16);
    expect(claims).toEqual({
      grantor: 'mailto:cfo@acme.example',
      delegate: 'agent:acme/research',
      key: hands.research.publicKey,
      iat: NOW,
      mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
      exp: NOW + 7200,
      nbf: NOW + 5,
      scope: [{ actions: ['read'], resources: ['reports/**'] }],
      delegation: { depth: 2, to: ['agent:acme/*'] },
    });
  });

  test('has an id of its own each time', () => {
    expect(claimsOf({}).cti).not.toEqual(claimsOf({}).cti);
  });

  test('is dated by the system where no time is given', () => {
    const { now: _now, ...undated } = signed;
    const before = Math.floor(Date.now() / 1000);
    const { iat } = decode(grant(undated)).blocks[0].claims;
    expect(iat).toBeGreaterThanOrEqual(before);
    expect(iat).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
  });

  test('leaves delegation out where there is none', () => {
    const none = grant({ ...signed, delegation: { depth: 0 } });
    expect(decode(none).blocks[0].payload).toHaveLength(decode(grant(signed)).blocks[0].payload.length);
    expect(decode(none).blocks[0].claims.delegation).toEqual({ depth: 0 });
  });

  test('leaves the default subject of a status out, and keeps another', () => {
    const key = hands.stranger.publicKey;
    const subjects = ['mailto:cfo@acme.example#q3-report', 'other'];
    const alive = subjects.map((subject, i) => ({ key, within: 60 + i, subject }));
    expect(claimsOf({ alive }).alive).toEqual([
      { key, within: 60 },
      { key, within: 61, subject: 'other' },
    ]);
  });

  test('has the caveats that its options inherit', () => {
    const options: typeof signed = Object.assign(Object.create({ nbf: NOW + 50 }), signed);
    const text = grant(options);
    expect(decode(text).blocks[0].claims.nbf).toBe(NOW + 50);
  });

  test('keeps what its mission records', () => {
    const mission = { id: 'a', purpose: 'b', reference: 'TICKET-1', instruction: '03'.repeat(32) };
    expect(claimsOf({ mission }).mission).toEqual(mission);
  });
});

test('sets are sorted and their repetitions left out', () => {
  const a = { actions: ['write', 'read', 'read'], resources: ['b/**', 'a/**'] };
  const b = { actions: ['list'], resources: ['*'], args: { size: { in: [3, 1, 2, 3] } } };
  const claims = claimsOf({
    aud: ['https://b.example', 'https://a.example', 'https://b.example'],
    scope: [a, b, a],
    delegation: { depth: 1, to: ['user:*', 'agent:*', 'user:*'] },
    approval: [{ unless: [a, b], keys: [hands.stranger.publicKey, hands.cfo.publicKey], need: 1, within: 9 }],
    context: { host: { host: ['b.example', 'a.example'] }, tags: { subset: ['y', 'x'] } },
  });
  const sortedA = { actions: ['read', 'write'], resources: ['a/**', 'b/**'] };
  const sortedB = { actions: ['list'], resources: ['*'], args: { size: { in: [1, 2, 3] } } };
  expect(claims.aud).toEqual(['https://a.example', 'https://b.example']);
  expect(claims.scope).toEqual([sortedA, sortedB]);
  expect(claims.delegation.to).toEqual(['user:*', 'agent:*']); // the shorter text has the smaller encoding
  expect(claims.approval?.[0]?.unless).toEqual([sortedA, sortedB]);
  expect(claims.approval?.[0]?.keys).toHaveLength(2);
  expect(claims.context).toEqual({
    host: { host: ['a.example', 'b.example'] },
    tags: { subset: ['x', 'y'] },
  });
});

test('the steps of a plan keep their order', () => {
  const step = (action: string) => ({ permission: { actions: [action], resources: ['**'] }, min: 1, max: 1 });
  const plan = ['read', 'draft', 'approve', 'draft'].map(step);
  expect(claimsOf({ aud: [AUDIENCE], plan }).plan).toEqual(plan);
});

describe('counters need one audience', () => {
  const limits = [{ unit: 'call', amount: 10 }];
  const plan = [{ permission: { actions: ['*'], resources: ['**'] }, min: 0, max: 1 }];

  test.each<[string, Partial<GrantOptions>, string]>([
    ['limits with one', { limits, aud: ['a'] }, 'accepted'],
    ['a plan with one', { plan, aud: ['a'] }, 'accepted'],
    ['limits with none', { limits }, 'mint.input'],
    ['a plan with none', { plan }, 'mint.input'],
    ['limits with two', { limits, aud: ['a', 'b'] }, 'mint.input'],
    ['a plan with two', { plan, aud: ['a', 'b'] }, 'mint.input'],
  ])('%s', (_, options, expected) => {
    expect(codeOf(() => grant({ ...signed, ...options }))).toBe(expected);
  });

  test('the error names the caveat', () => {
    expect((errorOf(() => grant({ ...signed, plan })) as MintError).where.path).toBe('plan, aud');
    expect((errorOf(() => grant({ ...signed, limits })) as MintError).where.path).toBe('limits, aud');
  });
});

describe('mint.input', () => {
  const key = hands.stranger.publicKey;
  const permission = { actions: ['read'], resources: ['**'] };
  const bad: [keyof GrantOptions, unknown][] = [
    ['grantor', 'cfo'],
    ['grantor', ''],
    ['delegate', 'agent:*'],
    ['delegate', 7],
    ['to', undefined],
    ['mission', { id: 'a\u202eb', purpose: 'x' }],
    ['mission', { id: 'a', purpose: 'x'.repeat(4097) }],
    ['mission', { id: 'a', purpose: 'x', instruction: '03'.repeat(31) }],
    ['mission', { id: 'a', purpose: 'x', task: 'y' }],
    ['exp', -1],
    ['exp', NOW + 0.5],
    ['exp', 2 ** 33],
    ['exp', 'never'],
    ['exp', Number.NaN],
    ['exp', undefined],
    ['now', -1],
    ['nbf', 2 ** 40],
    ['scope', undefined],
    ['scope', []],
    ['scope', {}],
    ['scope', [{ actions: [], resources: ['**'] }]],
    ['scope', [{ actions: ['read'], resources: [] }]],
    ['scope', [{ actions: ['read all'], resources: ['**'] }]],
    ['scope', [{ actions: ['read'], resources: ['a/../b'] }]],
    ['scope', [{ actions: ['read'] }]],
    ['scope', [{ ...permission, args: { n: { regex: '.*' } } }]],
    ['scope', [{ ...permission, args: { n: { eq: 1, in: [1, 2] } } }]],
    ['scope', [{ ...permission, args: { n: { range: [2, 1] } } }]],
    ['scope', [{ ...permission, args: { n: { eq: 1.5 } } }]],
    ['scope', [{ ...permission, args: { 'a b': true } }]],
    ['aud', []],
    ['aud', 'https://a.example'],
    ['scope', [{ actions: 'read', resources: ['**'] }]],
    ['aud', ['']],
    ['aud', ['a b']],
    ['delegation', { depth: -1 }],
    ['delegation', { depth: 1.5 }],
    ['delegation', { depth: 1, to: [] }],
    ['delegation', { depth: 1, to: ['agent'] }],
    ['alive', []],
    ['alive', [{ key, within: -1 }]],
    ['approval', [{ unless: [], keys: [key], need: 0, within: 60 }]],
    ['approval', [{ unless: [], keys: [key], need: 2, within: 60 }]],
    ['approval', [{ unless: [], keys: [], need: 1, within: 60 }]],
    ['context', {}],
    ['context', { 'a b': { eq: 1 } }],
    ['context', { a: {} }],
    ['limits', [{ unit: 'Call', amount: 1 }]],
    ['limits', [{ unit: 'call', amount: -1 }]],
    ['limits', [{ unit: 'call', amount: 1, window: 0 }]],
    ['limits', [{ unit: 'denial', amount: 0 }]],
    ['plan', []],
    ['plan', [{ permission, min: 2, max: 1 }]],
    ['plan', [{ permission, min: 0, max: 0 }]],
    ['ext', {}],
    ['ext', { a: 1.5 }],
    ['ext', { a: null }],
  ];

  test.each(bad)('%s: %j', (name, value) => {
    expect(errorOf(() => grant({ ...signed, aud: ['a'], [name]: value }))).toBeInstanceOf(MintError);
    expect(codeOf(() => grant({ ...signed, aud: ['a'], [name]: value }))).toBe('mint.input');
  });

  test('a delegate key in suite 1', () => {
    expect(codeOf(() => grant({ ...maced, to: key }))).toBe('mint.input');
  });

  test('no audience in suite 1', () => {
    const { aud: _aud, ...without } = maced;
    expect(codeOf(() => grant(without))).toBe('mint.input');
  });

  test('more than a token may hold', () => {
    const ext = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`x${i}`, 'y'.repeat(4000)]));
    expect(codeOf(() => grant({ ...signed, ext }))).toBe('mint.input');
  });

  test('the error names the reason of the decoder and the place, and no value', () => {
    const error = errorOf(() => grant({ ...signed, grantor: 'cfo-without-scheme' })) as MintError;
    expect(error.where).toMatchObject({ detail: 'claim.value', path: 'block 0, grantor' });
    expect(error.message).not.toContain('cfo-without-scheme');
  });
});

describe('keys that must not enter', () => {
  const weak = new PublicKey(fromHex((smallOrder[0] as (typeof smallOrder)[number])[1]));
  const unknown = new PublicKey(new Uint8Array(48), -49);

  test.each<[string, Partial<GrantOptions>]>([
    ['a delegate', { to: weak }],
    ['a status authority', { alive: [{ key: weak, within: 60 }] }],
    ['an approver', { approval: [{ unless: [], keys: [weak], need: 1, within: 60 }] }],
    ['a party of delegation', { delegation: { depth: 1, to: [weak] } }],
    ['a consent', { consent: weak }],
  ])('a weak key of %s', (_, options) => {
    expect(errorOf(() => grant({ ...signed, ...options }))).toBeInstanceOf(KeyError);
    expect(codeOf(() => grant({ ...signed, ...options }))).toBe('key.weak');
  });

  test('no key where one belongs', () => {
    const alive = [{ within: 60 }] as unknown as NonNullable<GrantOptions['alive']>;
    expect(codeOf(() => grant({ ...signed, alive }))).toBe('key.format');
  });

  test('a key of an unknown algorithm', () => {
    expect(codeOf(() => grant({ ...signed, to: unknown }))).toBe('key.algorithm');
  });
});

describe('an option that nobody reads would leave a token wider than it was meant', () => {
  const limit = { limit: [{ unit: 'call', amount: 1 }] };

  test('in a grant', () => {
    const options = {
      key: hands.cfo,
      grantor: 'mailto:cfo@acme.example',
      delegate: 'agent:a/b',
      to: hands.research.publicKey,
    };
    const said = {
      mission: { id: 'a', purpose: 'b' },
      exp: NOW + 60,
      scope: [{ actions: ['read'], resources: ['**'] }],
    };
    expect(codeOf(() => grant({ ...options, ...said, ...limit }))).toBe('mint.input');
    expect(codeOf(() => grant({ ...options, ...said }))).toBe('accepted');
  });

  test('in a hop', () => {
    const { text } = forge(
      scene(2, { blocks: [{ payload: grantPayload(2) }], invocation: undefined } as never),
    );
    const options = { key: hands.research, delegate: 'agent:a/b', to: hands.lookup.publicKey };
    expect(codeOf(() => delegate(text, { ...options, ...limit }))).toBe('mint.input');
    expect(codeOf(() => delegate(text, options))).toBe('accepted');
  });

  test('in an invocation', () => {
    const { text } = forge(
      scene(2, { blocks: [{ payload: grantPayload(2) }], invocation: undefined } as never),
    );
    const options = { key: hands.research, audience: AUDIENCE, action: 'read', resource: 'reports/a' };
    expect(codeOf(() => invoke(text, { ...options, arguments: { a: 1 } } as never))).toBe('mint.input');
    expect(codeOf(() => invoke(text, options))).toBe('accepted');
  });
});
