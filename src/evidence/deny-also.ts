import type { Decision, Denial, Relied } from '../decide/decision.ts';
import { sameKey } from '../keys/key-claim.ts';
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
  const left = relied.filter((one) => !found.some((wanting) => isRefused(one, wanting)));
  return {
    ...rest,
    verdict: 'deny',
    code,
    denials,
    needs: needs.length === denials.length ? needs : [],
    ...(left.length > 0 && { relied: left }),
  };
}

function isRefused(relied: Relied, { denial: { caveat, block }, status }: Wanting): boolean {
  if (caveat !== caveatOf[relied.kind] || (block !== null && block !== relied.block)) return false;
  if (relied.kind !== 'status' || status === undefined) return true;
  return sameKey(relied.key, status.key) && relied.subject === status.subject;
}
