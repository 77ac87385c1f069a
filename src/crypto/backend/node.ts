import {
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
  randomBytes as systemRandom,
} from 'node:crypto';
import type { Backend } from './seam.ts';

// PKCS#8 (RFC 8410) and not JWK: a JWK needs the public key, which is what `publicKey` looks for.
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

// How many public keys stay read, of some 2 KB outside of the heap each.
const KEYS = 1024;

const privateKeys = new WeakMap<Uint8Array, { readonly of: Buffer; readonly key: KeyObject }>();
// By base64url, oldest first.
const publicKeys = new Map<string, KeyObject>();
// One iterator for good: a new one would walk over all that was deleted before.
const oldest = publicKeys.keys();

/** Reads a seed, which takes ten times as long as to sign, and keeps it for as long as its bytes are, and are the same. */
function privateKey(seed: Uint8Array): KeyObject {
  const known = privateKeys.get(seed);
  if (known?.of.equals(seed)) return known.key;
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEADER, seed]), format: 'der', type: 'pkcs8' });
  privateKeys.set(seed, { of: Buffer.from(seed), key });
  return key;
}

/**
 * Reads a public key, which takes a tenth of a verification, and keeps it; the oldest goes first. Kept by the bytes of
 * each token, they would not be given back before the heap is full.
 */
function importKey(bytes: Uint8Array): KeyObject {
  const x = Buffer.from(bytes).toString('base64url');
  const known = publicKeys.get(x);
  if (known !== undefined) return known;
  // JWK and not SPKI, which takes fifteen times as long to read.
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  publicKeys.set(x, key);
  if (publicKeys.size > KEYS) publicKeys.delete(oldest.next().value as string);
  return key;
}

export const ed25519Backend: Backend['ed25519Backend'] = 'node:crypto';

// A digest that comes as a text takes a third of the time of one that comes as a buffer of its own.
export const sha256: Backend['sha256'] = (data) => {
  const digest = hash('sha256', data, 'binary');
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++) bytes[i] = digest.charCodeAt(i);
  return bytes;
};

export const verify: Backend['verify'] = (key, data, signature) =>
  nodeVerify(null, data, importKey(key), signature);

export const sign: Backend['sign'] = (seed, data) => new Uint8Array(nodeSign(null, data, privateKey(seed)));

export const publicKey: Backend['publicKey'] = (seed) => {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(-32));
};

export const randomBytes: Backend['randomBytes'] = (length) => new Uint8Array(systemRandom(length));
