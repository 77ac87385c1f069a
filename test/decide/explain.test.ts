import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { explain } from '../../src/decide/explain.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import {
  AUDIENCE,
  forge,
  grantPayload,
  hopPayload,
  NOW,
  type Recipe,
  scene,
  trustFile,
} from '../support/forge.ts';

interface Asked {
  readonly resource?: string;
  readonly args?: { readonly [name: string]: string };
  readonly now?: number;
}

/** The words for a decision about the scene with changes. */
function explained(suite: 1 | 2, changes: Partial<Recipe> = {}, asked: Asked = {}): string[] {
  const { resource = 'reports/q3.pdf', args, now = NOW } = asked;
  const chain = verify(decode(forge(scene(suite, changes)).text), importTrust(trustFile), { now: NOW });
  const request = { action: 'read', resource, ...(args && { args }) };
  return explain(decide(chain, { audience: AUDIENCE, request, now }));
}

test('an allow says who, why, through whom, and what nobody checked', () => {
  const hop = hopPayload(2, [[9, new Map([[2, 'Find the Q3 revenue']])]]);
  expect(explained(2, { blocks: [{ payload: grantPayload(2) }, { payload: hop }] })).toEqual([
    'allowed  read reports/q3.pdf',
    '  granted by   mailto:cfo@acme.example, with their own key',
    '  mission      q3-report: “Prepare the Q3 report”',
    '  through      agent:acme/research → agent:acme/lookup (“Find the Q3 revenue”)',
    '  not checked  replay: no store remembers nonces, so a replay would not be noticed',
  ]);
});

test('an authority attests', () => {
  expect(explained(1)).toContain(
    '  granted by   mailto:cfo@acme.example, as https://iam.acme.example attests',
  );
});

describe('a denial says what was expected and what was found', () => {
  test('in words for permissions', () => {
    expect(explained(2, {}, { resource: 'hr/q3.pdf' }).slice(0, 7)).toEqual([
      'denied  read hr/q3.pdf',
      '  invocation.resource, invocation: The request is for another resource than the invocation.',
      '    expected   reports/q3.pdf',
      '    actual     hr/q3.pdf',
      '  scope.resource, block 0: No permission for the action covers the resource.',
      '    expected   read on reports/**',
      '    actual     hr/q3.pdf',
    ]);
  });

  test('in words for times', () => {
    expect(explained(2, {}, { now: NOW + 7200 })).toContain('    expected   2027-01-15T10:00:00Z');
  });

  test('in words for conditions', () => {
    const payload = grantPayload(2, [[14, new Map([['net', [9, '10.0.0.0/8']]])]]);
    const lines = explained(2, { blocks: [{ payload }, { payload: hopPayload(2) }] });
    expect(lines).toContain('    expected   net is an address in 10.0.0.0/8');
  });

  test('in one line, whatever the request holds', () => {
    const lines = explained(2, {}, { args: { text: 'a\u001b[2J\nb' } });
    expect(lines.every((line) => /^[\P{Cc}]*$/u.test(line))).toBe(true);
    expect(lines.join('\n')).toContain('invocation.arguments');
  });
});

test.each([
  ['a store', [15, [['call', 100]]], 'a store that counts, for block 0'],
  [
    'a status',
    [12, [[new Uint8Array(32).fill(9), 60]]],
    'a status of mailto:cfo@acme.example#q3-report, at most 60 s old, for block 0',
  ],
  [
    'approvals',
    [13, [[[], [new Uint8Array(32).fill(9)], 1, 600]]],
    '1 of 1 approvals, at most 600 s old, for block 0',
  ],
  ['consent', [17, new Uint8Array(32).fill(9)], 'the grantor’s own consent, for block 0'],
] as const)('a need for %s is named', (_, claim, words) => {
  const payload = grantPayload(2, [claim, [3, [AUDIENCE]]]);
  const lines = explained(2, { blocks: [{ payload }, { payload: hopPayload(2) }] });
  expect(lines).toContain(`  needed       ${words}`);
});
