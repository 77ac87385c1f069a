import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import type { ArgumentRules, Permission } from '../../src/scope/permission.ts';
import { narrowerPredicate, predicates, probes } from './predicates.ts';

// Small alphabets on purpose: what is drawn meets what else is drawn, so that laws are tested and not passed over.

/** A request as a permission sees it. */
export interface PlainRequest {
  readonly action: string;
  readonly resource: string;
  readonly args: JsonObject;
}

const segments = fc.constantFrom('a', 'b', 'ab', 'a-b');
const schemes = fc.constantFrom('', '', '', 's://', 'https://');
const path = (part: fc.Arbitrary<string>, min: number, max: number): fc.Arbitrary<string[]> =>
  fc.array(part, { minLength: min, maxLength: max });

/** Resources of one to four segments, some with a scheme. */
export const resources: fc.Arbitrary<string> = fc
  .tuple(schemes, path(segments, 1, 4))
  .map(([scheme, parts]) => scheme + parts.join('/'));

/** Patterns of one to four segments, some with a scheme. */
export const patterns: fc.Arbitrary<string> = fc
  .tuple(
    schemes,
    path(fc.oneof(segments, fc.constant('*')), 0, 3),
    fc.constantFrom('a', 'b', '*', '**', '**'),
  )
  .map(([scheme, parts, last]) => scheme + [...parts, last].join('/'));

/** Resources that a pattern admits. */
export function resourceOf(pattern: string): fc.Arbitrary<string> {
  return fill(pattern, segments);
}

/** Patterns that a pattern contains. */
export function narrowerPattern(pattern: string): fc.Arbitrary<string> {
  return fill(pattern, fc.oneof(segments, fc.constant('*'))).chain((filled) =>
    pattern.endsWith('**') ? fc.constantFrom(pattern, filled, `${filled}/**`) : fc.constant(filled),
  );
}

function fill(pattern: string, part: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const [, scheme = '', rest = ''] = /^([a-z]+:\/\/)?(.*)$/.exec(pattern) ?? [];
  const parts = rest.split('/').map((segment) => {
    if (segment === '**') return path(part, 1, 3).map((inner) => inner.join('/'));
    return segment === '*' ? part : fc.constant(segment);
  });
  return fc.tuple(...parts).map((filled) => scheme + filled.join('/'));
}

const actionNames = ['read', 'write', 'pay'] as const;
const actions = fc.constantFrom(...actionNames);
const argumentNames = fc.constantFrom('x', 'y', '__proto__', 'constructor', 'toString');

/** Rules for arguments, with names that every object has among them; never `{'*': true}` alone. */
export const argumentRules: fc.Arbitrary<ArgumentRules> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(argumentNames, fc.boolean(), fc.oneof(predicates, fc.constant(true as const))), {
      maxLength: 3,
      selector: ([name]) => name,
    }),
    fc.boolean(),
  )
  .map(([rules, open]) =>
    Object.fromEntries([
      ...rules.map(([name, optional, rule]) => [optional ? `?${name}` : name, rule]),
      ...(open && rules.length > 0 ? [['*', true]] : []),
    ]),
  );

/** Permissions, of which some have no rules for arguments. */
export const permissions: fc.Arbitrary<Permission> = fc.record({
  actions: fc.oneof(set(actions, 2), fc.constant(['*'])),
  resources: set(patterns, 2),
  args: fc.option(argumentRules, { nil: undefined }),
});

/** Permissions that ask for no more than a permission has. */
export function narrowerPermission(outer: Permission): fc.Arbitrary<Permission> {
  return fc.record({
    actions: outer.actions.includes('*') ? set(actions, 2) : nonEmpty(outer.actions),
    resources: set(fc.constantFrom(...outer.resources).chain(narrowerPattern), 2),
    args: outer.args === undefined ? fc.option(argumentRules, { nil: undefined }) : narrowerRules(outer.args),
  });
}

function narrowerRules(outer: ArgumentRules): fc.Arbitrary<ArgumentRules> {
  const entries = Object.entries(outer).map(([name, rule]) => {
    if (name === '*') return fc.constantFrom([], [['*', true]]);
    const inner = rule === true ? fc.oneof(fc.constant(true as const), predicates) : narrowerPredicate(rule);
    const names = name.startsWith('?') ? [name, name.slice(1)] : [name];
    const kept = fc.tuple(fc.constantFrom(...names), inner).map((entry) => [entry]);
    return name.startsWith('?') ? fc.oneof(kept, fc.constant([])) : kept;
  });
  return fc
    .tuple(...entries)
    .map((kept) => Object.fromEntries((kept as [string, true][][]).flat()) as ArgumentRules)
    .map((rules) => (Object.keys(rules).length === 1 && '*' in rules ? {} : rules));
}

/** Requests that come close to the given permissions: their actions, resources of their patterns, probes of their rules. */
export function requestsNear(...of: readonly Permission[]): fc.Arbitrary<PlainRequest> {
  const rules = of.flatMap(({ args = {} }) => Object.entries(args)).filter(([name]) => name !== '*');
  const names = ['x', 'extra', ...rules.map(([name]) => name.replace(/^\?/, ''))];
  const values = probes(...rules.flatMap(([, rule]) => (rule === true ? [] : [rule])));
  const argument = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values));
  return fc.record({
    action: actions,
    resource: fc.oneof(fc.constantFrom(...of.flatMap((one) => one.resources)).chain(resourceOf), resources),
    args: fc.array(argument, { maxLength: 4 }).map((entries): JsonObject => Object.fromEntries(entries)),
  });
}

function set<T>(items: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> {
  return fc.uniqueArray(items, { minLength: 1, maxLength });
}

function nonEmpty<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.subarray([...items], { minLength: 1 });
}
