import { describe, expect, test } from 'vitest';
import { type DecideOptions, decide } from '../../src/decide/decide.ts';
import type { Decision } from '../../src/decide/decision.ts';
import { RequestError } from '../../src/errors.ts';
import { type Change, type Changes, chainOf, REQUEST, suites, textWith } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { AUDIENCE, hex, NOW, sha256 } from '../support/forge.ts';

const common: DecideOptions = { audience: AUDIENCE, request: REQUEST, now: NOW };
const decideWith = (suite: 1 | 2, changes: Changes, options: Partial<DecideOptions> = {}): Decision =>
  decide(chainOf(textWith(suite, changes)), { ...common, ...options });
const codesOf = (...of: Parameters<typeof decideWith>) => decideWith(...of).denials.map(({ code }) => code);
const json = (text: string) => new TextEncoder().encode(text);
const CANONICAL = '{"a":1,"b":[true,"x"]}';
const ARGS = { b: [true, 'x'], a: 1 };
const digest = (mode: 1 | 2, text: string): Changes => ({ invocation: [[8, [mode, sha256(text)]]] });

describe.each(suites)('the invocation, suite %i', (suite) => {
  test.each([
    [NOW + 59, []],
    [NOW + 60, ['invocation.expired']],
    [NOW + 61, ['invocation.expired']],
  ])('that lives until NOW + 60, at %i', (now, expected) => {
    expect(codesOf(suite, {}, { now })).toEqual(expected);
  });

  test.each([
    [30, []],
    [31, ['invocation.early']],
  ])('dated %i s ahead', (ahead, expected) => {
    const invocation: Change = [[4, NOW + 90], [6, NOW + ahead]]; // biome-ignore format: pairs read as pairs
    expect(codesOf(suite, { invocation })).toEqual(expected);
  });

  test.each<[string, Changes, Partial<DecideOptions>]>([
    ['audience', { invocation: [[3, `${AUDIENCE}/`]] }, {}],
    ['action', {}, { request: { action: 'Read', resource: REQUEST.resource } }],
    ['resource', {}, { request: { action: 'read', resource: 'reports/q3.pdf/x' } }],
  ])('for another %s', (name, changes, options) => {
    const expected = name === 'action' ? ['invocation.action', 'scope.action'] : [`invocation.${name}`];
    expect(codesOf(suite, changes, options)).toEqual(expected);
  });

  test('is judged with all its faults', () => {
    const invocation: Change = [[3, 'https://b.example'], [4, NOW + 300], [6, NOW + 100]]; // biome-ignore format: pairs read as pairs
    const request = { action: 'list', resource: 'x', args: ARGS };
    expect(codesOf(suite, { invocation }, { request }).slice(0, 5)).toEqual([
      'invocation.early',
      'invocation.audience',
      'invocation.action',
      'invocation.resource',
      'invocation.arguments',
    ]);
  });
});

describe('arguments', () => {
  const none: DecideOptions['request'] = REQUEST;
  const rows: [string, Changes, DecideOptions['request'], string][] = [
    ['the same, in another order', digest(1, CANONICAL), { ...REQUEST, args: ARGS }, 'allowed'],
    ['others', digest(1, CANONICAL), { ...REQUEST, args: { ...ARGS, a: 2 } }, 'invocation.arguments'],
    ['one more', digest(1, CANONICAL), { ...REQUEST, args: { ...ARGS, c: 1 } }, 'invocation.arguments'],
    ['missing', digest(1, CANONICAL), none, 'invocation.arguments'],
    ['an empty object', digest(1, CANONICAL), { ...REQUEST, args: {} }, 'invocation.arguments'],
    ['some, where none are sealed', {}, { ...REQUEST, args: ARGS }, 'invocation.arguments'],
    ['an empty object, where none are sealed', {}, { ...REQUEST, args: {} }, 'allowed'],
    ['a body of the same canonical form', digest(1, CANONICAL), { ...REQUEST, body: json(` ${CANONICAL}`) }, 'allowed'],
    ['the body', digest(2, ` ${CANONICAL}`), { ...REQUEST, body: json(` ${CANONICAL}`) }, 'allowed'],
    ['the body with other spaces', digest(2, CANONICAL), { ...REQUEST, body: json(` ${CANONICAL}`) }, 'invocation.arguments'],
    ['the same, where a body is sealed', digest(2, CANONICAL), { ...REQUEST, args: ARGS }, 'invocation.arguments'],
    ['an empty body, where one is sealed', digest(2, CANONICAL), { ...REQUEST, body: json('') }, 'invocation.arguments'],
    ['an empty body, where none is sealed', {}, { ...REQUEST, body: json('') }, 'allowed'],
    ['a body of an empty object, where none is sealed', {}, { ...REQUEST, body: json('{}') }, 'allowed'],
    ['a sealed digest of the empty object', digest(1, '{}'), { ...REQUEST, args: {} }, 'invocation.arguments'],
  ]; // biome-ignore format: a row a line reads better

  test.each(rows)('%s', (_, changes, request, expected) => {
    expect(decideWith(1, changes, { request: request as NonNullable<DecideOptions['request']> }).code).toBe(
      expected,
    );
  });

  test('of the body are those that are decided', () => {
    const request = { ...REQUEST, body: json(CANONICAL) };
    expect(decideWith(2, digest(2, CANONICAL), { request }).request).toEqual({ ...REQUEST, args: ARGS });
  });

  test('that differ are shown as digests, not as they are', () => {
    const [denial] = decideWith(1, digest(1, CANONICAL), { request: { ...REQUEST, args: { a: 1 } } }).denials;
    expect(denial).toMatchObject({ expected: hex(sha256(CANONICAL)), actual: hex(sha256('{"a":1}')) });
  });

  test('are what the scope judges', () => {
    const root: Change = [[10, [[['read'], ['reports/**'], new Map([['a', [4, false, 5]]])]]]];
    const ask = (a: number) =>
      decideWith(1, { root, ...digest(1, `{"a":${a}}`) }, { request: { ...REQUEST, args: { a } } }).code;
    expect([ask(5), ask(6)]).toEqual(['allowed', 'scope.arguments']);
  });
});

