import type { CaveatName } from '../caveats/all.ts';
import type { Context } from '../caveats/context.ts';
import type { Scope } from '../caveats/scope.ts';
import { ANY } from '../scope/permission.ts';
import type { Predicate } from '../scope/predicate.ts';
import { type Held, isOfBlock, type Sized } from './contain.ts';

/** What an authority demands to be one exact value, by name. Two that demand different ones contain no part of each other. */
export function exactValues({ conditions, ids }: Held): ReadonlyMap<string, string> {
  const single = [...conditions].filter(([, held]) => held.length === 1);
  return new Map(single.flatMap(([name, held]) => exactOf(name, held[0] as Sized, ids)));
}

type Exact = readonly [name: string, value: string];

function exactOf(name: CaveatName, { value, blocks }: Sized, ids: Held['ids']): Exact[] {
  if (isOfBlock(name)) return [[name, ids[blocks[0] ?? 0] ?? '']];
  if (name === 'aud') return exactlyOne('aud', value as readonly string[]);
  if (name === 'context') return exactIn('context', value as Context);
  if (name !== 'scope') return [];
  const [permission, ...more] = value as Scope;
  if (permission === undefined || more.length > 0) return [];
  return [...exactlyOne('action', permission.actions), ...exactIn('argument', permission.args ?? {})];
}

function exactlyOne(name: string, values: readonly string[]): Exact[] {
  return values.length === 1 && values[0] !== ANY ? [[name, values[0] as string]] : [];
}

// An argument that may be missing is the same one.
function exactIn(kind: string, rules: Readonly<Record<string, Predicate | true>>): Exact[] {
  return Object.entries(rules).flatMap(([name, rule]): Exact[] =>
    rule !== true && 'eq' in rule ? [[`${kind} ${name.replace(/^\?/, '')}`, JSON.stringify(rule.eq)]] : [],
  );
}
