import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderAnswer } from '../../cli/render/why.ts';
import { type InspectOptions, type Question, why } from '../../src/index.ts';
import { type Changes, longScene, REQUEST, textWith, trust } from '../support/chains.ts';
import { AUDIENCE, forge, NOW, research } from '../support/forge.ts';
import { columnsOf, nastyTokens } from '../support/nasty.ts';

function answer(text: string, question: Partial<Question> = {}, options: InspectOptions = {}): string[] {
  return renderAnswer(why(text, { ...REQUEST, ...question }, { now: NOW + 10, ...options }));
}

const open = (changes: Omit<Changes, 'invocation'> = {}, suite: 1 | 2 = 2) =>
  textWith(suite, { ...changes, invocation: null });
const UNTRIED = [
  '  chain       NOT VERIFIED: no trust file was given, so all of this is what',
  '              somebody wrote',
];

test('an allowed request names the permission that fits', () => {
  expect(answer(open(), {}, { trust })).toEqual([
    'would be allowed  read reports/q3.pdf',
    '  chain       VERIFIED back to mailto:cfo@acme.example, by their own key',
    '  service     any service that trusts the grantor',
    '  fits        read on reports/** (block 0)',
  ]);
});

test('a denied request names every block that denies, what it says, and what would fit', () => {
  const text = open({ hop: [[10, [[['read'], ['reports/q3/**']]]]] });
  expect(answer(text, { action: 'write' })).toEqual([
    'would be denied  write reports/q3.pdf',
    ...UNTRIED,
    '  service     any service that trusts the grantor',
    '  denied by   block 0, scope.action: No permission names the action.',
    '              it says: may read on reports/**',
    '  and by      block 1, scope.action: No permission names the action.',
    '              it says: may read on reports/q3/**',
    '  nearest     read on reports/q3/** (block 1)',
    '  to fit      ask for read instead of write',
    '              name a resource of reports/q3/**',
  ]);
});

test('a request that something would save names it, and no expected data', () => {
  const text = open({ root: [[3, [AUDIENCE]], [12, [[research.publicKey, 60, 'fleet']]], [15, [['call', 9]]]] }); // biome-ignore format: one root
  expect(answer(text)).toEqual([
    'would be denied, unless what it needs is brought  read reports/q3.pdf',
    ...UNTRIED,
    '  service     https://files.acme.example',
    '  denied by   block 0, alive.status: No signed status of the mission was',
    '              presented.',
    '              it needs a status of fleet, at most 60 s old, for block 0',
    '  and by      block 0, limits.store: Limits are counted in a store, and there is',
    '              none.',
    '              it needs a store that counts, for block 0',
    '  fits        read on reports/** (block 0)',
  ]);
});

describe('what denies is told in the words of the caveat', () => {
  const rows: [string, string, Partial<Question>, string][] = [
    ['aud.other', open({}, 1), { audience: 'https://x' }, 'it says: accepted only by https://files.acme.example'],
    ['exp.passed', open({ hop: [[4, NOW + 5]] }), {}, 'it says: expired 2027-01-15T08:00:05Z, 5s ago'],
    ['nbf.early', open({ hop: [[5, NOW + 50]] }), {}, 'it says: not before 2027-01-15T08:00:50Z, in 40s'],
    ['scope.arguments', open({ root: [[10, [[['read'], ['**'], new Map()]]]] }), { args: { x: 1 } }, 'it says: may read on **, without arguments'],
    ['context.mismatch', open({ root: [[14, new Map([['ip', [1, 'a']]])]] }), { context: { ip: 'b' } }, 'expected: ip is "a"'],
    ['delegation.depth', open({ root: [[11, undefined]] }), {}, 'expected: 0'],
    ['ext.unknown', open({ root: [[18, new Map([['acme.example/x', 1]])]] }), {}, 'expected: acme.example/x'],
    ['iat.early', open({ root: [[6, NOW + 41]] }), {}, 'expected: 2027-01-15T08:00:41Z'],
  ]; // biome-ignore format: a row a line reads better
  test.each(rows)('%s', (code, text, question, words) => {
    const lines = answer(text, question);
    expect(lines.join('\n')).toContain(`${code}: `);
    expect(lines.map((line) => line.trim())).toContain(words);
  });
});

test('the arguments of the request are shown where there are any', () => {
  expect(answer(open(), { args: { amount: 5 } })).toContain('  arguments   {"amount":5}');
});

test('where the blocks leave no service, none is named', () => {
  const text = open({ root: [[3, ['a']]], hop: [[3, ['b']]] });
  expect(answer(text)).toContain('  service     none, for no service is named by all blocks');
});

test('a chain that does not hold is never called allowed', () => {
  const [verdict, chain] = answer(open(), {}, { trust: new Map() });
  expect(verdict).toBe('would be denied  read reports/q3.pdf');
  expect(chain).toBe('  chain       NOT VERIFIED: anchor.unknown; all of this is what somebody wrote');
});

test('of many denials, 12 are shown', () => {
  const hops = Array.from({ length: 20 }, () => [[10, [[['x'], ['x']]]]] as const);
  const { invocation: _, ...unsealed } = longScene(2, hops, [[11, [30]]]);
  const lines = answer(forge(unsealed).text);
  expect(lines.filter((line) => line.includes('scope.action'))).toHaveLength(12);
  expect(lines).toContain('              … and 8 more, see --json');
});

test('no token makes a line wider than 80 columns, or reaches the terminal with what it obeys', () => {
  fc.assert(
    fc.property(nastyTokens, fc.boolean(), (text, tried) => {
      const args = { [`深い\u202e${'x'.repeat(200)}`]: '\u001b[31m' };
      const lines = answer(text, { resource: `r/${'x'.repeat(300)}`, args }, tried ? { trust } : {});
      expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
      expect(lines.join('')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
    }),
    { numRuns: 60 },
  );
});
