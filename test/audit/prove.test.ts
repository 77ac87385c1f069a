import { describe, expect, test } from 'vitest';
import { proveEntry } from '../../src/audit/prove.ts';
import { decodeSummary, encodeSummary, type Summary } from '../../src/audit/summary.ts';
import { approve } from '../../src/evidence/approve.ts';
import { decodeEvidence } from '../../src/evidence/evidence-text.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { hands, suites, textWith, trust } from '../support/chains.ts';
import { NOW, stranger, trustFile } from '../support/forge.ts';
import { recordedOf } from '../support/receipts.ts';

function entryOf(suite: 1 | 2 = 2, changes: Partial<Summary> = {}) {
  const { decision, token } = recordedOf({}, textWith(suite));
  const summary = { ...decodeSummary(encodeSummary(decision)), ...changes };
  return { token, evidence: [], time: NOW, summary };
}

describe.each(suites)('in suite %i', (suite) => {
  test('a token that says what is recorded proves it', () => {
    const { chain, refused, findings } = proveEntry(entryOf(suite), trust);
    expect(chain?.blocks.length).toBe(2);
    expect(refused).toBeUndefined();
    expect(findings.map(({ about }) => about)).toEqual([
      ...['grantor', 'known', 'mission', 'chain', 'delegates', 'audience', 'action', 'resource', 'verdict'],
    ]);
    expect(findings.filter(({ agrees }) => !agrees)).toEqual([]);
  });
});

const recorded = entryOf().summary;

test.each<[string, Partial<Summary>]>([
  ['grantor', { grantor: { ...recorded.grantor, principal: 'mailto:ceo@acme.example' } }],
  ['known', { grantor: { ...recorded.grantor, known: 'consent' } }],
  ['delegates', { chain: recorded.chain.map((hand) => ({ ...hand, delegate: 'agent:acme/other' })) }],
  ['mission', { mission: { id: 'q4-report', purpose: 'Prepare the Q3 report' } }],
  ['chain', { chain: recorded.chain.map((hand) => ({ ...hand, block: '00' })) }],
  ['audience', { audience: 'https://other.example' }],
  ['action', { request: { action: 'write', resource: 'reports/q3.pdf' } }],
  ['resource', { request: { action: 'read', resource: 'reports/q4.pdf' } }],
])('another %s than the token says does not agree, and all else does', (about, changes) => {
  const { findings } = proveEntry(entryOf(2, changes), trust);
  expect(findings.filter(({ agrees }) => !agrees).map((finding) => finding.about)).toEqual([about]);
});

test('no request in the place of one that was sealed does not agree', () => {
  const { findings } = proveEntry(entryOf(2, { request: null }), trust);
  expect(findings.filter(({ agrees }) => !agrees).map(({ about }) => about)).toEqual(['action', 'resource']);
});

test('an allow of an invocation that had expired does not agree', () => {
  const { findings } = proveEntry({ ...entryOf(), time: NOW + 60 }, trust);
  const found = findings.find(({ about }) => about === 'verdict');
  expect(found).toMatchObject({ proven: 'invocation.expired', agrees: false });
});

test('a denial is not decided anew', () => {
  const { findings } = proveEntry(entryOf(2, { verdict: 'deny' }), trust);
  expect(findings.some(({ about }) => about === 'verdict')).toBe(false);
});

describe('an approval that is said to have been relied on', () => {
  const text = textWith(2, { root: [[13, [[[], [stranger.publicKey], 1, 600]]]] });
  const { token, decision } = recordedOf({}, text);
  const key = { kty: 'OKP', crv: 'Ed25519', x: stranger.jwk.x };
  const relied = [{ kind: 'approval', block: 0, key, iat: NOW }] as const;
  const summary = { ...decodeSummary(encodeSummary(decision)), relied };
  const answer = (approved: boolean, now = NOW) =>
    decodeEvidence(approve(text, { key: hands.stranger, approved, now })).map(({ bytes }) => bytes);
  const differing = (evidence: readonly Uint8Array[]) =>
    proveEntry({ token, evidence, time: NOW, summary }, trust)
      .findings.filter(({ agrees }) => !agrees)
      .map(({ about }) => about);

  test('agrees with it', () => {
    expect(differing(answer(true))).toEqual([]);
  });

  test.each([
    ['nothing', []],
    ['a no', answer(false)],
    ['one of another time', answer(true, NOW + 1)],
  ])('does not agree with %s', (_, evidence) => {
    expect(differing(evidence)).toEqual(['approval']);
  });
});

test('the trust is the one of the auditor', () => {
  const { chain, refused, findings } = proveEntry(entryOf(), importTrust({ keys: [] }));
  expect({ chain, refused, findings }).toEqual({ refused: 'anchor.unknown', findings: [] });
});

test('the anchor is judged at the time of the decision', () => {
  const [key] = trustFile.keys;
  const windowed = importTrust({ keys: [{ ...key, writ: { ...key?.writ, until: NOW + 1 } }] });
  expect(proveEntry(entryOf(), windowed).refused).toBeUndefined();
  expect(proveEntry({ ...entryOf(), time: NOW + 1 }, windowed).refused).toBe('anchor.window');
});

test('a token that was not kept proves nothing', () => {
  expect(proveEntry({ ...entryOf(), token: null }, trust).refused).toBe('secret');
});

test('bytes that are no token prove nothing', () => {
  expect(proveEntry({ ...entryOf(), token: Uint8Array.of(1) }, trust).refused).toBe('token.shape');
});

test('an open token proves its chain, and no request', () => {
  const { decision, token } = recordedOf({}, textWith(2, { invocation: null }));
  const summary = decodeSummary(encodeSummary(decision));
  const { findings } = proveEntry({ token, evidence: [], time: NOW, summary }, trust);
  expect(findings.map(({ about, agrees }) => [about, agrees])).toEqual([
    ['grantor', true],
    ['known', true],
    ['mission', true],
    ['chain', true],
    ['delegates', true],
  ]);
});
