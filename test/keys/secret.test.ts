import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { importTrust } from '../../src/keys/import-trust.ts';
import { importJwk, importPublicJwk } from '../../src/keys/jwk.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import { Secret } from '../../src/keys/secret.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { errorOf } from '../support/code-of.ts';
import { base64url, cfo, domain, hex, research } from '../support/forge.ts';

// Every way to write bytes of which a part would show up in a log; white space and case do not count.
function spellings(bytes: Uint8Array): string[] {
  const part = bytes.slice(8, 14);
  return [
    hex(part),
    part.join(','),
    [...part].map((byte, i) => `"${i + 8}":${byte}`).join(','),
    base64url(bytes).slice(12, 20),
    Buffer.from(bytes).toString('base64').slice(12, 20),
    Buffer.from(part).toString('latin1'),
  ].map(squeeze);
}

function leaks(bytes: Uint8Array, text: string): boolean {
  return spellings(bytes).some((spelling) => squeeze(text).includes(spelling));
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

const holders = [
  ['SigningKey', new SigningKey(cfo.seed), cfo.seed],
  ['MacKey', new MacKey(domain.secret, domain.kid), domain.secret],
  ['Secret', new Secret(cfo.seed), cfo.seed],
  ['a trust map', importTrust({ keys: [anchor()] }), domain.secret],
] as const;

function anchor(changes: object = {}): object {
  const writ = { principal: 'https://iam.example', kind: 'authority', speaks_for: ['mailto:*'] };
  return { kty: 'oct', k: base64url(domain.secret), kid: base64url(domain.kid), writ, ...changes };
}

const shown = [
  ['JSON.stringify', (value: unknown) => JSON.stringify([value, { inside: value }])],
  ['inspect', (value: unknown) => inspect([value], { depth: 10, showHidden: true, maxArrayLength: null })],
  ['a template', (value: unknown) => `${value}`],
  ['its entries', (value: unknown) => inspect(Object.entries(value as object), { depth: 10 })],
  ['a copy', (value: unknown) => JSON.stringify({ ...(value as object) })],
] as const;

describe.each(holders)('%s shows nothing of its secret', (_, holder, secret) => {
  test.each(shown)('in %s', (_name, show) => {
    expect(leaks(secret, show(holder))).toBe(false);
  });
});

test('the search for leaks finds each spelling', () => {
  const found = [
    JSON.stringify(cfo.seed),
    inspect(cfo.seed),
    inspect(Buffer.from(cfo.seed)),
    JSON.stringify(cfo.jwk),
    String(cfo.seed),
  ].map((text) => leaks(cfo.seed, text));
  expect(found).toEqual([true, true, true, true, true]);
});

test('a secret gives its bytes to whoever asks for them', () => {
  expect(new Secret(cfo.seed).expose()).toEqual(cfo.seed);
});

test('a secret keeps its bytes when the array that it came from changes', () => {
  const bytes = Uint8Array.from(cfo.seed);
  const secret = new Secret(bytes);
  bytes.fill(0);
  expect(secret.expose()).toEqual(cfo.seed);
});

describe('an error shows nothing of the secret', () => {
  const { jwk, seed } = cfo;
  const { secret, kid } = domain;
  test.each([
    ['a pair that does not fit', seed, () => importJwk({ ...jwk, x: research.jwk.x })],
    ['a seed that is not canonical', seed, () => importJwk({ ...jwk, d: `${jwk.d}=` })],
    ['a seed that is too long', seed, () => new SigningKey(Uint8Array.from([...seed, 0]))],
    ['a private key for a public one', seed, () => importPublicJwk(jwk)],
    ['a seed for an algorithm', seed, () => importJwk({ ...jwk, alg: jwk.d })],
    ['a seed for a curve', seed, () => importJwk({ ...jwk, crv: jwk.d })],
    ['a text for a JWK', seed, () => importJwk(JSON.stringify(jwk))],
    ['a secret that is too long', secret, () => new MacKey(Uint8Array.from([...secret, 0]), kid)],
    ['a secret for a key id', secret, () => importJwk({ kty: 'oct', k: 'AA', kid: base64url(secret) })],
    ['a private key in a trust file', seed, () => importTrust({ keys: [anchor(jwk)] })],
    [
      'a secret for a principal',
      secret,
      () => importTrust({ keys: [anchor({ writ: { principal: base64url(secret) } })] }),
    ],
    [
      'a secret of a human',
      secret,
      () => importTrust({ keys: [anchor({ writ: { principal: 'a:b', kind: 'human' } })] }),
    ],
    ['a secret that is there twice', secret, () => importTrust({ keys: [anchor(), anchor()] })],
  ])('about %s', (_, bytes, call) => {
    const error = errorOf(call);
    expect(leaks(bytes, [error.message, error.stack, inspect(error, { depth: 10 })].join('\n'))).toBe(false);
  });
});
