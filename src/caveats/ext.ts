import { compareCbor } from '../cbor/compare.ts';
import { expectNamed } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import { isName } from '../names.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** Conditions of others, by name. */
export type Ext = Readonly<Record<string, CborValue>>;

/** `ext`: conditions of others by name; a name without a handler denies (spec §5.5.12). */
export const ext: Caveat<Ext> = {
  key: 18,
  parse: (value, path) => expectNamed(value, path, isName, (item) => item),
  check: (extensions, facts) =>
    Object.keys(extensions)
      .sort()
      .flatMap((name) => {
        const handler = facts.ext?.get(name);
        // A promise would be taken for a yes, if truth were enough.
        if (handler?.(extensions[name] as CborValue, facts) === true) return [];
        return [{ code: handler ? 'ext.refused' : 'ext.unknown', expected: name, actual: null }];
      }),
};

export const extForm: CaveatForm<Ext> = {
  enforcement: 'request',
  encode: (extensions) => new Map(Object.entries(extensions)),
  contains: (outer, inner) => Object.keys(outer).every((name) => sameExtension(name, outer, inner)),
  meet: (a, b) => (differ(a, b) ? undefined : { ...a, ...b }),
  // Only a handler knows whether one value of an extension is narrower than another.
  exceeds: differ,
  describe: (extensions) => Object.keys(extensions).map((name) => `only where the extension ${name} allows`),
};

function sameExtension(name: string, a: Ext, b: Ext): boolean {
  if (!Object.hasOwn(a, name) || !Object.hasOwn(b, name)) return false;
  return compareCbor(a[name] as CborValue, b[name] as CborValue) === 0;
}

/** Whether two give one name two values. */
function differ(a: Ext, b: Ext): boolean {
  return Object.keys(a).some((name) => Object.hasOwn(b, name) && !sameExtension(name, a, b));
}
