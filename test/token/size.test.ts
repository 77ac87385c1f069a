import { describe, expect, test } from 'vitest';
import { parseText } from '../../src/text.ts';
import { delegate } from '../../src/token/delegate.ts';
import { grant } from '../../src/token/grant.ts';
import { invoke } from '../../src/token/invoke.ts';
import { hands, REQUEST } from '../support/chains.ts';
import { AUDIENCE, cbor, NOW } from '../support/forge.ts';

// What people paste and put into headers must stay small, so growth is a failure and not a surprise.

const name = (i: number) => `agent:acme/${'x'.repeat(17)}${String(i).padStart(2, '0')}`;
const pattern = 'reports/2026/q3/revenue/**';

/** A sealed token of suite 2: a root and ten hops with keys, each with the caveats that `own` gives it. */
function tenHops(own: (i: number) => object): string {
  let text = grant({
    key: hands.cfo,
    grantor: 'mailto:cfo@acme.example',
    delegate: name(0),
    to: hands.research.publicKey,
    mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
    exp: NOW + 7200,
    scope: [{ actions: ['read'], resources: [pattern] }],
    delegation: { depth: 10 },
    now: NOW,
  });
  for (let i = 1; i <= 10; i++) {
    text = delegate(text, {
      key: hands.research,
      delegate: name(i),
      to: hands.research.publicKey,
      ...own(i),
    });
  }
  const resource = 'reports/2026/q3/revenue/x';
  return invoke(text, { ...REQUEST, resource, key: hands.research, audience: AUDIENCE, now: NOW });
}

test('the names and the pattern are as long as the rule says', () => {
  expect([name(0).length, name(10).length, pattern.length]).toEqual([30, 30, 26]);
});

test('ten hops with an expiry each take at most 2,800 characters', () => {
  expect(tenHops((i) => ({ exp: NOW + 3600 - i })).length).toBeLessThanOrEqual(2800);
});

test('ten hops with a scope each take at most 3,300 characters', () => {
  const scope = [{ actions: ['read'], resources: [pattern] }];
  expect(tenHops(() => ({ scope })).length).toBeLessThanOrEqual(3300);
});

describe('a hop of suite 1 costs at most 12 bytes more than its name and caveats', () => {
  const root = grant({
    key: hands.domain,
    grantor: 'mailto:cfo@acme.example',
    delegate: 'agent:acme/research',
    aud: [AUDIENCE],
    mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
    exp: NOW + 7200,
    scope: [{ actions: ['read'], resources: [pattern] }],
    delegation: { depth: 10 },
    now: NOW,
  });
  const sizeOf = (text: string) => parseText(text).token.length;
  // A claim takes its key, one byte, and its value as CBOR.
  const rows: [string, object, number][] = [
    ['an expiry', { exp: NOW + 60 }, 1 + cbor(NOW + 60).length],
    ['a scope', { scope: [{ actions: ['read'], resources: [pattern] }] }, 1 + cbor([[['read'], [pattern]]]).length],
    ['no caveat', {}, 0],
  ]; // biome-ignore format: a row a line reads better

  test.each(rows.flatMap((row) => [3, 11, 23, 24, 30].map((length) => [length, ...row] as const)))(
    'a name of %i characters, %s',
    (length, _, own, caveat) => {
      const delegated = delegate(root, { delegate: `a:${'x'.repeat(length - 2)}`, ...own });
      expect(sizeOf(delegated) - sizeOf(root) - length - caveat).toBeLessThanOrEqual(12);
    },
  );
});
