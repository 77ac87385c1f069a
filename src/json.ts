import { utf8 } from './bytes.ts';
import { RequestError } from './errors.ts';
import { limits } from './limits.ts';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object, such as the arguments of a request. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The RFC 8785 (JCS) form of a value, as UTF-8 bytes.
 *
 * @throws RequestError `request.malformed` where a value has no JSON form inside the profile: numbers that are
 *   not finite or integers beyond ±(2^53 - 1), text with a lone surrogate, nesting deeper than 16
 * @example
 * new TextDecoder().decode(canonicalJson({ b: 1, a: [true] })) // '{"a":[true],"b":1}'
 */
export function canonicalJson(value: Json): Uint8Array {
  return utf8(serialise(value, 1));
}

function serialise(value: unknown, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return serialiseNumber(value);
  if (typeof value === 'string') return serialiseText(value);
  if (depth > limits.depth) throw malformed('depth');
  if (Array.isArray(value)) return `[${value.map((item) => serialise(item, depth + 1)).join(',')}]`;
  if (!isJsonObject(value)) throw malformed('JSON');
  const members = Object.keys(value).sort(); // by UTF-16 code units, as RFC 8785 §3.2.3 asks
  return `{${members.map((name) => `${serialiseText(name)}:${serialise(value[name], depth + 1)}`).join(',')}}`;
}

function serialiseNumber(value: number): string {
  const inside = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!inside) throw malformed('number');
  return JSON.stringify(value);
}

function serialiseText(text: string): string {
  if (/[\ud800-\udfff]/u.test(text)) throw malformed('text');
  return JSON.stringify(text);
}

/**
 * Parses JSON and refuses what parsers disagree on: duplicate names, and what {@link canonicalJson} refuses.
 *
 * @throws RequestError `request.malformed`
 */
export function parseJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('JSON');
  }
  // The canonical form has one colon outside its strings for each member that the parser kept.
  if (countColons(text) !== countColons(serialise(value, 1))) throw malformed('duplicate name');
  return value;
}

function countColons(json: string): number {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length;
}

function malformed(detail: string): RequestError {
  return new RequestError('request.malformed', { detail });
}
