import { toSet } from '../cbor/compare.ts';
import { expectSet, expectText } from '../cbor/expect.ts';
import { isName } from '../names.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** The services that may accept the token. */
export type Aud = readonly string[];

/** `aud`: the services that may accept the token, compared exactly (spec §5.5.1). */
export const aud: Caveat<Aud> = {
  key: 3,
  parse: (value, path) => expectSet(value, path, (item, at) => expectText(item, at, isName)),
  check: (names, { audience }) =>
    names.includes(audience) ? [] : [{ code: 'aud.other', expected: names, actual: audience }],
};

export const audForm: CaveatForm<Aud> = {
  enforcement: 'static',
  encode: toSet,
  contains: (outer, inner) => inner.every((name) => outer.includes(name)),
  meet: (a, b) => a.filter((name) => b.includes(name)),
  describe: (names) => [names.length === 0 ? 'accepted by nobody' : `accepted only by ${names.join(', ')}`],
};
