import { meetPatterns } from './pattern.ts';
import { ANY, type ArgumentRules, type Permission, ruleFor } from './permission.ts';
import { argumentNames, containsPermission } from './permission-form.ts';
import type { Predicate } from './predicate.ts';
import { isNever, meetPredicates, NEVER } from './predicate-meet.ts';

/**
 * The permission that admits exactly what both admit, or `undefined` where that is nothing (spec §9.5).
 *
 * @example
 * meetPermissions({ actions: ['*'], resources: ['reports/**'] }, { actions: ['read'], resources: ['**'] })
 * // { actions: ['read'], resources: ['reports/**'] }
 */
export function meetPermissions(a: Permission, b: Permission): Permission | undefined {
  const actions = meetActions(a.actions, b.actions);
  const met = a.resources.flatMap((own) => b.resources.flatMap((other) => meetPatterns(own, other) ?? []));
  const args = a.args === undefined || b.args === undefined ? (a.args ?? b.args) : meetRules(a.args, b.args);
  return actions.length === 0 || met.length === 0 || args === null
    ? undefined
    : { actions, resources: [...new Set(met)], args };
}

/** Permissions without those that another one of them contains. */
export function withoutContained(permissions: readonly Permission[]): Permission[] {
  return permissions.reduce<Permission[]>(
    (kept, own) =>
      kept.some((other) => containsPermission(other, own))
        ? kept
        : [...kept.filter((other) => !containsPermission(own, other)), own],
    [],
  );
}

function meetActions(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.includes(ANY)) return b;
  return b.includes(ANY) ? a : a.filter((action) => b.includes(action));
}

/** The rules that admit the arguments that both admit; `null` where none are, `undefined` where any are. */
function meetRules(a: ArgumentRules, b: ArgumentRules): ArgumentRules | null | undefined {
  const open = a[ANY] === true && b[ANY] === true;
  const rules: [string, Predicate | true][] = open ? [[ANY, true]] : [];
  for (const name of argumentNames(a, b)) {
    const required = Object.hasOwn(a, name) || Object.hasOwn(b, name);
    const rule = meetRule(ruleFor(a, name), ruleFor(b, name));
    if (rule === true || !isNever(rule)) rules.push([required ? name : `?${name}`, rule]);
    else if (required) return null;
    // In a closed world an argument that must be missing is just not listed.
    else if (open) rules.push([`?${name}`, NEVER]);
  }
  return open && rules.length === 1 ? undefined : Object.fromEntries(rules);
}

function meetRule(a: Predicate | true | undefined, b: Predicate | true | undefined): Predicate | true {
  if (a === undefined || b === undefined) return NEVER;
  if (a === true) return b;
  return b === true ? a : meetPredicates(a, b);
}
