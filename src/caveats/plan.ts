import { compareCbor } from '../cbor/compare.ts';
import { degenerate, expectArray, expectUint } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import { checkMembers } from '../members.ts';
import { admitsRequest, type Permission, parsePermission } from '../scope/permission.ts';
import { describePermission, encodePermission } from '../scope/permission-form.ts';
import type { Caveat, CaveatForm } from './caveat.ts';
import { containsScope } from './scope.ts';

/** A step of a plan: a permission, and how often it may be used before the next opens and at most. */
export interface Step {
  readonly permission: Permission;
  readonly min: number;
  readonly max: number;
}

/** `plan`: steps in order, followed in a store (spec §5.5.10). */
export const plan: Caveat<readonly Step[]> = {
  key: 16,
  counted: true,
  parse: (value, path) => expectArray(value, path, 1).map((step, i) => parseStep(step, `${path}, ${i}`)),
  // Logic alone cannot follow a plan: a request in no step is denied for good, any other names the store that it needs.
  check: (steps, facts, { audiences }) =>
    audiences?.length === 1
      ? steps.some(({ permission }) => admitsRequest(permission, facts))
        ? [{ code: 'plan.store', expected: steps, actual: null, need: { kind: 'store' } }]
        : [{ code: 'plan.step', expected: steps, actual: [facts.action, facts.resource] }]
      : [{ code: 'plan.audience', expected: 1, actual: audiences ?? null }],
};

export const planForm: CaveatForm<readonly Step[]> = {
  enforcement: 'state',
  encode: (steps) => steps.map(encodeStep),
  // Which step is open depends on all before it, so nothing but the same plan is provably no wider.
  contains: (outer, inner) => compareCbor(planForm.encode(outer), planForm.encode(inner)) === 0,
  // Counters belong to their block: two are two, even of the same plan.
  meet: () => undefined,
  // A step that no step above admits could never be taken.
  exceeds: (outer, inner) =>
    !containsScope(
      outer.map(({ permission }) => permission),
      inner.map(({ permission }) => permission),
    ),
  describe: (steps) => steps.map((step, i) => `step ${i + 1}: ${describeStep(step)}`),
};

function parseStep(value: CborValue, path: string): Step {
  const [permission, min, max] = expectArray(value, path, 3, 3) as [CborValue, CborValue, CborValue];
  const step = {
    permission: parsePermission(permission, path),
    min: expectUint(min, path),
    max: expectUint(max, path),
  };
  return step.max === 0 || step.min > step.max ? degenerate(path) : step;
}

function describeStep({ permission, min, max }: Step): string {
  return `${describePermission(permission)}, ${min === max ? '' : `${min} to `}${max} ${max === 1 ? 'time' : 'times'}`;
}

function encodeStep(step: Step): CborValue {
  checkMembers(step, ['permission', 'min', 'max']);
  const { permission, min, max } = step;
  return [encodePermission(permission), min, max];
}
