import { toSet } from '../cbor/compare.ts';
import type { CborValue } from '../cbor/value.ts';
import { MintError } from '../errors.ts';
import { containsAddress, type Network, parseNetwork } from './address.ts';
import { containsPattern } from './pattern.ts';
import {
  admitsValue,
  type Operands,
  type Predicate,
  type PredicateName,
  predicateNames,
  sameType,
} from './predicate.ts';

interface PredicateForm<T> {
  /** The operand on the wire; by default as it is. */
  encode?(operand: T): CborValue[];
  /** Whether `outer` provably admits whatever `inner` of the same kind admits. */
  contains(outer: T, inner: T): boolean;
  describe(operand: T): string;
}

// `eq` and `in` name all values that they admit, and `all` is the sum of its members: the general rules cover them.
const forms: { readonly [N in PredicateName]: PredicateForm<Operands[N]> } = {
  eq: {
    contains: () => false,
    describe: (operand) => `is ${JSON.stringify(operand)}`,
  },
  in: {
    encode: (operand) => [toSet(operand)],
    contains: () => false,
    describe: (operand) => (operand.length === 0 ? 'is never fulfilled' : `is one of ${list(operand)}`),
  },
  notIn: {
    encode: (operand) => [toSet(operand)],
    // A list denies the types that it does not have, so what the outer excludes of those need not be repeated.
    contains: (outer, inner) =>
      inner.every((item) => outer.some((other) => sameType(other, item))) &&
      outer.every((item) => inner.includes(item) || !inner.some((other) => sameType(other, item))),
    describe: (operand) => `is none of ${list(operand)}`,
  },
  range: {
    encode(operand) {
      if (operand.length !== 2) throw new TypeError('a range has two bounds');
      return operand.map((bound) => bound ?? false);
    },
    contains: ([low, high], inner) =>
      (low === null || (inner[0] !== null && low <= inner[0])) &&
      (high === null || (inner[1] !== null && inner[1] <= high)),
    describe([low, high]) {
      if (low === null) return `is at most ${high}`;
      return high === null ? `is at least ${low}` : `is from ${low} to ${high}`;
    },
  },
  pattern: {
    contains: containsPattern,
    describe: (operand) => `matches ${operand}`,
  },
  suffix: {
    contains: (outer, inner) => inner.endsWith(outer),
    describe: (operand) => `ends with ${JSON.stringify(operand)}`,
  },
  subset: {
    encode: (operand) => [toSet(operand)],
    contains: (outer, inner) => isSubset(inner, outer),
    describe: (operand) =>
      operand.length === 0 ? 'is an empty list' : `has no elements but ${list(operand)}`,
  },
  size: {
    contains: (outer, inner) => inner <= outer,
    describe: (operand) => `has at most ${operand} bytes or elements`,
  },
  cidr: {
    contains(outer, inner) {
      const [wide, narrow] = [networkOf(outer), networkOf(inner)];
      if (wide === undefined || narrow === undefined) return false;
      return wide.prefix <= narrow.prefix && containsAddress(wide, narrow.bits);
    },
    describe: (operand) => `is an address in ${operand}`,
  },
  host: {
    encode: (operand) => [toSet(operand)],
    contains: (outer, inner) => isSubset(inner, outer),
    describe: (operand) => `has the host ${operand.join(' or ')}`,
  },
  all: {
    encode: (operand) => [toSet(operand.map(encodePredicate))],
    contains: () => false,
    describe: (operand) => operand.map(describePredicate).join(' and '),
  },
};

/** The wire form of a predicate; sets may come in any order. @throws MintError `mint.input` where it is no predicate */
export function encodePredicate(predicate: Predicate): CborValue {
  const [name, form, operand] = open(predicate);
  return [predicateNames.indexOf(name) + 1, ...(form.encode?.(operand) ?? [operand as CborValue])];
}

/** Whether `outer` provably admits every value that `inner` admits. */
export function containsPredicate(outer: Predicate, inner: Predicate): boolean {
  if ('all' in outer) return outer.all.every((member) => containsPredicate(member, inner));
  if ('all' in inner) return inner.all.some((member) => containsPredicate(outer, member));
  if ('eq' in inner) return admitsValue(outer, inner.eq);
  if ('in' in inner) return inner.in.every((value) => admitsValue(outer, value));
  const [outerName, form, outerOperand] = open(outer);
  const [innerName, , innerOperand] = open(inner);
  return outerName === innerName && form.contains(outerOperand, innerOperand);
}

/** A predicate in words, to be put behind the name of what it constrains. */
export function describePredicate(predicate: Predicate): string {
  const [, form, operand] = open(predicate);
  return form.describe(operand);
}

function open(predicate: Predicate): [PredicateName, PredicateForm<unknown>, unknown] {
  const [entry, ...rest] = Object.entries(predicate);
  const name = predicateNames.find((known) => known === entry?.[0]);
  if (name === undefined || rest.length > 0) {
    throw new MintError('mint.input', {
      detail: `a predicate is an object with one of ${predicateNames.join(', ')}`,
    });
  }
  return [name, forms[name] as PredicateForm<unknown>, entry?.[1]];
}

// One network is compared with many, and parsing it is what takes long. No token holds more of them than this.
const networks = new Map<string, Network | undefined>();
const MAX_NETWORKS = 4096;

function networkOf(text: string): Network | undefined {
  if (networks.size >= MAX_NETWORKS) networks.clear();
  if (!networks.has(text)) networks.set(text, parseNetwork(text));
  return networks.get(text);
}

function isSubset(inner: readonly unknown[], outer: readonly unknown[]): boolean {
  return inner.every((item) => outer.includes(item));
}

function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}
