import { toSet } from '../cbor/compare.ts';
import { expectSet } from '../cbor/expect.ts';
import {
  admitsAction,
  admitsRequest,
  admitsResource,
  type Permission,
  parsePermission,
} from '../scope/permission.ts';
import { containsPermission, describePermission, encodePermission } from '../scope/permission-form.ts';
import { meetPermissions, withoutContained } from '../scope/permission-meet.ts';
import { MAX_COMPARED, weigh } from '../scope/weight.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** Permissions, of which one must admit the request. */
export type Scope = readonly Permission[];

/** `scope`: one of the permissions admits the request (spec §5.5.4). */
export const scope: Caveat<Scope> = {
  key: 10,
  parse: (value, path) => expectSet(value, path, parsePermission),
  // The code names the last of action, resource and arguments that some permission got to.
  check(permissions, facts) {
    if (permissions.some((permission) => admitsRequest(permission, facts))) return [];
    const { action, resource, args } = facts;
    const forAction = permissions.filter((permission) => admitsAction(permission, action));
    const forResource = forAction.filter((permission) => admitsResource(permission, resource));
    if (forAction.length === 0) return [{ code: 'scope.action', expected: permissions, actual: action }];
    if (forResource.length === 0) return [{ code: 'scope.resource', expected: forAction, actual: resource }];
    return [{ code: 'scope.arguments', expected: forResource, actual: args }];
  },
};

export const scopeForm: CaveatForm<Scope> = {
  enforcement: 'request',
  encode: (permissions) => toSet(permissions.map(encodePermission)),
  contains: containsScope,
  weigh,
  // Containment first: a hop mostly narrows, and then there is nothing to multiply.
  meet(a, b) {
    if (containsScope(a, b)) return b;
    if (containsScope(b, a)) return a;
    if (weigh(a) * weigh(b) > MAX_PRODUCTS) return undefined;
    return withoutContained(a.flatMap((own) => b.flatMap((other) => meetPermissions(own, other) ?? [])));
  },
  describe: (permissions) =>
    permissions.length === 0
      ? ['may do nothing']
      : permissions.map((permission) => `may ${describePermission(permission)}`),
};

// Beyond so many products two scopes stay two, which hold together.
const MAX_PRODUCTS = 256;

/** Whether a scope provably admits all that another admits (spec §5.6.3). */
export function containsScope(outer: Scope, inner: Scope): boolean {
  // A hop that repeats its scope word for word is common, and can be of any size.
  if (JSON.stringify(outer) === JSON.stringify(inner)) return true;
  if (weigh(outer) * weigh(inner) > MAX_COMPARED) return false;
  const covered = (own: Permission) => outer.some((wide) => containsPermission(wide, own));
  // What no permission covers as a whole, several may cover part by part.
  return inner.every((own) => covered(own) || partsOf(own).every(covered));
}

function partsOf({ actions, resources, args }: Permission): Permission[] {
  return actions.flatMap((action) =>
    resources.map((pattern) => ({ actions: [action], resources: [pattern], args })),
  );
}
