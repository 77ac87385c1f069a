import { toSet } from '../cbor/compare.ts';
import type { CborValue } from '../cbor/value.ts';
import { checkMembers } from '../members.ts';
import {
  ANY,
  type ArgumentRules,
  admitsAction,
  admitsResource,
  type Permission,
  ruleFor,
} from './permission.ts';
import type { Predicate } from './predicate.ts';
import { containsPredicate, describePredicate, encodePredicate } from './predicate-form.ts';
import { isNever } from './predicate-meet.ts';

/** The wire form of a permission; sets may come in any order, and `{'*': true}` alone is the same as no rules. */
export function encodePermission(permission: Permission): CborValue {
  checkMembers(permission, ['actions', 'resources', 'args']);
  const { actions, resources, args } = permission;
  const lists = [toSet(actions), toSet(resources)];
  const rules = args === undefined ? [] : Object.entries(args);
  if (args === undefined || (rules.length === 1 && args[ANY] === true)) return lists;
  const encode = (rule: Predicate | true) => (rule === true ? true : encodePredicate(rule));
  return [...lists, new Map(rules.map(([name, rule]) => [name, encode(rule)]))];
}

/** Whether `outer` provably admits every request that `inner` admits. */
export function containsPermission(outer: Permission, inner: Permission): boolean {
  return (
    inner.actions.every((action) => admitsAction(outer, action)) &&
    inner.resources.every((pattern) => admitsResource(outer, pattern)) &&
    (outer.args === undefined || (inner.args !== undefined && containsRules(outer.args, inner.args)))
  );
}

/** A permission in words, to be put behind `may`, or alone. */
export function describePermission({ actions, resources, args }: Permission): string {
  const verb = actions.includes(ANY) ? 'do anything' : actions.join(', ');
  const scope = `${verb} on ${resources.join(', ')}`;
  if (args === undefined) return scope;
  const rules = Object.entries(args);
  if (rules.length === 0) return `${scope}, without arguments`;
  return `${scope}, with ${rules.map(describeRule).join(', ')}`;
}

function describeRule([listed, rule]: readonly [string, Predicate | true]): string {
  if (listed === ANY) return 'any other argument';
  const name = listed.replace(/^\?/, '');
  const optional = name !== listed;
  if (rule === true) return optional ? `${name} if given` : `any ${name}`;
  if (optional && isNever(rule)) return `no ${name}`;
  return `${name}${optional ? ' if given' : ''} that ${describePredicate(rule)}`;
}

/** The names of the arguments that one of several sets of rules lists. */
export function argumentNames(...of: readonly ArgumentRules[]): ReadonlySet<string> {
  const listed = of.flatMap((rules) => Object.keys(rules)).filter((name) => name !== ANY);
  return new Set(listed.map((name) => name.replace(/^\?/, '')));
}

function containsRules(outer: ArgumentRules, inner: ArgumentRules): boolean {
  if (inner[ANY] === true && outer[ANY] !== true) return false;
  return [...argumentNames(outer, inner)].every((name) => {
    if (Object.hasOwn(outer, name) && !Object.hasOwn(inner, name)) return false;
    const outerRule = ruleFor(outer, name);
    const innerRule = ruleFor(inner, name);
    if (innerRule === undefined || outerRule === true) return true;
    return outerRule !== undefined && innerRule !== true && containsPredicate(outerRule, innerRule);
  });
}
