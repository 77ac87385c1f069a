import type { CborValue } from '../../src/cbor/value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/json.ts';
import type { Draws } from './draw.ts';
import { fromHex } from './from-hex.ts';

/** What a value is drawn from: mostly the usual ones, once in a while those that are likely to be refused. */
export interface Table {
  readonly usual: readonly Json[];
  readonly odd: readonly Json[];
}

/** A table for each claim, by its key. */
export type Claims = Readonly<Record<string, Table>>;

/** What is asked of a service. */
export interface Asked extends JsonObject {
  readonly action: string;
  readonly resource: string;
  readonly args: JsonObject | null;
}

/** What tokens are drawn from, and how often what is likely to be refused. */
export interface Tables {
  /** One value in so many is drawn from the odd ones. */
  readonly odds: number;
  /** One payload, token and text in so many is altered. */
  readonly altered: number;
  /** One token in so many is open. */
  readonly open: number;
  /** The names of keys that sign the root block in suite 2. */
  readonly anchor: Table;
  /** The names of the keys of the delegates, one for each block that a token can have. */
  readonly holders: readonly string[];
  readonly grant: Claims;
  readonly hop: Claims;
  readonly invocation: Claims;
  readonly requests: readonly Asked[];
  /** What the service observes. */
  readonly context: Table;
  /** What a character of an altered text becomes. */
  readonly characters: string;
}

/** One value of a table, with its draws filled in. */
export function choose<T extends Json>({ usual, odd }: Table, draws: Draws, odds: number): T {
  return fill(draws.pick(draws.below(odds) === 0 ? odd : usual), draws) as T;
}

/** The same value with every text such as `%500` replaced by a draw below 500. */
export function fill(value: Json, draws: Draws): Json {
  if (typeof value === 'string') return value.startsWith('%') ? draws.below(Number(value.slice(1))) : value;
  if (Array.isArray(value)) return value.map((item) => fill(item, draws));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, draws)]));
}

/** The CBOR of a value: a name of digits is an integer, `@research` the public key of that name, and `#00ff` bytes. */
export function toItem(value: Json, keyOf: (name: string) => Uint8Array): CborValue {
  if (typeof value === 'string') return toBytes(value, keyOf) ?? value;
  if (Array.isArray(value)) return value.map((item) => toItem(item, keyOf));
  if (!isJsonObject(value)) return value as number | boolean;
  const nameOf = (name: string) => (/^\d+$/.test(name) ? Number(name) : name);
  return new Map(Object.entries(value).map(([name, item]) => [nameOf(name), toItem(item, keyOf)]));
}

function toBytes(text: string, keyOf: (name: string) => Uint8Array): Uint8Array | undefined {
  if (text.startsWith('@')) return keyOf(text.slice(1));
  return text.startsWith('#') ? fromHex(text.slice(1)) : undefined;
}
