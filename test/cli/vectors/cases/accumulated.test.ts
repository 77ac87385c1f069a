import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outcomesOf } from '../../../../cli/vectors/cases/accumulated.ts';
import type { Setting } from '../../../../cli/vectors/format.ts';

const path = new URL('../../../../test-vectors/accumulated.json', import.meta.url);
const setting = JSON.parse(readFileSync(path, 'utf8')) as Setting;
const outcomes = outcomesOf('writ', 1000, setting);
const seen = new Set(outcomes.flatMap(({ code, denials }) => [code, ...denials]));

// What tables and odds must bring about, or the hashes say less than they seem to.
test.each([
  ...['allowed', 'invocation.missing', 'invocation.expired', 'invocation.early', 'invocation.audience'],
  ...['invocation.action', 'invocation.resource', 'invocation.arguments', 'iat.early', 'aud.other'],
  ...['exp.passed', 'nbf.early', 'scope.action', 'scope.resource', 'scope.arguments', 'delegation.depth'],
  ...['delegation.delegate', 'alive.status', 'approval.required', 'context.missing', 'context.mismatch'],
  ...['limits.store', 'limits.audience', 'plan.store', 'plan.step', 'plan.audience', 'consent.proof'],
  ...['ext.unknown', 'anchor.unknown', 'anchor.window', 'anchor.grantor', 'signature.invalid', 'mac.invalid'],
  ...['key.weak', 'key.algorithm', 'text.base64', 'token.header', 'cbor.truncated', 'cbor.utf8'],
  ...['claim.value', 'claim.unknown', 'claim.missing', 'claim.set', 'claim.degenerate'],
])('%s occurs among a thousand tokens', (code) => {
  expect([...seen]).toContain(code);
});

describe('of a thousand tokens', () => {
  const share = (holds: (outcome: (typeof outcomes)[number]) => boolean) =>
    outcomes.filter(holds).length / outcomes.length;

  test('a fifth and more are allowed', () => {
    expect(share(({ code }) => code === 'allowed')).toBeGreaterThan(0.2);
  });

  test('some are denied for several reasons', () => {
    expect(share(({ denials }) => new Set(denials).size > 1)).toBeGreaterThan(0.04);
  });
});
