import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/bytes.ts';
import { exportKey, type KeyFormatName } from '../../src/keys/export-key.ts';
import { importKey } from '../../src/keys/import-key.ts';
import { exportJwk } from '../../src/keys/jwk.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { beginnings, flips } from '../support/damage.ts';
import { base64url, cfo, domain, hex } from '../support/forge.ts';
import { armour, pairs } from '../support/key-files.ts';

const pair = new SigningKey(cfo.seed);
const secret = new MacKey(domain.secret, domain.kid);
const privateFormats = ['jwk', 'pem', 'cose', 'openssh'] as const;
const toBytes = (content: string | Uint8Array) => (typeof content === 'string' ? utf8(content) : content);

describe('from its bytes, a key is read as it was written', () => {
  test.each<[string, KeyFormatName, SigningKey | MacKey | SigningKey['publicKey']]>([
    ...privateFormats.map((format) => [`a private key as ${format}`, format, pair] as const),
    ...([...privateFormats, 'did'] as const).map(
      (format) => [`a public key as ${format}`, format, pair.publicKey] as const,
    ),
    ['an HMAC secret as jwk', 'jwk', secret],
    ['an HMAC secret as cose', 'cose', secret],
  ] as never)('%s', (_, format, key) => {
    expect(exportJwk(importKey(toBytes(exportKey(key, format))))).toEqual(exportJwk(key));
  });

  test('for every seed and format', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(...privateFormats), (one, format) => {
        expect(exportJwk(importKey(exportKey(one, format)))).toEqual(exportJwk(one));
      }),
      { numRuns: 50 },
    );
  });
});

test('a text is read as its bytes are', () => {
  const text = exportKey(pair, 'pem');
  expect(exportJwk(importKey(text))).toEqual(exportJwk(importKey(utf8(text))));
});

test('a JWK may have white space before it', () => {
  expect(codeOf(() => importKey(`\n  ${JSON.stringify(cfo.jwk)}`))).toBe('accepted');
});

describe('refuses with key.format', () => {
  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['no bytes', new Uint8Array()],
    ['a raw seed', cfo.seed],
    ['a raw public key', cfo.publicKey],
    ['a seed in hexadecimal', hex(cfo.seed)],
    ['a seed in base64url', base64url(cfo.seed)],
    ['the DER without its armour', Buffer.from(`302e020100300506032b657004220420${hex(cfo.seed)}`, 'hex')],
    ['a COSE_Key in hexadecimal', hex(exportKey(pair, 'cose'))],
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe, 0)],
    ['a byte order mark', `\ufeff${exportKey(pair, 'jwk')}`],
    ['a list of keys', JSON.stringify([cfo.jwk])],
    ['a key with options before it', `no-pty ${exportKey(pair.publicKey, 'openssh')}`],
    ['another DID', 'did:web:acme.example'],
    ['10 MB of PEM', armour('PRIVATE KEY', new Uint8Array(7_500_000))],
    ['10 MB of an OpenSSH key', armour('OPENSSH PRIVATE KEY', new Uint8Array(7_500_000), 70)],
    ['10 MB of white space and a key', `${' '.repeat(10_000_000)}${exportKey(pair, 'jwk')}`],
    ['an OpenPGP key', armour('PGP PRIVATE KEY BLOCK', cfo.seed)],
  ])('%s', (_, content) => {
    expect(codeOf(() => importKey(content))).toBe('key.format');
  });
});

test('no error holds a part of the seed, wherever a file is damaged', () => {
  const files = privateFormats.map((format) => toBytes(exportKey(pair, format)));
  const damaged = files.flatMap((bytes) => [...beginnings(bytes), ...flips(bytes, 0, 60)]);
  const seen = damaged.flatMap((bytes) => {
    try {
      importKey(bytes);
      return [];
    } catch (error) {
      return [inspect(error, { depth: 10 })];
    }
  });
  const seed = Buffer.from(cfo.seed);
  const spellings = [hex(seed), base64url(seed), seed.toString('base64')].map((text) => text.slice(8, 20));
  expect(seen.length).toBeGreaterThan(500);
  expect(seen.filter((text) => spellings.some((spelling) => text.includes(spelling)))).toEqual([]);
});

test('the error for what is no key names the formats', () => {
  expect(errorOf(() => importKey('hello')).message).toContain('JWK, PEM, did:key, COSE_Key and OpenSSH');
});
