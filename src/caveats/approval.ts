import { toSet } from '../cbor/compare.ts';
import { degenerate, expectArray, expectSet, expectUint } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import { encodeKey, parseKey, sameKey } from '../keys/key-claim.ts';
import { describeKey, type PublicKey } from '../keys/public-key.ts';
import { checkMembers } from '../members.ts';
import { admitsRequest, type Permission, parsePermission } from '../scope/permission.ts';
import { describePermission, encodePermission } from '../scope/permission-form.ts';
import { MAX_COMPARED, weigh } from '../scope/weight.ts';
import type { Caveat, CaveatForm } from './caveat.ts';
import { containsScope } from './scope.ts';

/** Who must say yes to a request, unless one of the permissions admits it. */
export interface Approval {
  readonly unless: readonly Permission[];
  readonly keys: readonly PublicKey[];
  /** How many distinct keys. */
  readonly need: number;
  /** The greatest age of an approval in seconds. */
  readonly within: number;
}

/** `approval`: named people approve this very request; all entries must hold (spec §5.5.7). */
export const approval: Caveat<readonly Approval[]> = {
  key: 13,
  parse: (value, path) => expectSet(value, path, parseApproval),
  // Approvals are weighed afterwards, so each entry that `unless` leaves names what it needs.
  check: (entries, facts) =>
    entries
      .filter(({ unless }) => !unless.some((permission) => admitsRequest(permission, facts)))
      .map(({ keys, need, within }) => ({
        code: 'approval.required',
        expected: need,
        actual: 0,
        need: { kind: 'approval', keys, need, within },
      })),
};

export const approvalForm: CaveatForm<readonly Approval[]> = {
  enforcement: 'evidence',
  encode: (entries) => toSet(entries.map(encodeApproval)),
  weigh: weighApprovals,
  contains: (outer, inner) =>
    areComparable(outer, inner) && outer.every((own) => inner.some((other) => implies(other, own))),
  meet: (a, b) => (areComparable(a, b) ? b.reduce(withoutImplied, a) : undefined),
  exceeds: (outer, inner) =>
    !areComparable(outer, inner) ||
    inner.some((own) => outer.some((wide) => sameApprovers(wide, own) && !implies(own, wide))),
  describe: (entries) =>
    entries.map(({ unless, keys, need, within }) => {
      const free = unless.length === 0 ? '' : `, except to ${unless.map(describePermission).join('; ')}`;
      const who = keys.length === 1 ? 'the approval of' : `${need} of the approvals of`;
      return `needs ${who} ${keys.map(describeKey).join(', ')}, at most ${within} s old${free}`;
    }),
};

function parseApproval(value: CborValue, path: string): Approval {
  const [unless, keys, need, within] = expectArray(value, path, 4, 4) as [
    CborValue,
    CborValue,
    CborValue,
    CborValue,
  ];
  const approval = {
    unless: expectSet(unless, path, parsePermission, 0),
    keys: expectSet(keys, path, parseKey),
    need: expectUint(need, path),
    within: expectUint(within, path),
  };
  return approval.need === 0 || approval.need > approval.keys.length ? degenerate(path) : approval;
}

function encodeApproval(entry: Approval): CborValue {
  checkMembers(entry, ['unless', 'keys', 'need', 'within']);
  const { unless, keys, need, within } = entry;
  return [toSet(unless.map(encodePermission)), toSet(keys.map(encodeKey)), need, within];
}

/** Whether fulfilling one entry fulfils the other as well. */
function implies(strict: Approval, lax: Approval): boolean {
  return (
    strict.need >= lax.need &&
    strict.within <= lax.within &&
    strict.keys.every((key) => lax.keys.some((other) => sameKey(key, other))) &&
    containsScope(lax.unless, strict.unless)
  );
}

function sameApprovers({ keys: a }: Approval, { keys: b }: Approval): boolean {
  return a.length === b.length && a.every((key) => b.some((other) => sameKey(key, other)));
}

function withoutImplied(kept: readonly Approval[], own: Approval): readonly Approval[] {
  if (kept.some((other) => implies(other, own))) return kept;
  return [...kept.filter((other) => !implies(own, other)), own];
}

function weighApprovals(of: readonly Approval[]): number {
  return of.length + weigh(of.flatMap(({ unless }) => unless));
}

function areComparable(a: readonly Approval[], b: readonly Approval[]): boolean {
  return weighApprovals(a) * weighApprovals(b) <= MAX_COMPARED;
}
