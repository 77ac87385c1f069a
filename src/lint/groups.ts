import { toHex } from '../bytes.ts';
import { containsAuthority, type Effort, type Held } from './contain.ts';
import type { LintedToken, TokenGroup } from './linted.ts';

/** Groups tokens by human, mission and holder. Only what is `live` can be the broadest of its group. */
export function groupTokens(
  tokens: readonly LintedToken[],
  live: ReadonlyMap<number, Held>,
  effort: Effort,
): TokenGroup[] {
  const groups = groupBy(tokens.keys(), (i) => {
    const { grantor, mission, holder, key } = tokens[i] as LintedToken;
    return [grantor, mission, holder, key === undefined ? '' : toHex(key.bytes)];
  });
  return groups.map((own) => {
    const { grantor, mission, holder, key } = tokens[own[0] as number] as LintedToken;
    const times = own.map((i) => (tokens[i] as LintedToken).expires).sort((a, b) => a - b);
    const [earliest, latest] = [times[0] as number, times.at(-1) as number];
    const broadest = findBroadest(
      own.filter((i) => live.has(i)),
      live,
      effort,
    );
    return { grantor, mission, holder, key, tokens: own, earliest, latest, broadest };
  });
}

/** Items of the same names together, in the order of the names. */
export function groupBy<T>(items: Iterable<T>, namesOf: (item: T) => readonly string[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    // No name has a line feed, which sorts before all that they may have.
    const name = namesOf(item).join('\n');
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

// If one contains all others, it wins against whoever came before it and is beaten by nobody after.
function findBroadest(
  own: readonly number[],
  live: ReadonlyMap<number, Held>,
  effort: Effort,
): number | undefined {
  const contains = (outer: number, inner: number) =>
    containsAuthority(live.get(outer) as Held, live.get(inner) as Held, effort);
  const [first, ...rest] = own;
  if (first === undefined) return undefined;
  const winner = rest.reduce((best, other) => (contains(other, best) ? other : best), first);
  const others = own.filter((other) => other !== winner);
  const all = others.every((other) => contains(winner, other));
  return all && others.some((other) => !contains(other, winner)) ? winner : undefined;
}
