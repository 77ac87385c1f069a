import { copyKey, PublicKey } from '../keys/public-key.ts';
import type { Decision, Denial } from './decision.ts';

/**
 * A decision that shares nothing with the claims of its chain, which a verifier keeps for the next request (spec §8):
 * whoever is given it may change all of it. What the service itself observed stays the very object that it was.
 */
export function detach(decision: Decision): Decision {
  const { mission, chain, denials, needs, relied, alarms } = decision;
  return {
    ...decision,
    mission: { ...mission },
    chain: chain.map((hand) => ({ ...hand, key: hand.key && copyKey(hand.key) })),
    denials: denials.map((denial) => ({
      ...denial,
      expected: copy(denial.expected),
      actual: isObserved(denial) ? denial.actual : copy(denial.actual),
    })),
    needs: copy(needs),
    ...(relied && { relied: copy(relied) }),
    ...(alarms && { alarms: copy(alarms) }),
  };
}

function isObserved({ caveat }: Denial): boolean {
  return caveat === 'context' || caveat === 'ext';
}

function copy<T>(value: T): T {
  return copyAny(value) as T;
}

function copyAny(value: unknown): unknown {
  if (value instanceof PublicKey) return copyKey(value);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(copyAny);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyAny(item)]));
}
