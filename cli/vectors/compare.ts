import { isJsonObject, type Json } from '../../src/json.ts';
import { toData } from './to-data.ts';

/** Where an answer differs first from what is expected. */
export interface Difference {
  /** Such as `requests/0/decision/code`; empty where it is the whole. */
  readonly path: string;
  readonly expected: Json | undefined;
  readonly actual: Json | undefined;
}

/** What implementations need not agree on: what a denial expected and found (spec §9.4), the id of a reservation. */
const FREE = /(^|\/)(denials\/\d+\/(expected|actual)|reservation\/id)$/;

/** Where an answer differs first from what is expected; a member without a value counts as one that is not there. */
export function firstDifference(expected: unknown, actual: unknown): Difference | undefined {
  return compare(toData(expected) as Json, toData(actual) as Json, '');
}

function compare(expected: Json | undefined, actual: Json | undefined, path: string): Difference | undefined {
  if (Object.is(expected, actual) || FREE.test(path)) return undefined;
  if (!areAlike(expected, actual)) return { path, expected, actual };
  const [want, have] = [expected, actual] as [Record<string, Json>, Record<string, Json>];
  for (const name of new Set([...Object.keys(want), ...Object.keys(have)])) {
    const found = compare(member(want, name), member(have, name), path === '' ? name : `${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function areAlike(a: unknown, b: unknown): boolean {
  return (isJsonObject(a) && isJsonObject(b)) || (Array.isArray(a) && Array.isArray(b));
}

function member(of: Readonly<Record<string, Json>>, name: string): Json | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
