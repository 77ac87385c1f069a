import type { Scope } from '../caveats/scope.ts';
import type { Held } from './contain.ts';
import { exactValues } from './exact.ts';

// How much of a token is looked at to tell it apart from others; more would only save comparisons.
const SEGMENTS = 8;
const PATTERNS = 64;
const NAMES = 4;

/** Gives the tokens that may contain a token, in lists that others share; all others certainly do not. */
export type Candidates = (token: number) => readonly (readonly number[])[];

/** Sorts tokens by how their patterns begin and by what they demand exactly. */
export function findCandidates(tokens: readonly Held[], order: readonly number[]): Candidates {
  const exact = tokens.map(exactValues);
  const names = tellingNames(exact);
  const index = new Map<string, number[]>();
  const add = (name: string, token: number) => {
    const bucket = index.get(name);
    if (bucket === undefined) index.set(name, [token]);
    else bucket.push(token);
  };
  for (const token of order) {
    const own = exact[token] as Exact;
    const name = names.find((one) => own.has(one));
    // One scope is enough: what contains another token does so in each scope that it has.
    const [scope = []] = scopesOf(tokens[token] as Held);
    for (const start of new Set(patternsOf(scope).map((pattern) => startsOf(pattern).at(-1)))) {
      if (name === undefined) add(`${start}\n`, token);
      else for (const value of [name, `${name}\n${own.get(name)}`]) add(`${start}\n${value}`, token);
    }
  }
  return (token) => {
    const own = exact[token] as Exact;
    const demands = ['', ...names.map((name) => (own.has(name) ? `${name}\n${own.get(name)}` : name))];
    const bucketsOf = (pattern: string) =>
      startsOf(pattern).flatMap((start) => demands.map((demand) => index.get(`${start}\n${demand}`) ?? []));
    // All patterns of a scope must be contained, so the one with the fewest candidates will do.
    return scopesOf(tokens[token] as Held).flatMap((scope) =>
      patternsOf(scope)
        .slice(0, PATTERNS)
        .map(bucketsOf)
        .reduce((least, buckets) => (count(buckets) < count(least) ? buckets : least)),
    );
  };
}

type Exact = ReadonlyMap<string, string>;

/** The names with the most different values. */
function tellingNames(exact: readonly Exact[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of exact.flatMap((own) => [...own])) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const telling = [...values].filter(([, { size }]) => size > 1).sort(([, a], [, b]) => b.size - a.size);
  return telling.slice(0, NAMES).map(([name]) => name);
}

function count(buckets: readonly (readonly number[])[]): number {
  return buckets.reduce((sum, { length }) => sum + length, 0);
}

function scopesOf({ conditions }: Held): Scope[] {
  return (conditions.get('scope') ?? []).map(({ value }) => value as Scope);
}

function patternsOf(scope: Scope): string[] {
  return scope.flatMap(({ resources }) => resources);
}

/** What a pattern begins with before its first wildcard, from nothing to all of it: what contains it begins with one. */
function startsOf(pattern: string): string[] {
  const segments = pattern.split('/', SEGMENTS);
  const wild = segments.findIndex((segment) => segment.startsWith('*'));
  const literal = wild === -1 ? segments : segments.slice(0, wild);
  return ['', ...literal.map((_, i) => literal.slice(0, i + 1).join('/'))];
}
