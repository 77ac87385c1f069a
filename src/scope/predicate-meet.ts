import { meetPatterns } from './pattern.ts';
import { admitsValue, type Operands, type Predicate, type Value } from './predicate.ts';
import { containsPredicate } from './predicate-form.ts';

/** The predicate that no value fulfils. It stands in computed authority only: on the wire it is malformed. */
export const NEVER: Predicate = { in: [] };

/** Whether a predicate is known to admit nothing. */
export function isNever(predicate: Predicate): boolean {
  return 'in' in predicate && predicate.in.length === 0;
}

/**
 * The predicate that admits exactly what both admit, as short as can be proved; {@link NEVER} where that is nothing
 * (spec §9.5).
 *
 * @example
 * meetPredicates({ range: [0, 500] }, { range: [100, null] }) // { range: [100, 500] }
 */
export function meetPredicates(a: Predicate, b: Predicate): Predicate {
  const all = [...membersOf(a), ...membersOf(b)].reduce(add, []);
  if (all.some(isNever)) return NEVER;
  return all.length === 1 ? (all[0] as Predicate) : { all };
}

function membersOf(predicate: Predicate): readonly Predicate[] {
  return 'all' in predicate ? predicate.all : [predicate];
}

// What two members say together may in turn meet a third, so a met one goes through the list anew.
function add(members: readonly Predicate[], own: Predicate): Predicate[] {
  for (const [i, member] of members.entries()) {
    const met = meetTwo(member, own);
    if (met !== undefined) return add(members.toSpliced(i, 1), met);
  }
  return [...members, own];
}

/** The meet of two predicates that are no `all`, or `undefined` where only both together say it. */
function meetTwo(a: Predicate, b: Predicate): Predicate | undefined {
  if (containsPredicate(a, b)) return b;
  if (containsPredicate(b, a)) return a;
  const values = valuesOf(a)?.filter((value) => admitsValue(b, value));
  const others = values ?? valuesOf(b)?.filter((value) => admitsValue(a, value));
  if (others !== undefined) return ofValues(others);
  if (typesOf(a).every((type) => !typesOf(b).includes(type))) return NEVER;
  if ('range' in a && 'range' in b) return meetRanges(a.range, b.range);
  if ('notIn' in a && 'notIn' in b) return meetExclusions(a.notIn, b.notIn);
  if ('pattern' in a && 'pattern' in b) {
    const pattern = meetPatterns(a.pattern, b.pattern);
    return pattern === undefined ? NEVER : { pattern };
  }
  if ('subset' in a && 'subset' in b) return { subset: intersect(a.subset, b.subset) };
  if ('host' in a && 'host' in b) {
    const host = intersect(a.host, b.host);
    return host.length === 0 ? NEVER : { host };
  }
  // Neither of two networks, or of two suffixes, lies in the other: nothing lies in both.
  if (('cidr' in a && 'cidr' in b) || ('suffix' in a && 'suffix' in b)) return NEVER;
  return undefined;
}

function valuesOf(predicate: Predicate): readonly Value[] | undefined {
  if ('eq' in predicate) return [predicate.eq];
  return 'in' in predicate ? predicate.in : undefined;
}

function ofValues(values: readonly Value[]): Predicate {
  return values.length === 1 ? { eq: values[0] as Value } : { in: values };
}

/** The types of JSON values that a predicate can admit. */
function typesOf(predicate: Predicate): readonly string[] {
  if ('notIn' in predicate) return predicate.notIn.map((value) => typeof value);
  if ('range' in predicate) return ['number'];
  if ('size' in predicate) return ['string', 'list'];
  return 'subset' in predicate ? ['list'] : ['string'];
}

function meetRanges(a: Operands['range'], b: Operands['range']): Predicate {
  const low = bound(Math.max, a[0], b[0]);
  const high = bound(Math.min, a[1], b[1]);
  if (low !== null && low === high) return { eq: low };
  return low !== null && high !== null && low > high ? NEVER : { range: [low, high] };
}

function bound(pick: typeof Math.max, a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : pick(a, b);
}

// A list says nothing of types that it does not have, and denies them; so only types of both are left.
function meetExclusions(a: readonly Value[], b: readonly Value[]): Predicate {
  const shared = (value: Value) => [a, b].every((list) => list.some((item) => typeof item === typeof value));
  const notIn = [...new Set([...a, ...b])].filter(shared);
  const none = notIn.every((value) => typeof value === 'boolean') && notIn.length === 2;
  return none ? NEVER : { notIn };
}

function intersect<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return a.filter((item) => b.includes(item));
}
