import { describe, expect, test } from 'vitest';
import { proveEntry } from '../../src/audit/prove.ts';
import { decodeSummary, encodeSummary, type Summary } from '../../src/audit/summary.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { suites, textWith, trust } from '../support/chains.ts';
import { NOW, trustFile } from '../support/forge.ts';
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
      ...['grantor', 'mission', 'chain', 'audience', 'action', 'resource'],
    ]);
    expect(findings.filter(({ agrees }) => !agrees)).toEqual([]);
  });
});

const recorded = entryOf().summary;

test.each<[string, Partial<Summary>]>([
  ['grantor', { grantor: { ...recorded.grantor, principal: 'mailto:ceo@acme.example' } }],
  ['mission', { mission: { id: 'q4-report', purpose: 'Prepare the Q3 report' } }],
  ['chain', { chain: recorded.chain.slice(0, 1) }],
  ['audience', { audience: 'https://other.example' }],
  ['action', { request: { action: 'write', resource: 'reports/q3.pdf' } }],
  ['resource', { request: { action: 'read', resource: 'reports/q4.pdf' } }],
])('another %s than the token says does not agree, and all else does', (about, changes) => {
  const { findings } = proveEntry(entryOf(2, changes), trust);
  expect(findings.filter(({ agrees }) => !agrees).map((finding) => finding.about)).toEqual([about]);
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
  expect(findings.map(({ about, proven }) => [about, proven === null])).toEqual([
    ['grantor', false],
    ['mission', false],
    ['chain', false],
    ['audience', true],
  ]);
});
