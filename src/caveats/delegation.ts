import { toSet } from '../cbor/compare.ts';
import { degenerate, expectArray, expectSet, expectText, expectUint } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import type { Delegate, Finding } from '../facts.ts';
import { encodeKey, parseKey, sameKey } from '../keys/key-claim.ts';
import { describeKey, type PublicKey } from '../keys/public-key.ts';
import { checkMembers } from '../members.ts';
import { containsPrincipal, isPrincipalPattern, matchPrincipal } from '../names.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** How many hops may follow a block, and who may appear in any of them. */
export interface Delegation {
  readonly depth: number;
  /** Principal patterns and keys; absent, anybody. */
  readonly to?: readonly Party[];
}

type Party = string | PublicKey;

/** `delegation`: hops allowed below, counted and not claimed; absent in the root, none (spec §5.5.5). */
export const delegation: Caveat<Delegation> = {
  key: 11,
  parse(value, path) {
    const [first, to] = expectArray(value, path, 1, 2) as [CborValue, CborValue?];
    const depth = expectUint(first, path);
    if (to === undefined) return { depth };
    return depth === 0 ? degenerate(path) : { depth, to: expectSet(to, path, parseParty) };
  },
  check: (value, _facts, { below }) => checkDelegation(value, below),
};

/** What denies the delegates of the blocks below; hops are counted here and never claimed (spec §5.5.5). */
export function checkDelegation({ depth, to }: Delegation, below: readonly Delegate[]): readonly Finding[] {
  const findings: Finding[] = [];
  if (below.length > depth)
    findings.push({ code: 'delegation.depth', expected: depth, actual: below.length });
  const stranger = below.find((hop) => to?.some((party) => isParty(party, hop)) === false);
  if (stranger) findings.push({ code: 'delegation.delegate', expected: to, actual: stranger.delegate });
  return findings;
}

export const delegationForm: CaveatForm<Delegation> = {
  enforcement: 'static',
  encode(value) {
    checkMembers(value, ['depth', 'to']);
    const { depth, to } = value;
    if (to === undefined) return [depth];
    return [depth, toSet(to.map((party) => (typeof party === 'string' ? party : encodeKey(party))))];
  },
  contains: containsDelegation,
  meet(a, b) {
    if (containsDelegation(a, b)) return b;
    if (containsDelegation(b, a)) return a;
    const depth = Math.min(a.depth, b.depth);
    if (depth <= 0 || a.to === undefined || b.to === undefined) return asDelegation(depth, a.to ?? b.to);
    if (areMixed(a.to, b.to) || areMixed(b.to, a.to)) return undefined;
    // Of two that are both of a kind, either one contains the other, or nobody is both.
    return asDelegation(depth, withoutRepetition([...coveredBy(b.to, a.to), ...coveredBy(a.to, b.to)]));
  },
  below: ({ depth, to }, hops) => asDelegation(depth - hops, to),
  describe({ depth, to }) {
    if (depth <= 0) return ['may not be delegated further'];
    const names = to?.map((party) => (typeof party === 'string' ? party : describeKey(party)));
    const whom = names === undefined ? '' : `, only to ${names.join(', ')}`;
    return [`may be delegated ${depth === 1 ? 'once' : `${depth} hops deep`}${whom}`];
  },
};

function parseParty(value: CborValue, path: string): Party {
  return typeof value === 'string' ? expectText(value, path, isPrincipalPattern) : parseKey(value, path);
}

function isParty(party: Party, { delegate, key }: Delegate): boolean {
  return typeof party === 'string'
    ? matchPrincipal(party, delegate)
    : key !== undefined && sameKey(party, key);
}

function containsParty(outer: Party, inner: Party): boolean {
  if (typeof outer === 'string') return typeof inner === 'string' && containsPrincipal(outer, inner);
  return typeof inner !== 'string' && sameKey(outer, inner);
}

function containsDelegation(outer: Delegation, inner: Delegation): boolean {
  if (inner.depth > outer.depth) return false;
  if (outer.to === undefined || inner.depth <= 0) return true;
  return inner.to?.every((narrow) => outer.to?.some((wide) => containsParty(wide, narrow))) === true;
}

// To nobody is the same as not at all.
function asDelegation(depth: number, to: readonly Party[] | undefined): Delegation {
  if (to?.length === 0) return { depth: Math.min(depth, 0) };
  return depth <= 0 || to === undefined ? { depth } : { depth, to };
}

function withoutRepetition(parties: readonly Party[]): readonly Party[] {
  return parties.filter((own, i) => !parties.slice(0, i).some((other) => containsParty(other, own)));
}

/** Whether a name of one list meets a key of the other, which only both together describe. */
function areMixed(a: readonly Party[], b: readonly Party[]): boolean {
  return a.some((party) => typeof party === 'string') && b.some((party) => typeof party !== 'string');
}

function coveredBy(outer: readonly Party[], inner: readonly Party[]): readonly Party[] {
  return inner.filter((narrow) => outer.some((wide) => containsParty(wide, narrow)));
}
