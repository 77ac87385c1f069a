import { describe, expect, test } from 'vitest';
import { decode } from '../../src/token/decode.ts';
import { type InvokeOptions, invoke } from '../../src/token/invoke.ts';
import { hands, outcomeOf, REQUEST, suites, textWith } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { AUDIENCE, NOW, sha256 } from '../support/forge.ts';

const open = (suite: 1 | 2) => textWith(suite, { invocation: null });
const asked = { ...REQUEST, audience: AUDIENCE, now: NOW };

/** The text of the scene, sealed with one request. */
function sealed(suite: 1 | 2, options: object = {}): string {
  const key = suite === 2 ? { key: hands.lookup } : {};
  return invoke(open(suite), { ...asked, ...key, ...options } as InvokeOptions);
}

const claimsOf = (...from: Parameters<typeof sealed>) => decode(sealed(...from)).invocation?.claims;
const json = (text: string) => new TextEncoder().encode(text);

describe.each(suites)('an invocation of suite %i', (suite) => {
  test('says what it was told, and no more', () => {
    const { nonce, ...claims } = claimsOf(suite) ?? {};
    expect(nonce).toHaveLength(16);
    expect(claims).toEqual({
      action: 'read',
      resource: 'reports/q3.pdf',
      audience: AUDIENCE,
      iat: NOW,
      exp: NOW + 60,
    });
  });

  test('records its task', () => {
    const task = { task: 'Look', reference: 'T-1', instruction: '00'.repeat(32) };
    expect(claimsOf(suite, task)).toMatchObject(task);
  });

  test('has another nonce each time', () => {
    expect(claimsOf(suite)?.nonce).not.toEqual(claimsOf(suite)?.nonce);
  });

  test('has the nonce that it was given', () => {
    const nonce = Uint8Array.from({ length: 16 }, (_, i) => i);
    expect(claimsOf(suite, { nonce })?.nonce).toEqual(nonce);
  });

  test('leaves no secret in the text', () => {
    expect(sealed(suite)).toMatch(/^writ_[\w-]+$/);
    expect(sealed(suite)).not.toMatch(/^writ_secret_/);
    expect(decode(sealed(suite)).secret).toBeUndefined();
  });

  test('is allowed', () => {
    expect(outcomeOf(sealed(suite))).toBe('allowed');
  });

  test('leaves the blocks byte for byte', () => {
    expect(decode(sealed(suite)).blocks).toEqual(decode(open(suite)).blocks);
  });

  test('keeps the evidence of the open token', () => {
    if (suite === 1) return expect(codeOf(() => decode(`${open(1)}~AA`))).toBe('text.secret');
    const text = invoke(`${open(2)}~AA`, { ...asked, key: hands.lookup });
    expect(decode(text).evidence).toEqual([Uint8Array.of(0)]);
  });

  test('cannot be sealed again', () => {
    expect(codeOf(() => invoke(sealed(suite), asked))).toBe('mint.sealed');
  });
});

describe('its life', () => {
  test.each([1, 300])('may be %i s', (lifetime) => {
    expect(claimsOf(1, { lifetime })?.exp).toBe(NOW + lifetime);
  });

  test.each([0, -1, 301, 1.5, Number.NaN])('may not be %d s', (lifetime) => {
    expect(codeOf(() => sealed(1, { lifetime }))).toBe('mint.input');
  });

  test('starts with the clock of the system where no time is given', () => {
    const before = Math.floor(Date.now() / 1000);
    expect(claimsOf(1, { now: undefined })?.iat).toBeGreaterThanOrEqual(before);
  });
});

describe('its arguments', () => {
  const args = { b: [1, 2.5], a: { z: null } };
  const canonical = '{"a":{"z":null},"b":[1,2.5]}';

  test('are digested in their canonical form', () => {
    expect(claimsOf(1, { args })?.arguments).toEqual({ mode: 'jcs', digest: sha256(canonical) });
  });

  test('are digested as the body that they came in', () => {
    const body = '{ "b": [1, 2.5], "a": {"z": null} }';
    expect(claimsOf(1, { body: json(body) })?.arguments).toEqual({ mode: 'body', digest: sha256(body) });
  });

  test.each([
    ['no arguments', {}],
    ['an empty object', { args: {} }],
    ['an empty body', { body: new Uint8Array() }],
    ['a body of an empty object', { body: json(' { } ') }],
  ])('are left out where there are none: %s', (_, options) => {
    expect(claimsOf(1, options)).not.toHaveProperty('arguments');
  });

  test.each<[string, object]>([
    ['a list', { args: [1] }],
    ['a text', { args: 'x' }],
    ['null', { args: null }],
    ['a number that is not finite', { args: { a: Number.POSITIVE_INFINITY } }],
    ['an integer beyond 2^53 - 1', { args: { a: 2 ** 53 } }],
    ['a lone surrogate', { args: { a: '\ud800' } }],
    ['undefined', { args: { a: undefined } }],
    ['a name that is *', { args: { '*': 1 } }],
    ['a name that starts with ?', { args: { '?a': 1 } }],
    ['a body that is no JSON', { body: json('{') }],
    ['a body that is a list', { body: json('[]') }],
    ['a body that is not UTF-8', { body: Uint8Array.of(0xff) }],
    ['a body with a name twice', { body: json('{"a":1,"a":1}') }],
    ['a body with a name twice, once escaped', { body: json('{"a":1,"\\u0061":1}') }],
    ['a body with a byte order mark', { body: json('\ufeff{}') }],
    ['a body with a large integer', { body: json('{"a":9007199254740993}') }],
  ])('are refused where they are no arguments: %s', (_, options) => {
    expect(codeOf(() => sealed(1, options))).toBe('request.malformed');
  });
});

describe('what is refused', () => {
  test.each<[string, unknown]>([
    ['action', '*'],
    ['action', ''],
    ['action', 'read all'],
    ['action', undefined],
    ['resource', 'reports/*'],
    ['resource', 'reports/../hr'],
    ['resource', '/reports'],
    ['resource', undefined],
    ['audience', ''],
    ['audience', 'a b'],
    ['audience', [AUDIENCE]],
    ['audience', undefined],
    ['now', -1],
    ['now', NOW + 0.5],
    ['task', 'a\u202eb'],
    ['reference', 7],
    ['instruction', '00'.repeat(33)],
    ['nonce', new Uint8Array()],
    ['nonce', new Uint8Array(15)],
    ['nonce', new Uint8Array(17)],
    ['nonce', '0'.repeat(16)],
    ['nonce', null],
  ])('%s %j: mint.input', (name, value) => {
    expect(codeOf(() => sealed(1, { [name]: value }))).toBe('mint.input');
  });

  test('another key than the holder’s: holder.key', () => {
    expect(codeOf(() => sealed(2, { key: hands.research }))).toBe('holder.key');
    expect(codeOf(() => sealed(2, { key: hands.cfo }))).toBe('holder.key');
  });

  test('no key in suite 2: mint.input', () => {
    expect(codeOf(() => sealed(2, { key: undefined }))).toBe('mint.input');
  });

  test('a key in suite 1: mint.input', () => {
    expect(codeOf(() => sealed(1, { key: hands.lookup }))).toBe('mint.input');
  });

  test('a text that is no token: as decode refuses it', () => {
    expect(codeOf(() => invoke('writ_AA', asked))).toBe('token.shape');
  });
});
