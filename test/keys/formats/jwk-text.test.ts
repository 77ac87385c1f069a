import { expect, test } from 'vitest';
import { jwkText } from '../../../src/keys/formats/jwk-text.ts';
import { SigningKey } from '../../../src/keys/signing-key.ts';
import { codeOf } from '../../support/code-of.ts';
import { base64url, cfo } from '../../support/forge.ts';

const key = new SigningKey(cfo.seed);

test('a key is written with its id, and read again', () => {
  expect(JSON.parse(jwkText.write(key))).toEqual({ ...cfo.jwk, kid: base64url(key.kid) });
  expect((jwkText.read(jwkText.write(key)) as SigningKey).seed.expose()).toEqual(cfo.seed);
});

test.each([
  ['no JSON', '{'],
  ['a member twice', JSON.stringify(cfo.jwk).replace('{', '{"kty":"OKP",')],
  ['text behind it', `${jwkText.write(key)}x`],
  ['two keys', jwkText.write(key).repeat(2)],
  ['a set of keys', JSON.stringify({ keys: [cfo.jwk] })],
])('%s is refused', (_, text) => {
  expect(codeOf(() => jwkText.read(text))).toBe('key.format');
});
