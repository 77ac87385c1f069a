import { expect, test } from 'vitest';
import { keyId } from '../../src/keys/key-id.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import { thumbprint } from '../../src/keys/public-key.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { cfo, domain } from '../support/forge.ts';

test('the id of a pair is that of its public key, and a secret has its own', () => {
  const pair = new SigningKey(cfo.seed);
  const id = thumbprint(pair.publicKey);
  expect([keyId(pair), keyId(pair.publicKey)]).toEqual([id, id]);
  expect(keyId(new MacKey(domain.secret, domain.kid))).toEqual(domain.kid);
});
