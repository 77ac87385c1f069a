import type { Decision, Denial } from '../decide/decision.ts';
import type { Wanting } from '../evidence/finding.ts';
import type { Placed } from './operations.ts';
import type { Outcome, Standing } from './store.ts';

/**
 * What a store refused, as denials. The first operation is the nonce: of one that was used before, what its first use was
 * charged says nothing more; and one limit refuses once.
 */
export function refusalsOf(placed: readonly Placed[], { refused, standing }: Outcome): Wanting[] {
  const indices = refused.includes(0) ? [0] : refused;
  const of = indices.map((i) => placed[i]?.of);
  return indices
    .filter((_, n) => of.indexOf(of[n]) === n)
    .map((i) => wantingOf(placed[i] as Placed, standing[i] as Standing));
}

/** One refusal as a denial, and what would mend it. */
export function wantingOf({ deny, need }: Placed, standing: Standing): Wanting {
  return { denial: deny(standing), need: need?.(standing) };
}

/** The decision with more denials behind its own; its needs stay open where each of all of them has one. */
export function denyAlso(decision: Decision, found: readonly Wanting[]): Decision {
  const denials = [...decision.denials, ...found.map(({ denial }) => denial)];
  const needs = [...decision.needs, ...found.flatMap(({ need }) => need ?? [])];
  const [{ code }] = denials as [Denial];
  return { ...decision, verdict: 'deny', code, denials, needs: needs.length === denials.length ? needs : [] };
}
