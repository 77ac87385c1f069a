import { toSet } from '../cbor/compare.ts';
import { expectArray, expectSet, expectText, expectUint } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import { encodeKey, parseKey, sameKey } from '../keys/key-claim.ts';
import { describeKey } from '../keys/public-key.ts';
import type { Alive } from '../keys/trust.ts';
import { checkMembers } from '../members.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** `alive`: a fresh signed status says that the mission is active; all entries must hold (spec §5.5.6). */
export const alive: Caveat<readonly Alive[]> = {
  key: 12,
  parse: (value, path) => expectSet(value, path, parseAlive),
  // Statuses are weighed afterwards, so each entry names what it needs.
  check: (entries, _facts, place) =>
    entries.map(({ key, within, subject = place.subject }) => ({
      code: 'alive.status',
      expected: 'active',
      actual: null,
      need: { kind: 'status', key, within, subject },
    })),
};

export const aliveForm: CaveatForm<readonly Alive[]> = {
  enforcement: 'evidence',
  encode: (entries) => toSet(entries.map(encodeAlive)),
  contains: (outer, inner) =>
    outer.every((wide) => inner.some((narrow) => sameSource(wide, narrow) && narrow.within <= wide.within)),
  // Of two that ask the same authority about the same subject, the stricter says it all.
  meet(a, b) {
    const strictest = new Map<string, Alive>();
    for (const own of [...a, ...b]) {
      const source = sourceOf(own);
      if (own.within < (strictest.get(source)?.within ?? Number.POSITIVE_INFINITY))
        strictest.set(source, own);
    }
    return [...strictest.values()];
  },
  exceeds: (outer, inner) =>
    inner.some((narrow) => outer.some((wide) => sameSource(wide, narrow) && narrow.within > wide.within)),
  describe: (entries) =>
    entries.map(
      ({ key, within, subject = 'the mission' }) =>
        `only while ${subject} is active, by a status of ${describeKey(key)} at most ${within} s old`,
    ),
};

function parseAlive(value: CborValue, path: string): Alive {
  const [key, within, subject] = expectArray(value, path, 2, 3) as [CborValue, CborValue, CborValue?];
  return {
    key: parseKey(key, path),
    within: expectUint(within, path),
    subject: subject === undefined ? subject : expectText(subject, path),
  };
}

function sameSource(a: Alive, b: Alive): boolean {
  return sameKey(a.key, b.key) && a.subject === b.subject;
}

/** The key and the subject that was written or left out, as one text. */
function sourceOf({ key, subject }: Alive): string {
  return JSON.stringify([key, subject]);
}

function encodeAlive(entry: Alive): CborValue {
  checkMembers(entry, ['key', 'within', 'subject']);
  const { key, within, subject } = entry;
  return subject === undefined ? [encodeKey(key), within] : [encodeKey(key), within, subject];
}
