import { equal, fromBase64url, toBase64url } from '../bytes.ts';
import { KeyError } from '../errors.ts';
import { MacKey } from './mac-key.ts';
import { keyProblem, PublicKey } from './public-key.ts';
import { SigningKey } from './signing-key.ts';

/** Any key that a file may hold. */
export type Key = PublicKey | SigningKey | MacKey;

/** A JSON Web Key, unchecked (RFC 7517, RFC 8037). */
export type Jwk = Readonly<Record<string, unknown>>;

/**
 * Reads a key from a JWK: `OKP` on Ed25519, public or private (RFC 8037), or `oct` of 32 bytes with a `kid` of 16.
 *
 * @throws KeyError `key.format`, `key.length`, `key.weak`, `key.mismatch`; no message holds a part of the key
 * @example
 * importJwk({ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }) // PublicKey
 */
export function importJwk(jwk: unknown): Key {
  const { d, ...rest } = asJwk(jwk);
  if (rest.kty === 'oct') return importSecretJwk(rest);
  const publicKey = importPublicJwk(rest);
  if (d === undefined) return publicKey;
  return importPair(decodeMember(d, 'd'), publicKey);
}

/**
 * Reads a public Ed25519 key from a JWK; a private one is refused where only a public one belongs.
 *
 * @throws KeyError `key.format`, `key.length`, `key.weak`
 */
export function importPublicJwk(jwk: unknown): PublicKey {
  const { kty, crv, x, d, alg = 'EdDSA' } = asJwk(jwk);
  if (kty !== 'OKP' || crv !== 'Ed25519') throw formatError('neither OKP on Ed25519 nor oct');
  if (d !== undefined) throw formatError('secret, where a public key belongs');
  if (alg !== 'EdDSA' && alg !== 'Ed25519') throw formatError('"alg" is neither EdDSA nor Ed25519');
  return importPublicBytes(decodeMember(x, 'x'));
}

/** Reads the secret of suite 1 from a JWK of type `oct`. @throws KeyError `key.format`, `key.length` */
export function importSecretJwk(jwk: unknown): MacKey {
  const { k, kid, alg = 'HS256' } = asJwk(jwk);
  if (alg !== 'HS256') throw formatError('"alg" is not HS256');
  return new MacKey(decodeMember(k, 'k'), decodeMember(kid, 'kid'));
}

/** Writes a key as a JWK; that of a signing or MAC key is as secret as the key. */
export function exportJwk(key: Key): Record<string, string> {
  if (key instanceof MacKey) {
    return { kty: 'oct', k: toBase64url(key.secret.expose()), kid: toBase64url(key.kid) };
  }
  const publicKey = key instanceof SigningKey ? key.publicKey : key;
  const members = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey.bytes) };
  return key instanceof SigningKey ? { ...members, d: toBase64url(key.seed.expose()) } : members;
}

/** The same key. @throws KeyError `key.algorithm`, `key.weak` where it must not verify anything (spec §4.2) */
export function checkKey(key: PublicKey): PublicKey {
  const problem = keyProblem(key);
  if (problem !== undefined) throw new KeyError(problem);
  return key;
}

/** The public key that 32 bytes are, where their format says Ed25519. @throws KeyError `key.length`, `key.weak` */
export function importPublicBytes(bytes: Uint8Array): PublicKey {
  if (bytes.length !== 32) throw new KeyError('key.length', { detail: 'an Ed25519 public key has 32 bytes' });
  return checkKey(new PublicKey(bytes));
}

/** The key pair of a seed that came with its public key. @throws KeyError `key.length`, `key.mismatch` */
export function importPair(seed: Uint8Array, publicKey: PublicKey): SigningKey {
  const pair = new SigningKey(seed);
  if (!equal(pair.publicKey.bytes, publicKey.bytes)) throw new KeyError('key.mismatch');
  return pair;
}

function asJwk(jwk: unknown): Jwk {
  if (typeof jwk !== 'object' || jwk === null) throw formatError('no JSON object');
  const members = jwk as Jwk;
  if (members.use !== undefined && members.use !== 'sig') throw formatError('"use" is not sig');
  return members;
}

function decodeMember(text: unknown, name: string): Uint8Array {
  const bytes = typeof text === 'string' ? fromBase64url(text) : undefined;
  if (bytes === undefined) throw formatError(`"${name}" is missing or not canonical base64url`);
  return bytes;
}

function formatError(detail: string): KeyError {
  return new KeyError('key.format', { detail });
}
