import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import type { Anchor } from '../../src/keys/trust.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { base64url, cfo, domain, lookup, research, rootSecret, trustFile } from '../support/forge.ts';
import { smallOrder } from '../support/points.ts';

const pub = { kty: 'OKP', crv: 'Ed25519', x: cfo.jwk.x };
const oct = { kty: 'oct', k: base64url(domain.secret), kid: base64url(domain.kid) };
const human = { principal: 'mailto:cfo@acme.example', kind: 'human' };
const authority = { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] };
const status = { key: { kty: 'OKP', crv: 'Ed25519', x: research.jwk.x }, within: 60 };

const code = (...keys: unknown[]): string => codeOf(() => importTrust({ keys }));
const withWrit = (changes: object): string => code({ ...pub, writ: { ...human, ...changes } });
const withAlive = (alive: unknown): string => withWrit({ alive });
const only = (jwk: object): Anchor => [...importTrust({ keys: [jwk] }).values()][0] as Anchor;

describe('a trust file', () => {
  test('gives the anchors by the hexadecimal of their key ids', () => {
    expect([...importTrust(trustFile).keys()]).toEqual([toHex(cfo.kid), toHex(domain.kid)]);
  });

  test('without keys trusts nobody', () => {
    expect(importTrust({ keys: [] }).size).toBe(0);
  });

  test('keeps every member of a human', () => {
    const writ = { ...human, from: 10, until: 20, alive: { ...status, subject: 'org:acme' } };
    expect(only({ ...pub, writ })).toEqual({
      key: new PublicKey(cfo.publicKey),
      principal: human.principal,
      kind: 'human',
      speaksFor: [],
      from: 10,
      until: 20,
      alive: { key: new PublicKey(research.publicKey), within: 60, subject: 'org:acme' },
    });
  });

  test('keeps for whom an authority speaks', () => {
    const writ = { ...authority, speaks_for: ['mailto:a@acme.example', 'agent:acme/*'] };
    expect(only({ ...pub, writ }).speaksFor).toEqual(writ.speaks_for);
  });

  test('reads a shared secret of an authority', () => {
    expect(only({ ...oct, writ: authority }).key).toBeInstanceOf(MacKey);
  });

  test('leaves out what is not there', () => {
    const { from, until, alive } = only({ ...pub, writ: human });
    expect([from, until, alive]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ['the thumbprint as "kid"', { ...pub, kid: base64url(cfo.kid), writ: human }],
    ['an empty "speaks_for" of a human', { ...pub, writ: { ...human, speaks_for: [] } }],
    ['a window with one second in it', { ...pub, writ: { ...human, from: 10, until: 11 } }],
    ['a window from the beginning of time', { ...pub, writ: { ...human, from: 0 } }],
    ['a window to the end of time', { ...pub, writ: { ...human, until: 2 ** 33 - 1 } }],
    ['a status that must be of this second', { ...pub, writ: { ...human, alive: { ...status, within: 0 } } }],
    ['members of others beside "writ"', { ...pub, note: 'hers', writ: human }],
  ])('may have %s', (_, jwk) => {
    expect(code(jwk)).toBe('accepted');
  });
});

describe('trust.format', () => {
  test.each([
    ['no object', 'trust'],
    ['nothing', undefined],
    ['a list of keys', [{ ...pub, writ: human }]],
    ['no "keys"', {}],
    ['"keys" that are no list', { keys: { 0: pub } }],
  ])('meets a trust file that is %s', (_, file) => {
    expect(codeOf(() => importTrust(file))).toBe('trust.format');
  });

  test.each([
    ['that is null', null],
    ['that is a list', [pub]],
    ['without "writ"', pub],
    ['with "writ" that is null', { ...pub, writ: null }],
    ['with "writ" that is a list', { ...pub, writ: [human] }],
    ['with "kid" other than the thumbprint', { ...pub, kid: 'cfo', writ: human }],
    ['with the "kid" of another key', { ...pub, kid: base64url(research.kid), writ: human }],
    ['with "kid" that is no text', { ...pub, kid: 7, writ: human }],
  ])('meets a key %s', (_, jwk) => {
    expect(code(jwk)).toBe('trust.format');
  });

  test.each([
    ['an unknown member', { note: 'hers' }],
    ['the model name of a member', { speaksFor: ['mailto:*'] }],
    ['no principal', { principal: undefined }],
    ['a principal that is no URI', { principal: 'cfo' }],
    ['a principal with a fragment', { principal: 'mailto:cfo@acme.example#q3' }],
    ['a pattern as principal', { principal: 'mailto:*' }],
    ['no kind', { kind: undefined }],
    ['an unknown kind', { kind: 'Human' }],
    ['"speaks_for" that is no list', { speaks_for: 'mailto:*' }],
    ['"speaks_for" with everybody', { speaks_for: ['*'] }],
    ['"speaks_for" with a wildcard inside a name', { speaks_for: ['mailto:c*'] }],
    ['"speaks_for" with a number', { speaks_for: [7] }],
    ['"from" below zero', { from: -1 }],
    ['"from" as text', { from: '10' }],
    ['"from" in a fraction of a second', { from: 10.5 }],
    ['"until" that is null', { until: null }],
    ['"until" in milliseconds', { until: 1_800_000_000_000 }],
    ['"until" at 2^33', { until: 2 ** 33 }],
  ])('meets a member with %s', (_, changes) => {
    expect(withWrit(changes)).toBe('trust.format');
  });

  test.each([
    ['null', null],
    ['a list', [status]],
    ['a number', 60],
    ['without "within"', { key: status.key }],
    ['with "within" below zero', { ...status, within: -1 }],
    ['with "within" as text', { ...status, within: '60' }],
    ['with "within" that is no integer', { ...status, within: 0.5 }],
    ['with "within" that never ends', { ...status, within: Number.POSITIVE_INFINITY }],
    ['with a subject that is no text', { ...status, subject: 7 }],
    ['with an unknown member', { ...status, note: '' }],
  ])('meets "alive" that is %s', (_, alive) => {
    expect(withAlive(alive)).toBe('trust.format');
  });
});

describe('the key of "alive"', () => {
  test.each([
    ['is missing', { within: 60 }, 'key.format'],
    ['is private', { ...status, key: research.jwk }, 'key.format'],
    ['is a secret', { ...status, key: oct }, 'key.format'],
    ['is too short', { ...status, key: { ...status.key, x: 'AQ' } }, 'key.length'],
    ['is weak', { ...status, key: { ...status.key, x: base64url(new Uint8Array(32)) } }, 'key.weak'],
  ])('that %s is refused', (_, alive, expected) => {
    expect(withAlive(alive)).toBe(expected);
  });
});

describe('trust.anchor', () => {
  test.each([
    ['a human with a shared secret', { ...oct, writ: human }],
    ['a human who speaks for others', { ...pub, writ: { ...human, speaks_for: ['mailto:*'] } }],
    ['an authority that speaks for nobody', { ...pub, writ: { ...authority, speaks_for: [] } }],
    ['an authority without "speaks_for"', { ...pub, writ: { ...authority, speaks_for: undefined } }],
    ['a window that is empty', { ...pub, writ: { ...human, from: 20, until: 20 } }],
    ['a window that ends at 0', { ...pub, writ: { ...human, until: 0 } }],
    ['a window that ends before it begins', { ...pub, writ: { ...human, from: 20, until: 10 } }],
  ])('meets %s', (_, jwk) => {
    expect(code(jwk)).toBe('trust.anchor');
  });
});

describe('the key of an anchor', () => {
  const writ = human;
  test.each([
    ['is private', { ...cfo.jwk, writ }, 'key.format'],
    ['is of another type', { ...pub, kty: 'RSA', writ }, 'key.format'],
    ['is of no type', { x: pub.x, writ }, 'key.format'],
    ['is a secret without an id', { ...oct, kid: undefined, writ: authority }, 'key.format'],
    ['is too long', { ...pub, x: base64url(new Uint8Array(33)), writ }, 'key.length'],
    ['is a secret that is too short', { ...oct, k: 'AQ', writ: authority }, 'key.length'],
    ['has a secret id that is too short', { ...oct, kid: 'AQ', writ: authority }, 'key.length'],
  ])('that %s is refused', (_, jwk, expected) => {
    expect(code(jwk)).toBe(expected);
  });

  test.each(smallOrder)('that is %s is refused', (_, encoding) => {
    const x = base64url(Buffer.from(encoding, 'hex'));
    expect(code({ ...pub, x, writ })).toBe('key.weak');
  });
});

describe('trust.duplicate', () => {
  test('meets one public key of two principals', () => {
    expect(code({ ...pub, writ: human }, { ...pub, writ: authority })).toBe('trust.duplicate');
  });

  test('meets two secrets with one id', () => {
    const other = { ...oct, k: base64url(rootSecret('other').secret), writ: authority };
    expect(code({ ...oct, writ: authority }, other)).toBe('trust.duplicate');
  });

  test('names the second key', () => {
    const jwk = { ...pub, writ: human };
    expect(errorOf(() => importTrust({ keys: [{ ...oct, writ: authority }, jwk, jwk] })).message).toContain(
      'key 2',
    );
  });

  test('leaves one secret under two ids alone', () => {
    const other = { ...oct, kid: base64url(rootSecret('other').kid), writ: authority };
    expect(code({ ...oct, writ: authority }, other)).toBe('accepted');
  });
});

// The ids of the suites differ in length, so one id for two suites is met before it can be a duplicate.
describe('one key id for both suites does not load', () => {
  test('where a secret takes the thumbprint of a public key', () => {
    const secret = { ...oct, kid: base64url(cfo.kid), writ: authority };
    expect(code({ ...pub, writ: human }, secret)).toBe('key.length');
  });

  test('where a public key takes the id of a secret', () => {
    const other = { ...pub, x: lookup.jwk.x, kid: oct.kid, writ: human };
    expect(code({ ...oct, writ: authority }, other)).toBe('trust.format');
  });

  test('where the bytes of a public key are the secret, under its thumbprint', () => {
    const secret = { kty: 'oct', k: pub.x, kid: base64url(cfo.kid), writ: authority };
    expect(code({ ...pub, writ: human }, secret)).toBe('key.length');
  });
});
