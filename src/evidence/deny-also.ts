import type { Decision, Denial } from '../decide/decision.ts';
import type { Wanting } from './finding.ts';
import { caveatOf } from './named-keys.ts';

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
