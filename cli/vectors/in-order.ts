import type { CaveatName, CaveatValues } from '../../src/caveats/all.ts';
import { forms } from '../../src/caveats/forms.ts';
import { compareCbor } from '../../src/cbor/compare.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import { encodeKey } from '../../src/keys/key-claim.ts';
import type { Permission } from '../../src/scope/permission.ts';
import { encodePermission } from '../../src/scope/permission-form.ts';
import type { Predicate } from '../../src/scope/predicate.ts';
import { encodePredicate } from '../../src/scope/predicate-form.ts';

type InOrder = { readonly [N in CaveatName]: (value: CaveatValues[N]) => unknown };

/** The value of each caveat with its sets in the order of their encodings, which computed ones do not have. */
export const inOrder: InOrder = {
  aud: (names) => sort(names, (name) => name),
  exp: (time) => time,
  nbf: (time) => time,
  scope: permissions,
  delegation: ({ to, ...rest }) =>
    to === undefined
      ? rest
      : { ...rest, to: sort(to, (party) => (typeof party === 'string' ? party : encodeKey(party))) },
  alive: (entries) => sort(entries, (entry) => forms.alive.encode([entry])),
  approval: (entries) =>
    sort(entries, (entry) => forms.approval.encode([entry])).map(({ unless, keys, ...rest }) => ({
      ...rest,
      unless: permissions(unless),
      keys: sort(keys, encodeKey),
    })),
  context: (of) => mapValues(of, predicate),
  limits: (entries) => sort(entries, (entry) => forms.limits.encode([entry])),
  plan: (steps) => steps.map((step) => ({ ...step, permission: permission(step.permission) })),
  consent: (key) => key,
  ext: (of) => of,
};

function permissions(of: readonly Permission[]): unknown[] {
  return sort(of, encodePermission).map(permission);
}

function permission({ actions, resources, args }: Permission): object {
  return {
    actions: sort(actions, (action) => action),
    resources: sort(resources, (pattern) => pattern),
    ...(args && { args: mapValues(args, (rule) => (rule === true ? rule : predicate(rule))) }),
  };
}

function predicate(of: Predicate): object {
  if ('all' in of) return { all: sort(of.all, encodePredicate).map(predicate) };
  if ('in' in of) return { in: sort(of.in, (value) => value) };
  if ('notIn' in of) return { notIn: sort(of.notIn, (value) => value) };
  if ('subset' in of) return { subset: sort(of.subset, (value) => value) };
  return 'host' in of ? { host: sort(of.host, (value) => value) } : of;
}

function mapValues<T>(of: Readonly<Record<string, T>>, map: (value: T) => unknown): object {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]));
}

function sort<T>(items: readonly T[], encode: (item: T) => CborValue): T[] {
  return [...items].sort((a, b) => compareCbor(encode(a), encode(b)));
}
