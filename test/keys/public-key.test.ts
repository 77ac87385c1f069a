import { describe, expect, test } from 'vitest';
import { describeKey, ED25519, keyProblem, PublicKey, thumbprint } from '../../src/keys/public-key.ts';
import { base64url, cfo } from '../support/forge.ts';
import { nonCanonical, smallOrder } from '../support/points.ts';

const key = new PublicKey(cfo.publicKey);

test('the thumbprint is that of RFC 8037, appendix A.3', () => {
  const rfc = new PublicKey(Buffer.from('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'base64url'));
  expect(base64url(thumbprint(rfc))).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('a public key keeps its bytes when the array that it came from changes', () => {
  const bytes = Uint8Array.from(cfo.publicKey);
  const copy = new PublicKey(bytes);
  bytes.fill(0);
  expect(copy.bytes).toEqual(cfo.publicKey);
});

describe('as JSON', () => {
  test('an Ed25519 key is its public JWK', () => {
    expect(JSON.parse(JSON.stringify(key))).toEqual({ kty: 'OKP', crv: 'Ed25519', x: cfo.jwk.x });
  });

  test('a key of an unknown algorithm names the algorithm by number', () => {
    expect(new PublicKey(Uint8Array.of(1, 2, 3), -48).toJSON()).toEqual({ kty: 'OKP', crv: -48, x: 'AQID' });
  });
});

test('a key in words is the base64url of its bytes', () => {
  expect(describeKey(key)).toBe(`key ${cfo.jwk.x}`);
});

describe('keyProblem', () => {
  test('finds none in a good key', () => {
    expect(keyProblem(key)).toBeUndefined();
  });

  test.each([...smallOrder, ...nonCanonical])('finds a key weak that is %s', (_, encoding) => {
    expect(keyProblem(new PublicKey(Buffer.from(encoding, 'hex')))).toBe('key.weak');
  });

  test('finds a key weak that has 33 bytes', () => {
    expect(keyProblem(new PublicKey(new Uint8Array(33).fill(9)))).toBe('key.weak');
  });

  // The COSE numbers of EdDSA before RFC 9864, of ES256 and of HMAC.
  test.each([-8, -7, 5, 0])('does not know the algorithm %i', (algorithm) => {
    expect(keyProblem(new PublicKey(cfo.publicKey, algorithm))).toBe('key.algorithm');
  });

  test('knows the algorithm of RFC 9864', () => {
    expect(ED25519).toBe(-19);
  });
});
