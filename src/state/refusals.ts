import type { Decision, Denial } from '../decide/decision.ts';
import type { Wanting } from '../evidence/finding.ts';
import { caveatOf } from '../evidence/named-keys.ts';
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

/**
 * The decision with more denials behind its own; its needs stay open where each of all of them has one. It does not rely
 * on evidence that one of them refuses.
 */
export function denyAlso(decision: Decision, found: readonly Wanting[]): Decision {
  const { relied = [], ...rest } = decision;
  const added = found.map(({ denial }) => denial);
  const denials = [...decision.denials, ...added];
  const needs = [...decision.needs, ...found.flatMap(({ need }) => need ?? [])];
  const [{ code }] = denials as [Denial];
  const left = relied.filter(({ kind, block: own }) =>
    added.every(({ caveat, block }) => caveat !== caveatOf[kind] || (block !== null && block !== own)),
  );
  return {
    ...rest,
    verdict: 'deny',
    code,
    denials,
    needs: needs.length === denials.length ? needs : [],
    ...(left.length > 0 && { relied: left }),
  };
}
