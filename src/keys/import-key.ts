import { fromUtf8 } from '../bytes.ts';
import { coseKey } from './formats/cose-key.ts';
import { didKey } from './formats/did-key.ts';
import { refuseFormat } from './formats/format.ts';
import { jwkText } from './formats/jwk-text.ts';
import { openssh } from './formats/openssh.ts';
import { pem } from './formats/pem.ts';
import type { Key } from './jwk.ts';

// OpenSSH's private keys have an armour too, and are asked for first.
const texts = [jwkText, openssh, pem, didKey] as const;

// No key needs as much; far longer texts exhaust the stack of regular expressions.
const MAX_LENGTH = 65_536;

/**
 * Reads a key from the content of a file: a JWK, PEM (PKCS#8 or SPKI), a `did:key`, a COSE_Key, or OpenSSH's.
 *
 * The format is told from how the content begins, never from a name, and nothing is tried in turn. Raw bytes are no
 * key (spec §4.1), and a COSE_Key is read from bytes only. What is encrypted is refused, and so is what is larger
 * than 64 KiB.
 *
 * @throws KeyError `key.format`, `key.length`, `key.weak`, `key.mismatch`, `key.algorithm`; no message holds a part
 *   of the key
 * @example
 * importKey('did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw') // PublicKey
 */
export function importKey(content: string | Uint8Array): Key {
  if (content.length > MAX_LENGTH) return refuseFormat('it is larger than 64 KiB');
  if (typeof content !== 'string' && coseKey.recognises(content)) return coseKey.read(content);
  const text = typeof content === 'string' ? content : (fromUtf8(content) ?? '');
  const format = texts.find(({ recognises }) => recognises(text));
  return format?.read(text) ?? refuseFormat('it is none of JWK, PEM, did:key, COSE_Key and OpenSSH');
}
