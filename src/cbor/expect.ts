import type { Code } from '../codes.ts';
import { refuse } from '../errors.ts';
import * as limits from '../limits.ts';
import type { Grammar } from '../names.ts';
import { isAscending } from './read.ts';
import { type CborMap, type CborValue, isArray, isBytes, isMap } from './value.ts';

/** Refuses a claim whose type, size or grammar is wrong (`claim.value`). */
export function malformed(path: string): never {
  refuse('claim.value', path);
}

/** Refuses a claim that says nothing or has another spelling (`claim.degenerate`). */
export function degenerate(path: string): never {
  refuse('claim.degenerate', path);
}

/** An array of `min` to `max` elements, by default as many as the limits allow; refused with `code` where it is none. */
export function expectArray(
  value: CborValue | undefined,
  path: string,
  min: number,
  max: number = limits.entries,
  code: Code = 'claim.value',
): readonly CborValue[] {
  return isArray(value) && value.length >= min && value.length <= max ? value : refuse(code, path);
}

/** A list that means a set: sorted bytewise by encoding, no element twice, at least `min` elements. */
export function expectSet<T>(
  value: CborValue,
  path: string,
  parse: (item: CborValue, path: string) => T,
  min = 1,
): T[] {
  const items = expectArray(value, path, min);
  const parsed = items.map((item, i) => parse(item, `${path}, ${i}`));
  if (!isAscending(items)) refuse('claim.set', path);
  return parsed;
}

/** A map. */
export function expectMap(value: CborValue, path: string): CborMap {
  return isMap(value) ? value : malformed(path);
}

/** A map of at least one entry whose keys are texts of a grammar, as an object. */
export function expectNamed<T>(
  value: CborValue,
  path: string,
  grammar: Grammar,
  parse: (item: CborValue, path: string) => T,
): Readonly<Record<string, T>> {
  const entries = [...expectMap(value, path)];
  if (entries.length === 0) malformed(path);
  return Object.fromEntries(
    entries.map(([name, item]) => [expectText(name, path, grammar), parse(item, path)]),
  );
}

/** A byte string of `min` to `max` bytes. */
export function expectBytes(value: CborValue, path: string, min: number, max: number = min): Uint8Array {
  if (!isBytes(value) || value.length < min || value.length > max) {
    return malformed(path);
  }
  return value.slice(); // a view would carry the whole token along, and with it an open one's tag
}

/** A non-negative integer. */
export function expectUint(value: CborValue, path: string): number {
  return typeof value === 'number' && value >= 0 ? value : malformed(path);
}

/** A time: Unix seconds below 2^33. */
export function expectTime(value: CborValue, path: string): number {
  const time = expectUint(value, path);
  return time < limits.time ? time : malformed(path);
}

/** A text string, of a grammar where one is given. */
export function expectText(value: CborValue, path: string, grammar: Grammar = isText): string {
  return grammar(value) ? value : malformed(path);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
