import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/crypto/sha256.ts';
import { approve, consentTo, grant, inspect, invoke, issueStatus } from '../../src/index.ts';
import { hands, trust } from '../support/chains.ts';
import { AUDIENCE, NOW } from '../support/forge.ts';

const SUBJECT = 'mailto:cfo@acme.example#q3';
const { cfo: human, research, lookup, stranger } = hands;
const sealWith = {
  key: research,
  audience: AUDIENCE,
  action: 'read',
  resource: 'a',
  args: { n: 1 },
  now: NOW,
};

/** A grant that asks for a status of lookup's key, stranger's approval, and the human's consent. */
const GRANT = {
  key: human,
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  to: research.publicKey,
  mission: { id: 'q3', purpose: 'x' },
  scope: [{ actions: ['read'], resources: ['**'] }],
  exp: NOW + 7200,
  alive: [{ key: lookup.publicKey, within: 60 }],
  approval: [{ unless: [], keys: [stranger.publicKey], need: 1, within: 60 }],
  consent: human.publicKey,
  now: NOW,
};
const open = grant(GRANT);
const sealed = invoke(open, sealWith);

const inspected = (...evidence: readonly string[]) =>
  inspect([sealed, ...evidence].join(''), { now: NOW }).evidence;
const only = (text: string) => {
  const [item] = inspected(text);
  if (item === undefined) throw new Error('no evidence');
  return item;
};
const status = (key = lookup, revoked: readonly Uint8Array[] = [], subject = SUBJECT) =>
  issueStatus({
    key,
    subjects: { [subject]: { state: 'active', revoked: revoked.map((id) => ({ id, until: NOW + 9 })) } },
    issued: NOW,
    goodFor: 60,
  });
const approval = (text: string, args = sealWith.args) =>
  approve(text, { key: stranger, approved: true, args, now: NOW });

describe('of each kind, its key is found where the chain names it', () => {
  test.each([
    ['status', () => status(), [{ block: 0, caveat: 'alive' }]],
    ['approval', () => approval(sealed), [{ block: 0, caveat: 'approval' }]],
    ['consent', () => consentTo(open, { key: human, now: NOW }), [{ block: 0, caveat: 'consent' }]],
  ] as const)('%s', (kind, make, named) => {
    expect(only(make())).toMatchObject({ kind, named, signature: 'held' });
  });

  test('or its trust anchor does', () => {
    const alive = { key: stranger.publicKey, within: 60 };
    const strict = new Map([...trust].map(([id, anchor]) => [id, { ...anchor, alive }]));
    const { evidence } = inspect(sealed + status(stranger), { trust: strict, now: NOW });
    expect(evidence[0]).toMatchObject({ named: expect.arrayContaining([{ block: null, caveat: 'alive' }]) });
  });
});

test('a key that the chain does not name verifies nothing', () => {
  expect(only(status(research))).toMatchObject({ key: null, named: [], signature: 'unnamed' });
});

test('what is no evidence is said to be none, with its code', () => {
  expect(only('~AAAA')).toEqual({
    kind: 'malformed',
    code: 'cbor.trailing',
    words: ['cbor.trailing: Bytes follow the outermost CBOR item.'],
    bytes: 3,
  });
});

test('what was made for another chain is said not to verify', () => {
  const other = invoke(grant({ ...GRANT, mission: { id: 'q4', purpose: 'x' } }), sealWith);
  expect(only(approval(other))).toMatchObject({ signature: 'failed' });
});

describe('a status', () => {
  test('says which blocks and keys of the chain it lists', () => {
    const [block] = inspect(sealed, { now: NOW }).blocks;
    const ids = [Buffer.from(block.id, 'hex'), sha256(research.publicKey.bytes), sha256(Uint8Array.of(1))];
    const item = only(status(lookup, ids));
    expect(item).toMatchObject({ subjects: [{ asked: true, revoked: 3, blocks: [0], keys: [0] }] });
    expect(item.words).toContain(`${SUBJECT}: active, 3 revoked, of this chain block 0, the key of block 0`);
  });

  test('says where nobody asks about a subject', () => {
    const item = only(status(lookup, [], 'another'));
    expect(item.words).toContain('another: active (not asked about here)');
  });
});

describe('an approval', () => {
  test.each([
    ['the sealed request', () => sealed, [true, true], 'yes to the sealed request'],
    [
      'another nonce',
      () => invoke(open, sealWith),
      [false, true],
      'yes to this request, sealed with another nonce',
    ],
    [
      'another request',
      () => invoke(open, { ...sealWith, resource: 'b' }),
      [false, false],
      `yes to another request: read b at ${AUDIENCE}`,
    ],
  ] as const)('says that it is for %s', (_, to, [sameNonce, sameRequest], words) => {
    const item = only(approval(to()));
    expect(item).toMatchObject({ sameNonce, sameRequest, signature: 'held' });
    expect(item.words[0]).toBe(words);
  });
});
