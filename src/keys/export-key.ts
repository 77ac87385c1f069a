import { coseKey } from './formats/cose-key.ts';
import { didKey } from './formats/did-key.ts';
import type { KeyFormat } from './formats/format.ts';
import { jwkText } from './formats/jwk-text.ts';
import { openssh } from './formats/openssh.ts';
import { pem } from './formats/pem.ts';
import type { Key } from './jwk.ts';

/** The formats that {@link exportKey} writes. */
export type KeyFormatName = 'jwk' | 'pem' | 'did' | 'cose' | 'openssh';

const formats: Record<KeyFormatName, KeyFormat | KeyFormat<Uint8Array>> = {
  jwk: jwkText,
  pem,
  did: didKey,
  cose: coseKey,
  openssh,
};

/**
 * Writes a key as the content of a file, a text with its final newline, or bytes for `cose`; that of a signing or MAC
 * key is as secret as the key.
 *
 * @throws KeyError `key.format` where the format has no place for such a key: private keys in `did`, and HMAC
 *   secrets in any but `jwk` and `cose`
 * @example
 * exportKey(key.publicKey, 'openssh') // 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…\n'
 */
export function exportKey(key: Key, format: 'cose'): Uint8Array;
export function exportKey(key: Key, format: Exclude<KeyFormatName, 'cose'>): string;
export function exportKey(key: Key, format: KeyFormatName): string | Uint8Array;
export function exportKey(key: Key, format: KeyFormatName): string | Uint8Array {
  return formats[format].write(key);
}
