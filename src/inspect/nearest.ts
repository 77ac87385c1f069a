import type { JsonObject } from '../json.ts';
import { containsPattern } from '../scope/pattern.ts';
import {
  ANY,
  admitsAction,
  admitsArguments,
  admitsResource,
  type Permission,
  ruleFor,
} from '../scope/permission.ts';
import { admitsValue } from '../scope/predicate.ts';
import { describePredicate } from '../scope/predicate-form.ts';

/** A request as a scope sees it. */
export interface Wanted {
  readonly action: string;
  readonly resource: string;
  readonly args: JsonObject;
}

/** The permission that comes nearest to a request, and what the request would have to change. */
export interface Nearest {
  readonly permission: Permission;
  /** In words, a change each; empty where the permission admits the request. */
  readonly changes: readonly string[];
}

/**
 * Of some permissions the one that a request would have to change least for: fewest of action, resource and arguments,
 * then the pattern that shares most leading segments.
 *
 * @returns `undefined` where there is no permission
 */
export function nearestPermission(permissions: readonly Permission[], wanted: Wanted): Nearest | undefined {
  const ranked = permissions.map((permission) => {
    const changes = changesFor(permission, wanted);
    const shared = Math.max(
      ...permission.resources.map((pattern) => sharedSegments(pattern, wanted.resource)),
    );
    return { permission, changes, shared };
  });
  const [best] = ranked.sort((a, b) => a.changes.length - b.changes.length || b.shared - a.shared);
  return best && { permission: best.permission, changes: best.changes };
}

function changesFor(permission: Permission, { action, resource, args }: Wanted): string[] {
  const { actions, resources } = permission;
  return [
    ...(admitsAction(permission, action) ? [] : [`ask for ${actions.join(' or ')} instead of ${action}`]),
    ...(admitsResource(permission, resource) ? [] : [`name a resource of ${resources.join(' or ')}`]),
    ...(admitsArguments(permission, args) ? [] : argumentChanges(permission, args)),
  ];
}

function argumentChanges({ args: rules = {} }: Permission, args: JsonObject): string[] {
  const unlisted = Object.keys(args).filter((name) => ruleFor(rules, name) === undefined);
  const listed = Object.entries(rules).flatMap(([listedName, rule]) => {
    const name = listedName.replace(/^\?/, '');
    if (listedName === ANY) return [];
    if (!Object.hasOwn(args, name)) return name === listedName ? [`add the argument ${name}`] : [];
    const value = args[name];
    if (rule === true || value === undefined || admitsValue(rule, value)) return [];
    return [`give a value for ${name} that ${describePredicate(rule)}`];
  });
  return [...unlisted.map((name) => `leave out the argument ${name}`), ...listed];
}

function sharedSegments(pattern: string, resource: string): number {
  const segments = pattern.split('/');
  const count = segments.findIndex((segment, i) => {
    const other = resource.split('/')[i];
    return other === undefined || !(segment === other || containsPattern(segment, other));
  });
  return count === -1 ? segments.length : count;
}
