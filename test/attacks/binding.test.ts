import { describe, expect, test } from 'vitest';
import {
  assemble,
  type Change,
  itemsOf,
  outcomeOf,
  REQUEST,
  recipe,
  suites,
  textWith,
} from '../support/chains.ts';
import { AUDIENCE, forge, NOW, sha256 } from '../support/forge.ts';

const OTHER = 'https://b.example';
const BROKEN = { 1: 'VerifyError mac.invalid', 2: 'VerifyError signature.invalid' } as const;
const body = (text: string) => new TextEncoder().encode(text);

describe.each(suites)('D. holder binding and invocation, suite %i', (suite) => {
  test.each([OTHER, `${AUDIENCE}/`, `${AUDIENCE}:443`, 'https://staging.files.acme.example'])(
    'H02 replayed at %s',
    (audience) => {
      const root: Change = [
        [3, [AUDIENCE, audience].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))],
      ];
      expect(outcomeOf(textWith(suite, { root }), { audience })).toBe('invocation.audience');
    },
  );

  test.each<[string, object, string]>([
    ['another method', { action: 'delete' }, 'invocation.action'],
    ['another path', { resource: 'reports/q4.pdf' }, 'invocation.resource'],
    ['a longer path', { resource: 'reports/q3.pdf/raw' }, 'invocation.resource'],
    ['a query', { resource: 'reports/q3.pdf?all=1' }, 'RequestError request.malformed'],
    ['arguments', { args: { all: 1 } }, 'invocation.arguments'],
  ])('H03 replayed with %s', (_, change, expected) => {
    const root: Change = [[10, [[['*'], ['**']]]]];
    expect(outcomeOf(textWith(suite, { root }), { request: { ...REQUEST, ...change } })).toBe(expected);
  });

  test('H04 the invocation of one token under another of the same holder', () => {
    const a = forge(recipe(suite));
    const b = forge(recipe(suite, { root: [[7, new Uint8Array(16)]] }));
    const c = forge(recipe(suite, { hop: [[4, NOW + 600]] }));
    expect(outcomeOf(assemble(suite, itemsOf(a), a.invocation?.item))).toBe('allowed');
    expect(outcomeOf(assemble(suite, itemsOf(b), a.invocation?.item))).toBe(BROKEN[suite]);
    expect(outcomeOf(assemble(suite, itemsOf(c), a.invocation?.item))).toBe(BROKEN[suite]);
  });

  const sealed = '{"to":"alice"}';
  const invocation: Change = [[8, [2, sha256(sealed)]]];

  test.each<[string, string]>([
    ['another body', '{"to":"mallory"}'],
    ['the same body with a line break', `${sealed}\n`],
    ['no body', ''],
    ['an empty object', '{}'],
  ])('H05 %s in place of the sealed one', (_, text) => {
    const found = outcomeOf(textWith(suite, { invocation }), { request: { ...REQUEST, body: body(text) } });
    expect(found).toBe('invocation.arguments');
  });

  test('H05 the sealed body passes, a body where none was sealed does not', () => {
    const request = { ...REQUEST, body: body(sealed) };
    expect(outcomeOf(textWith(suite, { invocation }), { request })).toBe('allowed');
    expect(outcomeOf(textWith(suite), { request })).toBe('invocation.arguments');
  });

  test('H05 a body in another encoding is refused', () => {
    const compressed = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    const found = outcomeOf(textWith(suite, { invocation }), { request: { ...REQUEST, body: compressed } });
    expect(found).toBe('RequestError request.malformed');
  });

  test('H05 a body that hides the sealed value behind a second one is refused', () => {
    const twice = body('{"to":"mallory","to":"alice"}');
    const found = outcomeOf(textWith(suite, { invocation: [[8, [2, sha256(twice)]]] }), { request: { ...REQUEST, body: twice } }); // biome-ignore format: short
    expect(found).toBe('RequestError request.malformed');
  });

  test('H13 a token without an invocation is never a bearer token', () => {
    expect(outcomeOf(textWith(suite, { invocation: null }))).toBe('invocation.missing');
  });

  test('H13 a block without a key, or with an empty one', () => {
    const expected = suite === 2 ? 'DecodeError claim.missing' : 'allowed'; // suite 1 has no keys: its tags bind
    expect(outcomeOf(textWith(suite, { hop: [[8, undefined]] }))).toBe(expected);
    const empty = suite === 2 ? 'DecodeError claim.value' : 'DecodeError claim.unknown';
    expect(outcomeOf(textWith(suite, { hop: [[8, new Uint8Array()]] }))).toBe(empty);
  });
});
