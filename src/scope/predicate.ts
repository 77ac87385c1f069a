import { utf8 } from '../bytes.ts';
import { degenerate, expectArray, expectSet, expectText, expectUint, malformed } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import type { Json } from '../json.ts';
import { containsAddress, parseAddress, parseNetwork } from './address.ts';
import { hostOf, isHost } from './host.ts';
import { containsPattern, isPattern, isResource } from './pattern.ts';

/** What a predicate compares with: an integer, a text or a boolean. */
export type Value = number | string | boolean;

/** The operand of each predicate by its name. */
export interface Operands {
  readonly eq: Value;
  readonly in: readonly Value[];
  readonly notIn: readonly Value[];
  /** Inclusive bounds; `null` leaves a side open. */
  readonly range: readonly [number | null, number | null];
  readonly pattern: string;
  readonly suffix: string;
  readonly subset: readonly Value[];
  /** At most so many UTF-8 bytes of a text, or elements of a list. */
  readonly size: number;
  readonly cidr: string;
  readonly host: readonly string[];
  readonly all: readonly Predicate[];
}

/** The name of a predicate. */
export type PredicateName = keyof Operands;

/**
 * A condition on one argument or one observed value (spec §5.6.2): an object with exactly one member.
 *
 * @example
 * const amount: Predicate = { range: [0, 500] }
 */
export type Predicate = { [N in PredicateName]: { readonly [P in N]: Operands[P] } }[PredicateName];

interface PredicateKind<T> {
  parse(value: CborValue, path: string, second?: CborValue): T;
  admits(operand: T, value: Json): boolean;
}

// In the order of their numbers on the wire, from 1.
const kinds: { readonly [N in PredicateName]: PredicateKind<Operands[N]> } = {
  eq: {
    parse: parseValue,
    admits: (operand, value) => value === operand,
  },
  in: {
    parse: (value, path) => expectSet(value, path, parseValue, 2),
    admits: includes,
  },
  notIn: {
    parse: (value, path) => expectSet(value, path, parseValue),
    // A value of a type that the list does not have is denied, not admitted.
    admits: (operand, value) => operand.some((item) => sameType(item, value)) && !includes(operand, value),
  },
  range: {
    parse: parseRange,
    admits: ([low, high], value) =>
      typeof value === 'number' && (low ?? value) <= value && value <= (high ?? value),
  },
  pattern: {
    parse: (value, path) => expectText(value, path, isPattern),
    admits: (operand, value) => isResource(value) && containsPattern(operand, value),
  },
  suffix: {
    parse: (value, path) => expectText(value, path),
    admits: (operand, value) => typeof value === 'string' && value.endsWith(operand),
  },
  subset: {
    parse: (value, path) => expectSet(value, path, parseValue, 0),
    admits: (operand, value) => Array.isArray(value) && value.every((item) => includes(operand, item)),
  },
  size: {
    parse: expectUint,
    admits: (operand, value) =>
      // The bytes are at least as many as the code units, which need no encoding to be counted.
      (typeof value === 'string' && value.length <= operand && utf8(value).length <= operand) ||
      (Array.isArray(value) && value.length <= operand),
  },
  cidr: {
    parse: (value, path) => expectText(value, path, isNetwork),
    admits: (operand, value) =>
      typeof value === 'string' && containsAddress(parseNetwork(operand), parseAddress(value)),
  },
  host: {
    parse: (value, path) => expectSet(value, path, (item, at) => expectText(item, at, isHost)),
    admits: (operand, value) => typeof value === 'string' && includes(operand, hostOf(value) ?? null),
  },
  all: {
    parse: (value, path) => expectSet(value, path, parseMember, 2),
    admits: (operand, value) => operand.every((predicate) => admitsValue(predicate, value)),
  },
};

/** The names of all predicates, in the order of their numbers on the wire, from 1. */
export const predicateNames: readonly PredicateName[] = Object.keys(kinds) as PredicateName[];

/** Reads a predicate from the wire. @throws DecodeError `claim.value`, `claim.set`, `claim.degenerate` */
export function parsePredicate(value: CborValue, path: string): Predicate {
  const [code, first, second] = expectArray(value, path, 2, 3) as [CborValue, CborValue, CborValue?];
  const name = typeof code === 'number' ? predicateNames[code - 1] : undefined;
  if (name === undefined || (name === 'range') !== (second !== undefined)) return malformed(path);
  return { [name]: kinds[name].parse(first, path, second) } as Predicate;
}

/** Whether a predicate admits a value; a value of another type is denied (spec §5.6.2). */
export function admitsValue(predicate: Predicate, value: Json): boolean {
  // The table and the union agree by construction, which the compiler cannot follow through a computed key.
  const [[name, operand]] = Object.entries(predicate) as [[PredicateName, unknown]];
  return (kinds[name] as PredicateKind<unknown>).admits(operand, value);
}

/** Whether a value has the type of an item of a list; a number that is no integer has the type of none. */
export function sameType(item: Value, value: Json): boolean {
  return typeof item === typeof value && (typeof value !== 'number' || Number.isInteger(value));
}

function includes(list: readonly Json[], value: Json): boolean {
  return list.includes(value);
}

function parseValue(value: CborValue, path: string): Value {
  return typeof value === 'object' ? malformed(path) : value;
}

function parseMember(value: CborValue, path: string): Predicate {
  const member = parsePredicate(value, path);
  return 'all' in member ? degenerate(path) : member;
}

function parseRange(low: CborValue, path: string, high?: CborValue): readonly [number | null, number | null] {
  const bound = (value: CborValue | undefined): number | null =>
    typeof value === 'number' ? value : value === false ? null : malformed(path);
  const from = bound(low);
  const to = bound(high);
  const least = from ?? to;
  // Without bounds it says nothing, and an empty one admits nothing.
  return least === null || least > (to ?? least) ? degenerate(path) : [from, to];
}

function isNetwork(text: unknown): text is string {
  return typeof text === 'string' && parseNetwork(text) !== undefined;
}
