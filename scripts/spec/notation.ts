import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../src/json.ts';

// How values stand in the text.

/** Hexadecimal digits of a byte string that are shown without a cut. */
const SHOWN = 16;
/** Characters of JSON in one line. */
const WIDTH = 110;

/** A value in one line: a text of a test as it is, all else in diagnostic notation. */
export function notate(value: unknown): string {
  return typeof value === 'string' ? value : diagnose(value);
}

/** A value in diagnostic notation (RFC 8949 §8), with `…` for what is left out of long byte strings. */
export function diagnose(value: unknown): string {
  if (value instanceof Uint8Array) return `h'${cut(Buffer.from(value).toString('hex'))}'`;
  if (Array.isArray(value)) return `[${value.map(diagnose).join(', ')}]`;
  if (value instanceof Map) return `{${[...value].map((pair) => pair.map(diagnose).join(': ')).join(', ')}}`;
  return JSON.stringify(value);
}

function cut(hex: string): string {
  return hex.length <= SHOWN ? hex : `${hex.slice(0, 4)}…${hex.slice(-4)}`;
}

/** Other ways to write a value, by the word behind the `|` of an address. */
export const filters: Readonly<Record<string, (value: unknown) => string>> = {
  /** Bytes that a test has in hexadecimal, one by one. */
  spaced: (value) => String(value).replace(/..(?=.)/g, '$& '),
  hex: (value) => Buffer.from(value as Uint8Array).toString('hex'),
  jcs: (value) => canonicalJson(value as Json),
};

/** The key id of a public key in hexadecimal (RFC 7638). */
export function thumbprint(publicKey: string): string {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('hex');
}

/** An object as JSON, its members one behind the other as far as a line has room. */
export function layOut(value: unknown, indent: string): string {
  let column = indent.length;
  const members = Object.entries(value as object).map(([name, member]) => {
    const shown = `"${name}": ${inLine(member)}`;
    const wraps = column + shown.length > WIDTH;
    column = (wraps ? indent.length : column) + shown.length + 2;
    return `${wraps ? `\n${indent}` : ' '}${shown}`;
  });
  return `{${members.join(',')} }`;
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([name, item]) => `"${name}": ${inLine(item)}`).join(', ')} }`; // biome-ignore format: one expression
}
