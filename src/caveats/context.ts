import { expectNamed } from '../cbor/expect.ts';
import type { Finding } from '../facts.ts';
import type { Json } from '../json.ts';
import { isName } from '../names.ts';
import { admitsValue, type Predicate, parsePredicate } from '../scope/predicate.ts';
import { containsPredicate, describePredicate, encodePredicate } from '../scope/predicate-form.ts';
import { meetPredicates } from '../scope/predicate-meet.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** Conditions by the name of what the verifier observes. */
export type Context = Readonly<Record<string, Predicate>>;

/** `context`: predicates on what the verifier observes; what it does not observe denies (spec §5.5.8). */
export const context: Caveat<Context> = {
  key: 14,
  parse: (value, path) => expectNamed(value, path, isName, parsePredicate),
  check: (conditions, facts) =>
    Object.keys(conditions)
      .sort() // by bytes, because objects keep names that look like numbers in an order of their own
      .flatMap((name): Finding[] => {
        const predicate = conditions[name] as Predicate;
        const expected = { [name]: predicate };
        if (!Object.hasOwn(facts.context, name)) return [{ code: 'context.missing', expected, actual: null }];
        const actual = facts.context[name] as Json;
        return admitsValue(predicate, actual) ? [] : [{ code: 'context.mismatch', expected, actual }];
      }),
};

export const contextForm: CaveatForm<Context> = {
  enforcement: 'request',
  encode: (conditions) =>
    new Map(Object.entries(conditions).map(([name, predicate]) => [name, encodePredicate(predicate)])),
  contains: (outer, inner) =>
    Object.keys(outer).every((name) => Object.hasOwn(inner, name) && containsNamed(name, outer, inner)),
  meet: (a, b) => ({
    ...a,
    ...Object.fromEntries(
      Object.entries(b).map(([name, own]) => [
        name,
        Object.hasOwn(a, name) ? meetPredicates(a[name] as Predicate, own) : own,
      ]),
    ),
  }),
  exceeds: (outer, inner) =>
    Object.keys(inner).some((name) => Object.hasOwn(outer, name) && !containsNamed(name, outer, inner)),
  describe: (conditions) =>
    Object.entries(conditions).map(
      ([name, predicate]) => `only where ${name} ${describePredicate(predicate)}`,
    ),
};

function containsNamed(name: string, outer: Context, inner: Context): boolean {
  return containsPredicate(outer[name] as Predicate, inner[name] as Predicate);
}
