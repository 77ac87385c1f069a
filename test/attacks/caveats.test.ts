import { describe, expect, test } from 'vitest';
import { admitsValue } from '../../src/scope/predicate.ts';
import { grant } from '../../src/token/grant.ts';
import { type Change, hands, longScene, outcomeOf, textWith } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { AUDIENCE, forge, type Item, NOW, sha256 } from '../support/forge.ts';

const OTHER = 'https://b.example';
const scope = (...patterns: string[]): Change => [[10, [[['read'], patterns]]]];

/** How a request for a resource ends, with a scope in the root. */
const ask = (pattern: string, resource: string) =>
  outcomeOf(textWith(2, { root: scope(pattern), invocation: [[2, resource]] }), {
    request: { action: 'read', resource },
  });

/** How a request with one argument ends, against one rule for it. */
function askWith(rule: Item, value: unknown): string {
  const root: Change = [[10, [[['read'], ['reports/**'], new Map([['amount', rule]])]]]];
  const args = { amount: value as number };
  const digest = sha256(`{"amount":${JSON.stringify(value)}}`);
  return outcomeOf(textWith(2, { root, invocation: [[8, [1, digest]]] }), {
    request: { action: 'read', resource: 'reports/q3.pdf', args },
  });
}

describe('C. caveats', () => {
  test.each(['root', 'hop'])('C01 an unknown extension in the %s denies', (where) => {
    expect(outcomeOf(textWith(2, { [where]: [[18, new Map([['harmless', true]])]] }))).toBe('ext.unknown');
  });

  test('C01 an unknown claim is malformed', () => {
    expect(outcomeOf(textWith(2, { hop: [[19, true]] }))).toBe('DecodeError claim.unknown');
  });

  test.each<[string, Change]>([
    ['audiences', [[3, []]]],
    ['permissions', [[10, []]]],
    ['actions', [[10, [[[], ['**']]]]]],
    ['patterns', [[10, [[['read'], []]]]]],
    ['delegates', [[11, [1, []]]]],
    ['statuses', [[12, []]]],
    ['approvals', [[13, []]]],
    ['conditions', [[14, new Map()]]],
    ['limits', [[15, []], [7, new Uint8Array(8)]]],
    ['steps', [[16, []], [7, new Uint8Array(8)]]],
  ])('C02 an empty list of %s is malformed', (_, hop) => {
    expect(outcomeOf(textWith(2, { hop }))).toBe('DecodeError claim.value');
  }); // biome-ignore format: a row a line reads better

  test('C02 an empty map of arguments admits no argument', () => {
    const root: Change = [[10, [[['read'], ['reports/**'], new Map()]]]];
    expect(outcomeOf(textWith(2, { root }))).toBe('allowed');
    const invocation: Change = [[8, [1, sha256('{"a":1}')]]];
    const request = { action: 'read', resource: 'reports/q3.pdf', args: { a: 1 } };
    expect(outcomeOf(textWith(2, { root, invocation }), { request })).toBe('scope.arguments');
  });

  const narrow: [string, Change, string][] = [
    ['audience', [[3, [OTHER]]], 'aud.other'],
    ['expiry', [[4, NOW]], 'exp.passed'],
    ['start', [[5, NOW + 31]], 'nbf.early'],
    ['scope', scope('hr/**'), 'scope.resource'],
    ['delegation', [[11, undefined]], 'delegation.depth'],
    ['context', [[14, new Map([['env', [1, 'prod']]])]], 'context.missing'],
    ['status', [[12, [[hands.cfo.publicKey.bytes, 60]]]], 'alive.status'],
    ['approval', [[13, [[[], [hands.cfo.publicKey.bytes], 1, 60]]]], 'approval.required'],
  ]; // biome-ignore format: a row a line reads better

  test.each(narrow)(
    'C03 a child that leaves out the %s of its parent is bound by it',
    (_, root, expected) => {
      expect(outcomeOf(textWith(2, { root }))).toBe(expected);
    },
  );

  test.each(narrow.filter(([name]) => name !== 'delegation'))('C04 a block in the middle denies by its %s', (_, middle, expected) => {
    expect(outcomeOf(forge(longScene(2, [middle, []])).text)).toBe(expected);
    expect(outcomeOf(forge(longScene(1, [middle, []])).text)).toBe(expected);
  }); // biome-ignore format: a row a line reads better

  const wide: [string, Change, Change, string][] = [
    ['more audiences', [[3, [OTHER]]], [[3, [AUDIENCE]]], 'aud.other'],
    ['a later expiry', [[4, NOW]], [[4, NOW + 9999]], 'exp.passed'],
    ['an earlier start', [[5, NOW + 31]], [[5, 0]], 'nbf.early'],
    ['any action on anything', scope('hr/**'), [[10, [[['*'], ['**']]]]], 'scope.resource'],
    [
      'other arguments',
      [[10, [[['read'], ['**'], new Map([['a', true]])]]]],
      [[10, [[['read'], ['**']]]]],
      'scope.arguments',
    ],
    [
      'a deny-list in place of a condition',
      [[14, new Map([['env', [1, 'prod']]])]],
      [[14, new Map([['env', [3, ['x']]]])]],
      'context.mismatch',
    ],
    [
      'more approvals that are enough',
      [[13, [[[], [hands.cfo.publicKey.bytes], 1, 60]]]],
      [[13, [[[[['*'], ['**']]], [hands.lookup.publicKey.bytes], 1, 60]]]],
      'approval.required',
    ],
  ];

  test.each(wide)('C05 a later block with %s admits nothing more', (_, root, hop, expected) => {
    expect(outcomeOf(textWith(2, { root, hop }), { context: { env: 'test' } })).toBe(expected);
  });

  test.each([
    ['john/**', 'johnathan/x', 'scope.resource'],
    ['john/**', 'john', 'scope.resource'],
    ['john/**', 'john/x', 'allowed'],
    ['a', 'a-b', 'scope.resource'],
    ['a', 'ab', 'scope.resource'],
    ['a', 'A', 'scope.resource'],
    ['a/*', 'a/b/c', 'scope.resource'],
    ['a', 'a/', 'DecodeError claim.value'],
  ])('C08 %s against %s: %s', (pattern, resource, expected) => {
    expect(ask(pattern, resource)).toBe(expected);
  });

  const refused = (text: string) => {
    expect(outcomeOf(textWith(2, { root: scope(text) }))).toBe('DecodeError claim.value');
    expect(outcomeOf(textWith(2, { invocation: [[2, text]] }))).toBe('DecodeError claim.value');
    const request = { action: 'read', resource: text };
    expect(outcomeOf(textWith(2, { root: scope('**') }), { request })).toBe('RequestError request.malformed');
  };

  test.each(['..', '.', '../x', './x', 'a/..', 'a/.', 'a/../b', 'a/./b', 'x://..', 'x://a/..'])(
    'C09 %s',
    refused,
  );
  test.each(['//', '///', 'a//b', '/a', 'a/', 'a///b', 'x:///a', '//host/a'])('C10 %s', refused);
  test.each([
    '%2e%2e', '%2E%2E', 'a/%2e%2e/b', 'a%2fb', 'a%2Fb', 'a%5cb', '%252f', 'a%00', '%c0%ae', 'a\\b', 'a?b', 'a#b', 'a;b',
  ])('C11 %s', refused); // biome-ignore format: a row a line reads better

  const mint = (rule: object) => () =>
    grant({
      key: hands.cfo,
      grantor: 'mailto:cfo@acme.example',
      delegate: 'agent:acme/research',
      to: hands.research.publicKey,
      mission: { id: 'q3', purpose: 'x' },
      exp: NOW + 60,
      scope: [{ actions: ['read'], resources: ['**'], args: { name: rule as { eq: string } } }],
      now: NOW,
    });

  test.each(['regex', 'regexp', 'matches', 'test'])('C16 a predicate named %s is refused at mint', (name) => {
    expect(codeOf(mint({ [name]: '(a+)+$' }))).toBe('mint.input');
  });

  test('C16 a RegExp object is refused at mint', () => {
    expect(codeOf(mint({ eq: /(a+)+$/g }))).toBe('mint.input');
    expect(codeOf(mint({ pattern: /a/y }))).toBe('mint.input');
  });

  test.each([0, 12, 13, 99, -1])('C16 a predicate of the kind %i is malformed', (kind) => {
    expect(askWith([kind, '(a+)+$'], 1)).toBe('DecodeError claim.value');
  });

  test('C16 the signs of regular expressions stand for themselves', () => {
    expect(ask('(a+)+$', 'aaaa')).toBe('scope.resource');
    expect(ask('(a+)+$', '(a+)+$')).toBe('allowed');
  });

  test.each(['1e3', '0x10', ' 12 ', '', '12', true, null, [12], { value: 12 }])(
    'C19 %j is no amount',
    (value) => {
      expect(askWith([4, 0, 10_000], value)).toBe('scope.arguments');
    },
  );

  test.each([
    [-1, 'scope.arguments'],
    [0, 'scope.arguments'],
    [1, 'allowed'],
    [500, 'allowed'],
    [500.5, 'scope.arguments'],
    [501, 'scope.arguments'],
    [2 ** 53 - 1, 'scope.arguments'],
    [2 ** 53, 'RequestError request.malformed'],
    [1e300, 'RequestError request.malformed'],
  ])('C19 an amount of %d against 1 to 500: %s', (value, expected) => {
    expect(askWith([4, 1, 500], value)).toBe(expected);
  });

  test.each<[Item, string]>([
    [-1, 'DecodeError claim.value'],
    ['10', 'DecodeError claim.value'],
    [10.5, 'DecodeError cbor.float'],
    [2n ** 53n, 'DecodeError cbor.integer'],
    [2n ** 64n - 1n, 'DecodeError cbor.integer'],
  ])('C19 a limit of %s is malformed', (amount, expected) => {
    expect(outcomeOf(textWith(1, { root: [[15, [['eur', amount]]]] }))).toBe(expected);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'C20 %d is in no range and in no request',
    (value) => {
      for (const range of [
        [null, 5],
        [5, null],
        [0, 10],
      ] as const) {
        // biome-ignore format: short
        expect(admitsValue({ range }, Number.NaN)).toBe(false);
      }
      expect(askWith([4, false, 5], value)).toBe('RequestError request.malformed');
      const hop: Change = [[14, new Map([['load', [4, false, 5]]])]];
      expect(outcomeOf(textWith(2, { hop }), { context: { load: value } })).toBe(
        'RequestError context.malformed',
      );
    },
  );

  test('C23 an argument or an observation that a caveat names and that is absent', () => {
    const rules = new Map([['amount', [4, false, 5]]]);
    expect(outcomeOf(textWith(2, { root: [[10, [[['read'], ['reports/**'], rules]]]] }))).toBe(
      'scope.arguments',
    );
    const hop: Change = [[14, new Map([['env', [3, ['prod']]]])]];
    expect(outcomeOf(textWith(2, { hop }))).toBe('context.missing');
    expect(outcomeOf(textWith(2, { hop }), { context: { env: null } })).toBe('context.mismatch');
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'C23 %s is not observed because objects have it',
    (name) => {
      expect(outcomeOf(textWith(2, { hop: [[14, new Map([[name, [3, ['x']]]])]] }))).toBe('context.missing');
    },
  );

  test.each<[string, Change, string]>([
    ['now = exp', [[4, NOW]], 'exp.passed'],
    ['now = exp - 1', [[4, NOW + 1]], 'allowed'],
    ['now = nbf', [[5, NOW]], 'allowed'],
    ['nbf behind the skew', [[5, NOW + 31]], 'nbf.early'],
    ['nbf > exp', [[4, NOW + 1], [5, NOW + 2]], 'allowed'],
    ['exp = 0', [[4, 0]], 'exp.passed'],
    ['exp missing', [[4, undefined]], 'DecodeError claim.missing'],
    ['exp in milliseconds', [[4, NOW * 1000]], 'DecodeError claim.value'],
    ['exp > 2^40', [[4, 2 ** 40 + 1]], 'DecodeError claim.value'],
    ['exp = 2^33', [[4, 2 ** 33]], 'DecodeError claim.value'],
    ['exp a float', [[4, NOW + 60.5]], 'DecodeError cbor.float'],
    ['exp below zero', [[4, -1]], 'DecodeError claim.value'],
  ])('C26 %s', (_, root, expected) => {
    expect(outcomeOf(textWith(2, { root }))).toBe(expected);
  }); // biome-ignore format: a row a line reads better

  test('C26 nbf within the skew and exp before it leave no moment behind exp', () => {
    expect(outcomeOf(textWith(2, { root: [[4, NOW], [5, NOW + 1]] }))).toBe('exp.passed');
  }); // biome-ignore format: a row a line reads better

  test.each([
    'https://api.example.com.evil',
    'https://api.example.co',
    'https://api.example.com/',
    'api.example.com',
    'HTTPS://API.EXAMPLE.COM',
    'https://api.example.comx',
  ])('C30 the audience https://api.example.com is not %s', (audience) => {
    const aud: Change = [[3, ['https://api.example.com']]];
    expect(outcomeOf(textWith(2, { root: aud, invocation: [[3, audience]] }), { audience })).toBe(
      'aud.other',
    );
    expect(outcomeOf(textWith(2, { invocation: [[3, audience]] }), { audience: 'https://api.example.com' })).toBe('invocation.audience'); // biome-ignore format: short
  });

  test('C30 an audience in an invocation is one and no list', () => {
    expect(outcomeOf(textWith(2, { invocation: [[3, [AUDIENCE, OTHER]]] }))).toBe('DecodeError claim.value');
  });
});
