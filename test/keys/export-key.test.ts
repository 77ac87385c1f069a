import { describe, expect, test } from 'vitest';
import { exportKey, type KeyFormatName } from '../../src/keys/export-key.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { codeOf } from '../support/code-of.ts';
import { cfo, domain } from '../support/forge.ts';

const pair = new SigningKey(cfo.seed);
const secret = new MacKey(domain.secret, domain.kid);

test.each<[KeyFormatName, RegExp]>([
  ['jwk', /^\{\n {2}"kty": "OKP"[\s\S]*\}\n$/],
  ['pem', /^-----BEGIN PUBLIC KEY-----\n[\s\S]*-----END PUBLIC KEY-----\n$/],
  ['did', /^did:key:z6Mk\w+\n$/],
  ['openssh', /^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[\w+/]+\n$/],
])('a public key as %s is a text with its final newline', (format, shape) => {
  expect(exportKey(pair.publicKey, format)).toMatch(shape);
});

test('a COSE_Key is bytes', () => {
  expect(exportKey(pair.publicKey, 'cose')).toBeInstanceOf(Uint8Array);
});

describe('what a format has no place for is refused', () => {
  test.each<[string, KeyFormatName, SigningKey | MacKey]>([
    ['a private key as did', 'did', pair],
    ['an HMAC secret as did', 'did', secret],
    ['an HMAC secret as pem', 'pem', secret],
    ['an HMAC secret as openssh', 'openssh', secret],
  ])('%s', (_, format, key) => {
    expect(codeOf(() => exportKey(key, format))).toBe('key.format');
  });
});
