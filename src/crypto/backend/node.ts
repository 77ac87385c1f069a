import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
  randomBytes as systemRandom,
} from 'node:crypto';
import { toBase64url } from '../../bytes.ts';
import type { Backend } from './seam.ts';

// PKCS#8 (RFC 8410) and not JWK: a JWK needs the public key, which is what `publicKey` looks for.
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

// Reading a key takes ten times as long as signing with it, so it is kept for as long as its bytes are, and are the same.
const keys = new WeakMap<Uint8Array, { readonly of: Buffer; readonly key: KeyObject }>();

function privateKey(seed: Uint8Array): KeyObject {
  const known = keys.get(seed);
  if (known?.of.equals(seed)) return known.key;
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEADER, seed]), format: 'der', type: 'pkcs8' });
  keys.set(seed, { of: Buffer.from(seed), key });
  return key;
}

export const sha256: Backend['sha256'] = (data) => new Uint8Array(createHash('sha256').update(data).digest());

export const hmac: Backend['hmac'] = (secret, data) =>
  new Uint8Array(createHmac('sha256', secret).update(data).digest());

export const verify: Backend['verify'] = (publicKey, data, signature) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey) };
  return nodeVerify(null, data, createPublicKey({ key: jwk, format: 'jwk' }), signature);
};

export const sign: Backend['sign'] = (seed, data) => new Uint8Array(nodeSign(null, data, privateKey(seed)));

export const publicKey: Backend['publicKey'] = (seed) => {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(-32));
};

export const randomBytes: Backend['randomBytes'] = (length) => new Uint8Array(systemRandom(length));
