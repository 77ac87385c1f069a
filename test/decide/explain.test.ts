import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { explain, explainDenial } from '../../src/decide/explain.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { memoryStore } from '../../src/state/memory.ts';
import { decode } from '../../src/token/decode.ts';
import { verify } from '../../src/token/verify.ts';
import { chargeFor, limited, nthChain, planned } from '../support/counting.ts';
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
    '  not checked  replay: no store answered, so a replay would not be noticed',
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

describe('what a store counted is said in words', () => {
  /** The lines of the last of some requests that says what was expected and found. */
  async function counted(
    changes: Parameters<typeof nthChain>[1],
    actions: string,
    usd = 0,
  ): Promise<string[]> {
    const store = memoryStore();
    let lines: string[] = [];
    for (const [n, action] of actions.split(' ').entries()) {
      lines = explain(await chargeFor(nthChain(n, changes, action), { store, costs: { usd } }));
    }
    return lines.filter((line) => /^ {4}/.test(line)).map((line) => line.trim());
  }

  test('a limit with a window: how much, how often, and when it is free', async () => {
    expect(await counted({ root: limited(['usd', 20, 10]) }, 'read read', 15)).toEqual([
      'expected   at most 20 usd in any 10 s',
      'actual     15 used, 15 asked, frees at 2027-01-15T08:00:10Z',
    ]);
  });

  test('a limit for life', async () => {
    expect(await counted({ root: limited(['call', 1]) }, 'read read')).toEqual([
      'expected   at most 1 call in all',
      'actual     1 used, 1 asked',
    ]);
  });

  test('a window that ends after all dates', async () => {
    expect(await counted({ root: limited(['call', 1, Number.MAX_SAFE_INTEGER]) }, 'read read')).toEqual([
      'expected   at most 1 call in any 9007199254740991 s',
      'actual     1 used, 1 asked',
    ]);
  });

  test('a branch that is frozen', async () => {
    expect(await counted({ root: limited(['denial', 1]) }, 'write read')).toEqual([
      'expected   frozen after 1 request outside of what is granted',
      'actual     1 counted',
    ]);
  });

  test('a closed step', async () => {
    expect(await counted({ root: planned(['read', 2, 3], ['write', 0, 1]) }, 'read write')).toEqual([
      'expected   step 1: read on reports/**, 2 to 3 times; step 2: write on reports/**, 0 to 1 time',
      'actual     write reports/q3.pdf, at step 1, steps taken 1, 0 times',
    ]);
  });

  test('no step', async () => {
    expect(await counted({ root: planned(['read', 0, 1]) }, 'write')).toEqual([
      'expected   step 1: read on reports/**, 0 to 1 time',
      'actual     write reports/q3.pdf',
    ]);
  });
});

test.each([
  ['a limit', 'limits.store', limited(['call', 20, 10], ['usd', 5]), 'at most 5 usd in all; at most 20 calls in any 10 s'],
  ['a plan', 'plan.store', planned(['read', 1, 1]), 'step 1: read on reports/**, 1 time'],
] as const)('%s that lacks its store says what it demands', async (_, code, root, words) => {
  const lines = explain(await chargeFor(nthChain(1, { root }), { store: null, replay: 'reported' }));
  expect(lines.slice(1, 3)).toEqual([expect.stringContaining(code), `    expected   ${words}`]);
}); // biome-ignore format: a row a line

test('a cost that nobody states says for what', async () => {
  const lines = explain(await chargeFor(nthChain(1, { root: limited(['usd', 5]) })));
  expect(lines[2]).toBe('    expected   at most 5 usd in all');
});

test('a store that fails is named', async () => {
  const store = { ...memoryStore(), charge: () => Promise.reject(new Error('secret')) };
  const lines = explain(await chargeFor(nthChain(1), { store }));
  expect(lines[1]).toBe('  store.failed, store: The store did not answer, or answered with an error.');
  expect(lines.join()).not.toContain('secret');
});

test('what is reserved says how much, and how long', async () => {
  const root = limited(['usd', 50], ['tokens', 900]);
  const costs = { usd: { atMost: 5 }, tokens: { atMost: 700 } };
  const lines = explain(await chargeFor(nthChain(1, { root }), { costs, reserveFor: 60 }));
  expect(lines).toContain(
    '  reserved     at most 5 usd, 700 tokens, in full where nothing is settled before 2027-01-15T08:01:00Z',
  );
});

test('what lacks approvals counts them, whatever is wrong with one', () => {
  const denial = { code: 'approval.early', block: 0, caveat: 'approval', expected: 2, actual: 1 } as const;
  expect(explainDenial(denial).slice(1)).toEqual(['    expected   2 approvals', '    actual     1 approval']);
});