describe('without a request', () => {
  test('the invocation is decided as it was sealed, and that is said', () => {
    const { request: _, ...unasked } = common;
    const decision = decide(chainOf(textWith(2)), unasked);
    expect(decision).toMatchObject({
      verdict: 'allow',
      notEstablished: ['request', 'replay'],
      request: { ...REQUEST, args: {} },
    });
  });

  test('the arguments are compared still', () => {
    expect(decideWith(1, digest(1, CANONICAL), { request: { args: ARGS } }).code).toBe('allowed');
    expect(decideWith(1, digest(1, CANONICAL), { request: {} }).code).toBe('invocation.arguments');
  });

  test('the scope is judged still', () => {
    expect(decideWith(1, { invocation: [[2, 'hr/x']] }, { request: {} }).code).toBe('scope.resource');
  });
});

describe('refused requests', () => {
  const chain = chainOf(textWith(2));
  const refused = (options: object) => () => decide(chain, { ...common, ...options });

  test.each<[string, object]>([
    ['an action that is *', { action: '*' }],
    ['an empty action', { action: '' }],
    ['an action with a space', { action: 'read all' }],
    ['a resource with a wildcard', { resource: 'reports/*' }],
    ['a resource that climbs', { resource: 'reports/../hr' }],
    ['a resource with an empty segment', { resource: 'reports//x' }],
    ['a resource in percent encoding', { resource: 'reports/%2e%2e' }],
    ['a resource without an action', { action: undefined }],
    ['an action without a resource', { resource: undefined }],
    ['arguments that are a list', { args: [] }],
    ['an argument named *', { args: { '*': 1 } }],
    ['an argument that starts with ?', { args: { '?x': 1 } }],
    ['an argument that is not a number', { args: { x: Number.NaN } }],
    ['a body with a name twice', { body: json('{"a":1,"a":1}') }],
    ['a body that is no object', { body: json('"x"') }],
  ])('%s: request.malformed', (_, request) => {
    const call = refused({ request: { ...REQUEST, ...request } });
    expect(errorOf(call)).toBeInstanceOf(RequestError);
    expect(codeOf(call)).toBe('request.malformed');
  });

  test.each(['', 'a b', 'ä', 7, undefined])(
    'an audience %j that is no name: request.malformed',
    (audience) => {
      expect(codeOf(refused({ audience }))).toBe('request.malformed');
    },
  );

  test.each<[string, object]>([
    ['a number that is not finite', { load: Number.POSITIVE_INFINITY }],
    ['an integer beyond 2^53 - 1', { load: 2 ** 60 }],
    ['a lone surrogate', { name: '\udc00' }],
    ['a function', { now: () => NOW }],
  ])('a context with %s: context.malformed', (_, context) => {
    expect(codeOf(refused({ context }))).toBe('context.malformed');
  });

  test('a request is refused even where the token would be denied', () => {
    const open = chainOf(textWith(2, { invocation: null }));
    const call = () => decide(open, { ...common, request: { action: '*', resource: 'x' } });
    expect(codeOf(call)).toBe('request.malformed');
  });
});

describe('what a service hands in by mistake', () => {
  test.each([
    ['a text', '1800000000'],
    ['a big integer', 1_800_000_000n],
    ['no number', Number.NaN],
    ['a fraction', NOW + 0.5],
    ['no end', Number.POSITIVE_INFINITY],
  ])('as the clock reading, %s, is a TypeError', (_, now) => {
    expect(() => decideWith(2, {}, { now: now as number })).toThrow(TypeError);
  });

  test.each([
    ['a list', []],
    ['a text', 'abc'],
    ['null', null],
  ])('as the context, %s, is malformed', (_, context) => {
    expect(codeOf(() => decideWith(2, {}, { context: context as never }))).toBe('context.malformed');
  });

  test('an argument named __proto__ is refused', () => {
    const args = JSON.parse('{"__proto__":{"amount":1}}');
    expect(codeOf(() => decideWith(2, {}, { request: { ...REQUEST, args } }))).toBe('request.malformed');
  });

  test('the arguments that come back are a copy of what was digested', () => {
    const args = Object.assign(Object.create({ inherited: 1 }), ARGS);
    const { request } = decideWith(2, digest(1, CANONICAL), { request: { ...REQUEST, args } });
    expect(request?.args).toEqual({ a: 1, b: [true, 'x'] });
    expect(Object.getPrototypeOf(request?.args)).toBe(Object.prototype);
    expect(request?.args).not.toBe(args);
  });
});
