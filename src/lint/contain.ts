import { type CaveatName, caveatNames } from '../caveats/all.ts';
import type { CaveatForm } from '../caveats/caveat.ts';
import { forms } from '../caveats/forms.ts';
import type { Authority, InForce } from '../decide/effective.ts';
import type { Alive } from '../keys/trust.ts';

/** What a holder has, ready to be compared. */
export interface Held {
  /** All that is in force, what is cheap to compare first. */
  readonly conditions: ReadonlyMap<CaveatName, readonly Sized[]>;
  /** The block ids, root first, which tell whose counter and whose consent a caveat asks for. */
  readonly ids: readonly string[];
  readonly expires: number;
}

/** What is in force of one caveat, and how much there is to compare. */
export interface Sized extends InForce<unknown> {
  /** How many texts, numbers and keys it holds; long texts count for more. */
  readonly size: number;
}

/** What comparing may cost, in pairs of compared values, and how much was done. */
export interface Effort {
  left: number;
  comparisons: number;
}

/** Makes an authority ready to be compared. */
export function hold(authority: Authority, ids: readonly string[]): Held {
  const { conditions, subject } = authority;
  const names = caveatNames(conditions).filter((name) => name !== 'scope');
  const entries = [...names, 'scope' as const].map((name) => {
    const held = (conditions[name] ?? []) as readonly InForce<unknown>[];
    const own = held.map((one) => {
      // What is left out of a status means the mission, which differs from token to token.
      const value = name === 'alive' ? withSubject(one.value as readonly Alive[], subject) : one.value;
      return { ...one, value, size: sizeOf(value) };
    });
    return [name, own] as const;
  });
  return { conditions: new Map(entries), ids, expires: conditions.exp?.[0]?.value ?? 0 };
}

/**
 * Whether one authority provably admits every request that another admits; `false` where the effort is used up.
 *
 * Counters and consent belong to their block: they are the same only where both chains have that very block.
 */
export function containsAuthority(outer: Held, inner: Held, effort: Effort): boolean {
  if (effort.left <= 0) return false;
  effort.comparisons += 1;
  effort.left -= 1;
  if (outer.conditions.size > inner.conditions.size) return false;
  for (const [name, conditions] of outer.conditions) {
    const own = inner.conditions.get(name);
    if (own === undefined) return false;
    const { contains } = forms[name] as CaveatForm<unknown>;
    const holds = (wide: Sized) =>
      own.some((narrow) => {
        if (isOfBlock(name)) return wide.blocks.every((block) => outer.ids[block] === inner.ids[block]);
        effort.left -= wide.size * narrow.size;
        return effort.left > 0 && contains(wide.value, narrow.value);
      });
    if (!conditions.every(holds)) return false;
  }
  return true;
}

/** Whether a caveat is tied to its block, so that two of them are two even where they say the same. */
export function isOfBlock(name: CaveatName): boolean {
  return name === 'limits' || name === 'plan' || name === 'consent';
}

function withSubject(entries: readonly Alive[], mission: string): Alive[] {
  return entries.map(({ subject = mission, ...entry }) => ({ ...entry, subject }));
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + (value.length >> 5);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return 1;
  const items: unknown[] = value instanceof Map ? [...value.values()] : Object.values(value);
  return items.reduce((sum: number, item) => sum + sizeOf(item), 0);
}
