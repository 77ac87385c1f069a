import { toBase64url } from '../../bytes.ts';
import { type Json, parseJson } from '../../json.ts';
import { exportJwk, importJwk } from '../jwk.ts';
import { keyId } from '../key-id.ts';
import { type KeyFormat, refuseFormat } from './format.ts';

/** A JWK as the text of a file; what is written names the id of the key as `kid` (spec §4.1). */
export const jwkText: KeyFormat = {
  recognises: (text) => /^[ \t\r\n]*\{/.test(text),
  read: (text) => importJwk(parse(text)),
  write: (key) => `${JSON.stringify({ ...exportJwk(key), kid: toBase64url(keyId(key)) }, null, 2)}\n`,
};

function parse(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return refuseFormat('it is not JSON, or has a name twice');
  }
}
