import { StoreError } from '../errors.ts';
import type { Judged } from './judged.ts';
import type { Rows } from './rows.ts';
import type { Operation } from './store.ts';

type Spend = Extract<Operation, { kind: 'spend' }>;

/** What is used; with a window, the times of the oldest and newest use, 0 where there is none. */
type Counter = [until: number, used: number, oldest: number, newest: number];

/** What was used at one second, and the time of the next use, 0 after the newest. */
type Use = [cost: number, next: number];

/** Judges whether a cost fits into what an amount leaves. A counter with a window is a queue of its seconds. */
export function judgeSpend(rows: Rows, key: string, spend: Spend, at: number): Judged {
  const { cost, amount, window } = spend;
  const row = rows.get(key) as Counter | undefined;
  const counter: Counter = row === undefined ? [spend.until, 0, 0, 0] : [...row];
  const over = window === undefined ? [] : slide(rows, key, counter, at - window);
  const [, used, oldest, newest] = counter;
  return {
    standing: { used, ...(window !== undefined && oldest > 0 && { frees: oldest + window }) },
    holds: cost <= amount - used,
    // What costs nothing leaves no trace.
    added: cost === 0 ? 0 : (row === undefined ? 1 : 0) + (window !== undefined && newest !== at ? 1 : 0),
    tidy() {
      if (over.length > 0) rows.set(key, [...counter]);
      for (const use of over) rows.delete(use);
    },
    apply() {
      if (cost === 0) return;
      counter[1] += cost;
      if (window !== undefined) append(rows, key, counter, at, cost);
      if (row === undefined) rows.add(key, counter, spend.until);
      else rows.set(key, counter);
    },
  };
}

/** Gives back a part of what was used at a time, 0 without a window; no more than still counts, after a lift for one. */
export function giveBack(rows: Rows, key: string, at: number, cost: number): void {
  const counter = rows.get(key) as Counter | undefined;
  if (counter === undefined) return;
  const [until, used, oldest, newest] = counter;
  const use = at > 0 ? (rows.get(useKey(key, at)) as Use | undefined) : undefined;
  if (at > 0 && use === undefined) return;
  const back = Math.min(cost, use?.[0] ?? used);
  if (use !== undefined) rows.set(useKey(key, at), [use[0] - back, use[1]]);
  rows.set(key, [until, used - back, oldest, newest]);
}

/** Deletes a counter with all its uses. */
export function deleteCounter(rows: Rows, key: string): void {
  const uses = slide(rows, key, [...(rows.get(key) as Counter)], Number.POSITIVE_INFINITY);
  for (const use of [...uses, key]) rows.delete(use);
}

// A use at time t counts in (now − window, now], so what was at `before` itself is over. Gives the keys of those uses.
function slide(rows: Rows, key: string, counter: Counter, before: number): string[] {
  const over: string[] = [];
  while (counter[2] > 0 && counter[2] <= before) {
    const [cost, next] = useAt(rows, key, counter[2]);
    over.push(useKey(key, counter[2]));
    counter[1] -= cost;
    counter[2] = next;
  }
  if (counter[2] === 0) counter[3] = 0;
  return over;
}

function append(rows: Rows, key: string, counter: Counter, at: number, cost: number): void {
  const [, , oldest, newest] = counter;
  if (newest === at) {
    const [before] = useAt(rows, key, at);
    rows.set(useKey(key, at), [before + cost, 0]);
    return;
  }
  rows.set(useKey(key, at), [cost, 0]);
  if (newest > 0) {
    const [last] = useAt(rows, key, newest);
    rows.set(useKey(key, newest), [last, at]);
  }
  counter[2] = oldest === 0 ? at : oldest;
  counter[3] = at;
}

// Another first character than that of counters, of which a prefix finds no uses then.
function useKey(key: string, at: number): string {
  return `u${key}@${at}`;
}

// What a counter names is there, unless the rows were damaged.
function useAt(rows: Rows, key: string, at: number): Use {
  const use = rows.get(useKey(key, at)) as Use | undefined;
  if (use === undefined) throw new StoreError('store.damaged', { detail: 'use' });
  return use;
}
