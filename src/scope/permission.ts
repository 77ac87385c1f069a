import { degenerate, expectArray, expectMap, expectSet, expectText, malformed } from '../cbor/expect.ts';
import type { CborValue } from '../cbor/value.ts';
import type { Facts } from '../facts.ts';
import type { Json, JsonObject } from '../json.ts';
import { isAction } from '../names.ts';
import { containsPattern, isPattern } from './pattern.ts';
import { admitsValue, type Predicate, parsePredicate } from './predicate.ts';

/**
 * What may be done, on what, with which arguments (spec §5.6).
 *
 * `args` absent admits any arguments. Present, it is a closed world: an argument that is not listed denies unless
 * `'*': true`; one that is listed and missing denies unless its name is written `?name`.
 *
 * @example
 * const pay: Permission = { actions: ['pay'], resources: ['invoices/*'], args: { amount: { range: [1, 500] }, '?memo': true } }
 */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly args?: ArgumentRules | undefined;
}

/** Rules by argument name; `true` admits any value. */
export type ArgumentRules = Readonly<Record<string, Predicate | true>>;

/** The action that admits any, and the rule for arguments that are not listed. */
export const ANY = '*';

/** Reads a permission from the wire. @throws DecodeError `claim.value`, `claim.set`, `claim.degenerate` */
export function parsePermission(value: CborValue, path: string): Permission {
  const [actions, resources, args] = expectArray(value, path, 2, 3) as [CborValue, CborValue, CborValue?];
  return {
    actions: expectSet(actions, path, parseAction),
    resources: expectSet(resources, path, parsePattern),
    args: args === undefined ? args : parseRules(args, path),
  };
}

/** Whether the permission names the action. */
export function admitsAction(permission: Permission, action: string): boolean {
  return permission.actions.some((own) => own === ANY || own === action);
}

/** Whether the permission covers the resource. */
export function admitsResource(permission: Permission, resource: string): boolean {
  return permission.resources.some((pattern) => containsPattern(pattern, resource));
}

/** Whether the permission admits the arguments. */
export function admitsArguments({ args: rules }: Permission, args: JsonObject): boolean {
  if (rules === undefined) return true;
  return (
    Object.keys(args).every((name) => ruleFor(rules, name) !== undefined) &&
    Object.entries(rules).every(([name, rule]) => name === ANY || admitsArgument(name, rule, args))
  );
}

/** Whether the permission admits a request. */
export function admitsRequest(
  permission: Permission,
  { action, resource, args }: Pick<Facts, 'action' | 'resource' | 'args'>,
): boolean {
  return (
    admitsAction(permission, action) &&
    admitsResource(permission, resource) &&
    admitsArguments(permission, args)
  );
}

/** `*`, or the name of an argument, which starts with `?` where it may be missing. */
function isRuleName(name: unknown): name is string {
  return name === ANY || (typeof name === 'string' && /^\??(?!\*$)[!->@-~][!-~]{0,254}$/.test(name));
}

function parseAction(value: CborValue, path: string): string {
  return value === ANY ? ANY : expectText(value, path, isAction);
}

function parsePattern(value: CborValue, path: string): string {
  return expectText(value, path, isPattern);
}

function parseRules(value: CborValue, path: string): ArgumentRules {
  const map = expectMap(value, path);
  if (map.size === 1 && map.get(ANY) === true) return degenerate(path);
  const rules = [...map].map(([name, rule]): [string, Predicate | true] => {
    if (!isRuleName(name) || (name === ANY && rule !== true)) return malformed(path);
    if (name.startsWith('?') && map.has(name.slice(1))) return degenerate(path);
    return [name, rule === true ? true : parsePredicate(rule, path)];
  });
  return Object.fromEntries(rules);
}

/** The rule for an argument, whether it is required, optional or any other; `undefined` where it must not be there. */
export function ruleFor(rules: ArgumentRules, name: string): Predicate | true | undefined {
  // Nothing that objects inherit starts with a question mark.
  return Object.hasOwn(rules, name) ? rules[name] : (rules[`?${name}`] ?? rules[ANY]);
}

function admitsArgument(listed: string, rule: Predicate | true, args: JsonObject): boolean {
  const optional = listed.startsWith('?');
  const name = optional ? listed.slice(1) : listed;
  if (!Object.hasOwn(args, name)) return optional;
  return rule === true || admitsValue(rule, args[name] as Json);
}
