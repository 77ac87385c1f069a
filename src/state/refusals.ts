import type { Wanting } from '../evidence/finding.ts';
import type { Placed } from './operations.ts';
import type { Outcome, Standing } from './store.ts';

/**
 * What a store refused, as denials. The first operation is the nonce: of one that was used before, what its first use was
 * charged says nothing more; and one limit refuses once.
 */
export function refusalsOf(placed: readonly Placed[], { refused, standing }: Outcome): Wanting[] {
  const indices = refused.includes(0) ? [0] : refused;
  const seen = new Set<unknown>();
  return indices
    .filter((i) => seen.size < seen.add(placed[i]?.of).size)
    .map((i) => wantingOf(placed[i] as Placed, standing[i] as Standing));
}

/** One refusal as a denial, and what would mend it. */
export function wantingOf({ deny, need, status }: Placed, standing: Standing): Wanting {
  return { denial: deny(standing), need: need?.(standing), status };
}
