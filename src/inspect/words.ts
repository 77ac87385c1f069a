import { type CaveatName, type CaveatValues, caveatNames, caveats } from '../caveats/all.ts';
import type { CaveatForm } from '../caveats/caveat.ts';
import { forms } from '../caveats/forms.ts';
import type { Authority, Conditions, InForce } from '../decide/effective.ts';

/** What is in force of one caveat, in words. */
export interface Phrase {
  readonly caveat: CaveatName;
  readonly value: CaveatValues[CaveatName];
  /** A line each. */
  readonly words: readonly string[];
  /** The blocks that it comes from. */
  readonly blocks: readonly number[];
}

/** How a hop changed the authority that it was given, caveat by caveat. */
export interface Change {
  readonly caveat: CaveatName;
  /** What no longer holds, in words. */
  readonly removed: readonly string[];
  /** What holds instead. */
  readonly added: readonly string[];
}

/** The effective authority in words, in the order of the caveats' keys. */
export function describeAuthority({ conditions }: Authority): Phrase[] {
  return caveatNames(conditions).flatMap((caveat) =>
    inForce(conditions, caveat).map(({ value, blocks }, i, all) => ({
      caveat,
      value: value as CaveatValues[CaveatName],
      words: describeOne(caveat, value, i, all.length),
      blocks,
    })),
  );
}

/** What differs between the authority that a hop was given and the one that it leaves. */
export function compareAuthority(before: Authority, after: Authority): Change[] {
  return (Object.keys(caveats) as CaveatName[]).flatMap((caveat) => {
    const old = new Set(describeAll(before.conditions, caveat));
    const own = new Set(describeAll(after.conditions, caveat));
    const removed = [...old].filter((line) => !own.has(line));
    const added = [...own].filter((line) => !old.has(line));
    return removed.length + added.length === 0 ? [] : [{ caveat, removed, added }];
  });
}

function describeAll(conditions: Conditions, caveat: CaveatName): readonly string[] {
  const held = inForce(conditions, caveat);
  return held.flatMap(({ value }, i) => describeOne(caveat, value, i, held.length));
}

// The permissions of one scope are alternatives; two scopes are not, and must not look as if they were.
function describeOne(caveat: CaveatName, value: unknown, i: number, of: number): readonly string[] {
  const words = (forms[caveat] as CaveatForm<unknown>).describe(value);
  if (caveat !== 'scope' || of === 1) return words;
  return words.map((line) => `${line} [scope ${i + 1} of ${of}, which must all admit a request]`);
}

function inForce(conditions: Conditions, caveat: CaveatName): readonly InForce<unknown>[] {
  return conditions[caveat] ?? [];
}
