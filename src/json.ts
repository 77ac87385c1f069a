import { RequestError } from './errors.ts';
import * as limits from './limits.ts';

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
 * The RFC 8785 (JCS) form of a value.
 *
 * @throws RequestError `request.malformed` where a value has no JSON form inside the profile: numbers that are
 *   not finite or integers beyond ±(2^53 - 1), text with a lone surrogate, nesting deeper than 16
 * @example
 * canonicalJson({ b: 1, a: [true] }) // '{"a":[true],"b":1}'
 */
export function canonicalJson(value: Json): string {
  return serialise(value, 1);
}

function serialise(value: unknown, depth: number): string {
  if (!isSerialisable(value)) malformed();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (depth > limits.depth) malformed();
  // Not `map`, which passes over the holes of an array.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => serialise(item, depth + 1)).join(',')}]`;
  const names = Object.keys(value).sort(); // by UTF-16 code units, as RFC 8785 §3.2.3 asks
  const members = names.map(
    (name) => `${serialise(name, 1)}:${serialise((value as JsonObject)[name], depth + 1)}`,
  );
  return `{${members.join(',')}}`;
}

function isSerialisable(value: unknown): boolean {
  if (typeof value === 'string') return !/[\ud800-\udfff]/u.test(value);
  // A rest of NaN, which infinities leave too, is false.
  if (typeof value === 'number') return Number.isSafeInteger(value) || Boolean(value % 1);
  return typeof value === 'boolean' || typeof value === 'object';
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
    malformed();
  }
  // The canonical form has one colon outside its strings for each member that the parser kept.
  if (countColons(text) !== countColons(serialise(value, 1))) malformed();
  return value;
}

function countColons(json: string): number {
  // Escapes first: one expression for both would need a stack as deep as a string is long.
  return json
    .replace(/\\./g, '')
    .replace(/"[^"]*"/g, '')
    .split(':').length;
}

function malformed(): never {
  throw new RequestError('request.malformed');
}
