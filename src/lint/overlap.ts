import { findCandidates } from './candidates.ts';
import { containsAuthority, type Effort, type Held } from './contain.ts';

/** Which tokens of one holder another one makes superfluous, and how many were not compared with all others. */
export interface Overlaps {
  /** The index of a token by that of each which it contains. */
  readonly within: ReadonlyMap<number, number>;
  readonly unfinished: number;
}

/**
 * Finds the tokens whose authority another token of the same holder provably contains. Of equal ones, the first stays.
 *
 * A token is compared with its candidates only, and with none that is superfluous itself. For n tokens that is about n
 * comparisons where they differ in how patterns begin or in an exact value, and where they are equal or each contains
 * the next; at worst n², which the effort cuts short.
 */
export function findOverlaps(tokens: readonly Held[], effort: Effort): Overlaps {
  // What lives longer is no part of what lives shorter, so the longest-lived stay, and are named.
  const order = tokens.map((_, i) => i).sort((a, b) => at(tokens, b).expires - at(tokens, a).expires);
  const rank = new Map(order.map((token, i) => [token, i]));
  const candidates = findCandidates(tokens, order);
  const within = new Map<number, number>();
  let unfinished = 0;
  for (const token of order) {
    const own = at(tokens, token);
    const isWider = (other: number) => {
      if (other === token || within.has(other)) return false;
      const wide = at(tokens, other);
      if (!containsAuthority(wide, own, effort)) return false;
      return (rank.get(other) ?? 0) < (rank.get(token) ?? 0) || !containsAuthority(own, wide, effort);
    };
    const wider = effort.left > 0 ? findIn(candidates(token), isWider) : undefined;
    if (wider !== undefined) within.set(token, wider);
    else if (effort.left <= 0) unfinished += 1;
  }
  return { within, unfinished };
}

function at(tokens: readonly Held[], i: number): Held {
  return tokens[i] as Held;
}

function findIn(lists: readonly (readonly number[])[], fits: (token: number) => boolean): number | undefined {
  for (const list of lists) {
    const found = list.find(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}
