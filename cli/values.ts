import { createHash } from 'node:crypto';
import type { Json, JsonObject, Permission, Predicate } from '../src/index.ts';
import { isJsonObject, parseJson } from '../src/json.ts';
import { usage } from './exit.ts';
import { readInput, readLiteral } from './io.ts';

/** The units of a duration in seconds, from the smallest on. */
export const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `60s`, `10m`, `2h` or `7d` in seconds. */
export function parseDuration(text: string): number {
  const match = /^([1-9][0-9]{0,8})([smhd])$/.exec(text);
  if (match === null) throw usage(`not a duration: ${text}`, 'write it as 60s, 10m, 2h or 7d');
  return Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
}

/** RFC 3339 or Unix seconds, in Unix seconds. */
export function parseTime(text: string): number {
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  const rfc3339 = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:]{8}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$/;
  const time = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const exists = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && !/[Tt]24/.test(text);
  if (Number.isNaN(time) || !exists) {
    throw usage(`not a time: ${text}`, 'write it as 2026-11-22T14:00:00Z, or in Unix seconds');
  }
  return Math.floor(time / 1000);
}

/** A duration from now, or a time. */
export function parseExpiry(text: string, now: number): number {
  return /^[0-9]+[smhd]$/.test(text) ? now + parseDuration(text) : parseTime(text);
}

/** `ACTION[,ACTION] RESOURCE[ ARGS-JSON]`; `what` says where it stands. */
export function parsePermissionText(text: string, what = '--allow'): Permission {
  const match = /^(\S+) +(\S+)(?: +(.+))?$/s.exec(text.trim());
  if (match === null) {
    throw usage(
      what === '--allow' ? `not a permission: ${text}` : `${what}: not a permission`,
      `write it as 'read,list reports/**' or 'pay invoices/* {"amount":{"range":[1,500]}}'`,
    );
  }
  const [, actions = '', resource = '', args] = match;
  return {
    actions: actions.split(','),
    resources: [resource],
    ...(args !== undefined && { args: asRules(parseObject(args, `the arguments of ${what}`)) }),
  };
}

const OBJECT = `write it as '{"amount":120}', in single quotes, or as @file`;

/** JSON of an object, as a literal, `-` or `@file`; duplicate names are refused. */
export function parseObject(argument: string, what: string): JsonObject {
  const text = readLiteral(argument);
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw usage(`${what}: not JSON, or with a name twice, or with a number that is too large`, OBJECT);
  }
  if (!isJsonObject(value)) throw usage(`${what}: not a JSON object`, OBJECT);
  return value;
}

/** Predicates by name; a bare text, number or boolean is short for `{"eq": …}`. */
export function asPredicates(rules: JsonObject): Record<string, Predicate> {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, asPredicate(rule)]));
}

// `true` admits any value of an argument, and is no short form there.
function asRules(rules: JsonObject): NonNullable<Permission['args']> {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, rule === true || asPredicate(rule)]),
  );
}

// Whether it is one, minting finds out.
function asPredicate(rule: Json): Predicate {
  return (isJsonObject(rule) ? rule : { eq: rule }) as Predicate;
}

/** The SHA-256 of a file in hexadecimal: the digest of an instruction. */
export function digestFile(path: string): string {
  return createHash('sha256').update(readInput(path)).digest('hex');
}

/** Collects the values of an option that may come several times. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
