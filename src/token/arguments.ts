import { fromUtf8, utf8 } from '../bytes.ts';
import { sha256 } from '../crypto/sha256.ts';
import { RequestError } from '../errors.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts';

/**
 * The arguments of a request: a JSON object, or the raw body of UTF-8 JSON that they are parsed from (spec §5.7).
 */
export type Arguments = { readonly args?: JsonObject } | { readonly body: Uint8Array };

/** Arguments that are checked, and their digests; an empty object, and an empty body, are none. */
export interface CheckedArguments {
  readonly args: JsonObject;
  /** SHA-256 of the RFC 8785 form; absent where there are no arguments. */
  readonly jcs?: Uint8Array;
  /** SHA-256 of the raw body; absent where there is none or it holds no arguments. */
  readonly body?: Uint8Array | undefined;
}

/**
 * Checks arguments and computes their digests.
 *
 * @throws RequestError `request.malformed` where they are no JSON object inside the profile, or an argument is named
 *   `*` or starts with `?`
 */
export function checkArguments(from: Arguments): CheckedArguments {
  const { args: given = {}, body } = from as { args?: JsonObject; body?: Uint8Array };
  const args = (body === undefined ? given : parseBody(body)) as JsonObject;
  // What is no object is refused as a reserved name is.
  const names = isJsonObject(args) ? Object.keys(args) : ['*'];
  if (names.some((name) => name === '*' || name === '__proto__' || name.startsWith('?')))
    throw new RequestError('request.malformed');
  if (names.length === 0) return { args: {} };
  const canonical = canonicalJson(args);
  // A copy of what was digested, which later changes and unusual objects cannot make another.
  return { args: JSON.parse(canonical), jcs: sha256(utf8(canonical)), body: body && sha256(body) };
}

function parseBody(body: Uint8Array): Json {
  const text = fromUtf8(body);
  if (text === undefined) return null; // refused with whatever else is no object
  return text === '' ? {} : parseJson(text);
}
