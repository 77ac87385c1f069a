import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportJwk, importJwk, importPublicJwk, importSecretJwk } from '../../src/keys/jwk.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { codeOf } from '../support/code-of.ts';
import { base64url, cfo, domain, hex, research } from '../support/forge.ts';
import { nonCanonical, smallOrder } from '../support/points.ts';

const { x, d } = cfo.jwk;
const pub = { kty: 'OKP', crv: 'Ed25519', x };
const pair = { ...pub, d };
const oct = { kty: 'oct', k: base64url(domain.secret), kid: base64url(domain.kid) };
const code = (jwk: unknown): string => codeOf(() => importJwk(jwk));
const bytes = (length: number): string => base64url(new Uint8Array(length).fill(7));

describe('importJwk', () => {
  test('reads the key pair of RFC 8037, appendix A.1, and its public part, A.2', () => {
    const rfc = {
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    };
    const key = importJwk(rfc) as SigningKey;
    expect(hex(key.seed.expose())).toBe('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
    expect(hex(key.publicKey.bytes)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  });

  test('reads a public key as one', () => {
    const key = importJwk(pub);
    expect(key).toBeInstanceOf(PublicKey);
    expect((key as PublicKey).bytes).toEqual(cfo.publicKey);
  });

  test('reads a secret of suite 1 with its id', () => {
    const key = importJwk(oct) as MacKey;
    expect(key).toBeInstanceOf(MacKey);
    expect([key.secret.expose(), key.kid]).toEqual([domain.secret, domain.kid]);
  });

  test.each([
    ['"alg" EdDSA', { ...pub, alg: 'EdDSA' }],
    ['"alg" Ed25519', { ...pub, alg: 'Ed25519' }],
    ['"use" sig', { ...pair, use: 'sig' }],
    ['"alg" HS256 of a secret', { ...oct, alg: 'HS256' }],
    ['members of others', { ...pub, kid: 'my key', key_ops: ['verify'], 'x5t#S256': '' }],
  ])('accepts %s', (_, jwk) => {
    expect(code(jwk)).toBe('accepted');
  });

  test.each([
    ['null', null],
    ['a text', JSON.stringify(pub)],
    ['an array', [pub]],
    ['no "kty"', { crv: 'Ed25519', x }],
    ['another "kty"', { ...pub, kty: 'EC' }],
    ['"kty" in another case', { ...pub, kty: 'okp' }],
    ['no "crv"', { kty: 'OKP', x }],
    ['the curve of key agreement', { ...pub, crv: 'X25519' }],
    ['Ed448', { ...pub, crv: 'Ed448' }],
    ['another "alg"', { ...pub, alg: 'ES256' }],
    ['"alg" HS256 of a public key', { ...pub, alg: 'HS256' }],
    ['"alg" none', { ...pub, alg: 'none' }],
    ['"alg" EdDSA of a secret', { ...oct, alg: 'EdDSA' }],
    ['"alg" HS512 of a secret', { ...oct, alg: 'HS512' }],
    ['"use" enc', { ...pub, use: 'enc' }],
    ['"use" enc of a secret', { ...oct, use: 'enc' }],
    ['no "x"', { kty: 'OKP', crv: 'Ed25519' }],
    ['no "x" beside "d"', { kty: 'OKP', crv: 'Ed25519', d }],
    ['"x" that is no text', { ...pub, x: 7 }],
    ['padded "x"', { ...pub, x: `${x}=` }],
    ['"x" in the other alphabet', { ...pub, x: `+/${x.slice(2)}` }],
    ['"x" with white space', { ...pub, x: `${x}\n` }],
    ['"x" of impossible length', { ...pub, x: `${x}AA` }],
    ['"d" that is null', { ...pub, d: null }],
    ['padded "d"', { ...pub, d: `${d}=` }],
    ['no "k"', { kty: 'oct', kid: oct.kid }],
    ['padded "k"', { ...oct, k: `${oct.k}=` }],
    ['no "kid" beside "k"', { kty: 'oct', k: oct.k }],
    ['padded "kid"', { ...oct, kid: `${oct.kid}==` }],
  ])('refuses %s with key.format', (_, jwk) => {
    expect(code(jwk)).toBe('key.format');
  });

  // The last of 43 digits carries two bits that no byte needs.
  test.each(['x', 'd'] as const)('refuses stray bits behind the last byte of "%s"', (name) => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const text = cfo.jwk[name];
    const stray = digits[digits.indexOf(text.at(-1) as string) + 1] as string;
    expect(code({ ...pair, [name]: text.slice(0, -1) + stray })).toBe('key.format');
  });

  test.each([
    ['"x" of 31 bytes', { ...pub, x: bytes(31) }],
    ['"x" of 33 bytes', { ...pub, x: bytes(33) }],
    ['empty "x"', { ...pub, x: '' }],
    ['"d" of 31 bytes', { ...pub, d: bytes(31) }],
    [
      '"d" with the public key behind the seed',
      { ...pub, d: base64url(Buffer.concat([cfo.seed, cfo.publicKey])) },
    ],
    ['"k" of 31 bytes', { ...oct, k: bytes(31) }],
    ['"k" of 33 bytes', { ...oct, k: bytes(33) }],
    ['empty "k"', { ...oct, k: '' }],
    ['"kid" of 15 bytes', { ...oct, kid: bytes(15) }],
    ['"kid" of 17 bytes', { ...oct, kid: bytes(17) }],
  ])('refuses %s with key.length', (_, jwk) => {
    expect(code(jwk)).toBe('key.length');
  });

  test('refuses a pair whose parts do not belong together', () => {
    expect(code({ ...pair, x: research.jwk.x })).toBe('key.mismatch');
  });

  test.each([...smallOrder, ...nonCanonical])('refuses a public key that is %s', (_, encoding) => {
    expect(code({ ...pub, x: base64url(Buffer.from(encoding, 'hex')) })).toBe('key.weak');
  });

  test('refuses a weak public key before it looks at the private one', () => {
    expect(code({ ...pair, x: base64url(new Uint8Array(32)) })).toBe('key.weak');
  });
});

describe('importPublicJwk', () => {
  test.each([
    ['a private key', pair],
    ['a private key whose secret is malformed', { ...pub, d: 1 }],
    ['a secret of suite 1', oct],
    ['nothing', undefined],
  ])('refuses %s', (_, jwk) => {
    expect(codeOf(() => importPublicJwk(jwk))).toBe('key.format');
  });
});

test('importSecretJwk refuses a secret that is named by no id', () => {
  expect(codeOf(() => importSecretJwk({ kty: 'oct', k: oct.k }))).toBe('key.format');
});

describe('exportJwk', () => {
  test.each([
    ['public key', pub],
    ['key pair', pair],
    ['secret', oct],
  ])('writes a %s as it was read, and nothing more', (_, jwk) => {
    expect(exportJwk(importJwk(jwk))).toEqual(jwk);
  });

  test('is undone by importJwk for every seed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const key = importJwk(exportJwk(new SigningKey(seed))) as SigningKey;
        expect(key.seed.expose()).toEqual(seed);
      }),
      { numRuns: 25 },
    );
  });
});
