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
  // No handlers exist yet, so each name denies.
  check: (extensions) =>
    Object.keys(extensions)
      .sort()
      .map((name) => ({ code: 'ext.unknown', expected: name, actual: null })),
};

export const extForm: CaveatForm<Ext> = {
  enforcement: 'request',
  encode: (extensions) => new Map(Object.entries(extensions)),
  describe: (extensions) => Object.keys(extensions).map((name) => `only where the extension ${name} allows`),
};
