import type { Permission } from './permission.ts';
import type { Predicate } from './predicate.ts';

/**
 * Two lists of permissions are compared where their weights multiply to no more than this (spec §5.6.3): a foreign token
 * must not keep its reader busy.
 */
export const MAX_COMPARED = 65_536;

/** How many parts permissions have, an action on a pattern each; a part weighs more by each value in its rules. */
export function weigh(permissions: readonly Permission[]): number {
  return permissions.reduce((sum, own) => sum + weighOne(own), 0);
}

function weighOne({ actions, resources, args = {} }: Permission): number {
  const rules = Object.values(args).reduce((sum, rule) => sum + (rule === true ? 1 : weighRule(rule)), 1);
  return actions.length * resources.length * rules;
}

function weighRule(predicate: Predicate): number {
  if ('all' in predicate) return predicate.all.reduce((sum, member) => sum + weighRule(member), 0);
  const [operand] = Object.values(predicate) as [unknown];
  return Array.isArray(operand) ? Math.max(1, operand.length) : 1;
}
