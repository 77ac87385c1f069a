import { KeyError } from '../../errors.ts';
import type { Key } from '../jwk.ts';
import { MacKey } from '../mac-key.ts';
import type { PublicKey } from '../public-key.ts';
import type { SigningKey } from '../signing-key.ts';

/** One form in which files hold keys. Reading is strict: what is not exactly this form is refused. */
export interface KeyFormat<Content extends string | Uint8Array = string> {
  /** Whether a content claims to be of this format, by how it begins. */
  readonly recognises: (content: Content) => boolean;
  /** @throws KeyError; no message holds a part of the key */
  readonly read: (content: Content) => Key;
  /** @throws KeyError `key.format` where the format has no place for such a key */
  readonly write: (key: Key) => Content;
}

/** Refuses a content that is not exactly its format. @throws KeyError `key.format` always */
export function refuseFormat(detail: string): never {
  throw new KeyError('key.format', { detail });
}

/** Refuses a key of another algorithm. @throws KeyError `key.algorithm` always */
export function refuseAlgorithm(): never {
  throw new KeyError('key.algorithm', { detail: 'only Ed25519 keys can be used' });
}

/** The key, where it is no secret of suite 1, which most formats have no place for. @throws KeyError `key.format` */
export function withoutSecret(key: Key): PublicKey | SigningKey {
  return key instanceof MacKey ? refuseFormat('an HMAC secret is written as a JWK or a COSE key only') : key;
}
