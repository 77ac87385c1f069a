import { describe, expect, test } from 'vitest';
import { decodeSummary, encodeSummary } from '../../src/audit/summary.ts';
import { fromUtf8, utf8 } from '../../src/bytes.ts';
import type { Decision, Denial, OpenNeed } from '../../src/decide/decision.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { codeOf } from '../support/code-of.ts';
import { AUDIENCE, lookup, NOW, research } from '../support/forge.ts';
import { recordedOf } from '../support/receipts.ts';

const { decision } = recordedOf();
const textOf = (changed: Partial<Decision> = {}) =>
  fromUtf8(encodeSummary({ ...decision, ...changed })) as string;

describe('encodeSummary', () => {
  test('keeps the decision in canonical JSON, without the arguments', () => {
    const [root, hop] = decision.chain.map(({ block }) => block);
    expect(textOf({ request: { action: 'read', resource: 'reports/q3.pdf', args: { to: 'bob' } } })).toBe(
      `{"audience":"${AUDIENCE}",` +
        `"chain":[{"block":"${root}","delegate":"agent:acme/research","key":{"crv":"Ed25519","kty":"OKP","x":"${research.jwk.x}"}},` +
        `{"block":"${hop}","delegate":"agent:acme/lookup","key":{"crv":"Ed25519","kty":"OKP","x":"${lookup.jwk.x}"}}],` +
        `"code":"allowed","denials":[],"grantor":{"by":"mailto:cfo@acme.example","known":"own-key","principal":"mailto:cfo@acme.example"},` +
        `"mission":{"id":"q3-report","purpose":"Prepare the Q3 report"},"needs":[],"notEstablished":["replay"],"now":${NOW},` +
        `"request":{"action":"read","resource":"reports/q3.pdf"},"suite":"ed25519","verdict":"allow"}`,
    );
  });

  test('keeps of denials and needs neither what was expected nor what was observed, and each once', () => {
    const denial: Denial = {
      ...{ code: 'context.mismatch', block: 1, caveat: 'context' },
      expected: { ip: [9, '10.0.0.0/8'] },
      actual: '192.0.2.7',
    };
    const need: OpenNeed = {
      ...{ kind: 'status', block: 0, within: 60, subject: 's' },
      key: new PublicKey(research.publicKey),
    };
    const text = textOf({ denials: [denial, { ...denial, actual: 'x' }], needs: [need, need] });
    expect(text).toContain('"denials":[{"block":1,"caveat":"context","code":"context.mismatch"}],');
    expect(text).toContain('"needs":[{"block":0,"kind":"status"}],');
    expect(text).not.toContain('192.0.2.7');
  });

  test('keeps the id of a reservation, and no costs', () => {
    const reservation = { id: 'ab', until: NOW + 300, costs: { 'usd-cent': 5 } };
    expect(textOf({ reservation })).toContain('"reservation":"ab"');
    expect(textOf({ reservation })).not.toContain('usd-cent');
  });

  test('keeps what the decision relied on', () => {
    const relied = [{ kind: 'status', issued: NOW }];
    expect(textOf({ relied } as unknown as Partial<Decision>)).toContain(
      `"relied":[{"issued":${NOW},"kind":"status"}],`,
    );
  });

  test('of an open token has no request', () => {
    expect(textOf({ request: null })).toContain('"request":null');
  });
});

describe('decodeSummary', () => {
  test('gives what was kept', () => {
    const summary = decodeSummary(encodeSummary(decision));
    expect(summary).toMatchObject({ verdict: 'allow', code: 'allowed', now: NOW, audience: AUDIENCE });
    expect(summary.chain[1]?.key?.x).toBe(lookup.jwk.x);
  });

  test.each([
    ['no JSON', 'summary'],
    ['JSON that is not canonical', `${textOf()} `],
    ['one member twice', textOf().replace('"verdict"', '"verdict":"deny","verdict"')],
    ['an array', '[]'],
    ['another verdict', textOf().replace('"allow"', '"maybe"')],
    ['a code that is no text', textOf().replace('"allowed"', '1')],
    ['no grantor', textOf().replace('"grantor"', '"grantos"')],
    ['no chain', textOf().replace('"chain"', '"chais"')],
    ['a mission without an id', textOf().replace('"id"', '"ie"')],
    ['a grantor known in another way', textOf().replace('"own-key"', '"toString"')],
    [
      'what it relied on by no key',
      textOf({ relied: [{ kind: 'approval', block: 0, iat: NOW, key: {} as PublicKey }] }),
    ],
    ['a time that is no number', textOf().replace(`${NOW}`, `"${NOW}"`)],
  ])('refuses %s', (_, text) => {
    expect(codeOf(() => decodeSummary(utf8(text)))).toBe('receipt.shape');
  });

  test('refuses what is no UTF-8', () => {
    expect(codeOf(() => decodeSummary(Uint8Array.of(0xff)))).toBe('receipt.shape');
  });
});
