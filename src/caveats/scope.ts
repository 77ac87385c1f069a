import { toSet } from '../cbor/compare.ts';
import { expectSet } from '../cbor/expect.ts';
import {
  admitsAction,
  admitsArguments,
  admitsResource,
  type Permission,
  parsePermission,
} from '../scope/permission.ts';
import { containsPermission, describePermission, encodePermission } from '../scope/permission-form.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** Permissions, of which one must admit the request. */
export type Scope = readonly Permission[];

/** `scope`: one of the permissions admits the request (spec §5.5.4). */
export const scope: Caveat<Scope> = {
  key: 10,
  parse: (value, path) => expectSet(value, path, parsePermission),
  // The code names the last of action, resource and arguments that some permission got to.
  check(permissions, { action, resource, args }) {
    const forAction = permissions.filter((permission) => admitsAction(permission, action));
    const forResource = forAction.filter((permission) => admitsResource(permission, resource));
    if (forResource.some((permission) => admitsArguments(permission, args))) return [];
    if (forAction.length === 0) return [{ code: 'scope.action', expected: permissions, actual: action }];
    if (forResource.length === 0) return [{ code: 'scope.resource', expected: forAction, actual: resource }];
    return [{ code: 'scope.arguments', expected: forResource, actual: args }];
  },
};

export const scopeForm: CaveatForm<Scope> = {
  enforcement: 'request',
  encode: (permissions) => toSet(permissions.map(encodePermission)),
  contains: (outer, inner) => inner.every((narrow) => outer.some((wide) => containsPermission(wide, narrow))),
  describe: (permissions) => permissions.map((permission) => `may ${describePermission(permission)}`),
};
