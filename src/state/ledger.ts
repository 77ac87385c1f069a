import { RequestError, StoreError } from '../errors.ts';
import * as limits from '../limits.ts';
import { deleteCounter, giveBack, judgeSpend } from './counter.ts';
import type { Judged } from './judged.ts';
import { judgeKeep } from './keep.ts';
import { judgeOnce } from './once.ts';
import { judgeStep } from './progress.ts';
import type { Row, Rows } from './rows.ts';
import type { Charge, Operation, Outcome, Settlement, Standing } from './store.ts';

/** The latest time that the store has seen. */
const TIME = '!';

/** The rows that a charge forgets beside those that it may have added, so that what is expired goes away by itself. */
const FORGET = 4;

type Reserved = readonly [until: number, ...(string | number)[]];

/**
 * {@link Store.charge} over rows: judges all operations, then does all, or none where one refuses.
 *
 * @throws StoreError `store.clock`, `store.full`
 */
export function chargeRows(rows: Rows, { now, operations, reservation }: Charge): Outcome {
  const at = advance(rows, now);
  forget(rows, at, operations.length + FORGET);
  const judged = operations.map((operation) => judge(rows, operation, at));
  for (const operation of judged) operation.tidy?.();
  const kept = judged.reduce((sum, operation) => sum + (operation.kept ?? 0), 0);
  if (kept > rows.room()) throw new StoreError('store.full');
  for (const operation of judged) operation.keep?.();
  const refused = judged.flatMap(({ holds }, i) => (holds ? [] : [i]));
  if (refused.length === 0) {
    const added = judged.reduce((sum, operation) => sum + operation.added, reservation ? 1 : 0);
    if (added > rows.room()) throw new StoreError('store.full');
    for (const operation of judged) operation.apply();
    if (reservation) {
      const { id, until } = reservation;
      rows.add(rowKey('reserved', id), [until, ...reserve(operations, at)], until);
    }
  }
  return { refused, standing: judged.map(({ standing }) => standing) };
}

/** {@link Store.look} over rows. */
export function lookRows(rows: Rows, { now, operations }: Charge): Standing[] {
  const at = Math.max(now, latestOf(rows));
  return operations.map((operation) => judge(rows, operation, at).standing);
}

/** {@link Store.settle} over rows. @throws StoreError `store.clock`; RequestError `cost.malformed` */
export function settleRows(rows: Rows, { now, id, costs }: Settlement): boolean {
  const at = advance(rows, now);
  const row = rows.get(rowKey('reserved', id)) as Reserved | number | undefined;
  if (row === undefined || typeof row === 'number' || row[0] <= at) return false;
  const entries = entriesOf(row);
  const settled = entries.map((entry) => ({ ...entry, actual: costs[entry.unit] as number }));
  const named = Object.keys(costs).every((unit) => entries.some((entry) => entry.unit === unit));
  const fits = settled.every(
    ({ actual, cost }) => Number.isSafeInteger(actual) && actual >= 0 && actual <= cost,
  );
  if (!named || !fits) throw new RequestError('cost.malformed');
  for (const { key, time, cost, actual } of settled) giveBack(rows, key, time, cost - actual);
  // What is settled keeps its room until its time, as all does that will be looked at then.
  rows.set(rowKey('reserved', id), row[0]);
  return true;
}

/** {@link Store.lift} over rows. */
export function liftRows(rows: Rows, prefix: string, part: string): string[] {
  const found = [...rows.keys(rowKey('spend', prefix))].filter((key) => key.includes(part));
  for (const key of found) deleteRow(rows, key);
  return found.map((key) => key.slice(1));
}

/**
 * {@link Store.prune} over rows, of which it looks at no more than `max`.
 *
 * @returns how many rows it dropped, and how many it looked at; where that is none, nothing is left to drop
 * @throws StoreError `store.clock`, `store.failed`
 */
export function pruneRows(rows: Rows, now: number, max: number): { dropped: number; seen: number } {
  return forget(rows, advance(rows, now), max);
}

function judge(rows: Rows, operation: Operation, at: number): Judged {
  const key = rowKey(operation.kind, operation.key);
  switch (operation.kind) {
    case 'once':
      return judgeOnce(rows, key, operation, at);
    case 'spend':
      return judgeSpend(rows, key, operation, at);
    case 'keep':
      return judgeKeep(rows, key, operation, at);
    case 'step':
      return judgeStep(rows, key, operation);
  }
}

// Verifiers whose clocks differ share a store, and one whose clock was set back would allow what was over.
function advance(rows: Rows, now: number): number {
  checkNow(now);
  const latest = latestOf(rows);
  if (now < latest - limits.skew) throw new StoreError('store.clock');
  if (now > latest) rows.set(TIME, now);
  return Math.max(now, latest);
}

/**
 * Whether a time can be a store's: given milliseconds, it would forget all that it keeps.
 *
 * @throws StoreError `store.failed`
 */
export function checkNow(now: number): void {
  if (!Number.isSafeInteger(now) || now < 0 || now >= limits.time)
    throw new StoreError('store.failed', { detail: 'now is no time in Unix seconds' });
}

/** The latest time that the store has seen. */
export function latestOf(rows: Rows): number {
  return (rows.get(TIME) as number | undefined) ?? 0;
}

/** Sets the latest time that the store has seen, which may be an earlier one. */
export function setLatest(rows: Rows, now: number): void {
  rows.set(TIME, now);
}

function forget(rows: Rows, at: number, max: number): { dropped: number; seen: number } {
  const keys = rows.expired(at - limits.skew, max);
  let dropped = 0;
  for (const key of keys) {
    const row = rows.get(key);
    if (row === undefined) continue;
    const until = untilOf(row);
    if (until <= at - limits.skew) {
      deleteRow(rows, key);
      dropped++;
    } else if (key.startsWith(PREFIX.keep)) {
      // Kept for longer since, which its time does not tell before; all other rows were added anew.
      rows.add(key, row, until);
    }
  }
  return { dropped, seen: keys.length };
}

function deleteRow(rows: Rows, key: string): void {
  if (key.startsWith(PREFIX.spend)) deleteCounter(rows, key);
  else rows.delete(key);
}

function untilOf(row: Row): number {
  return (typeof row === 'number' ? row : row[0]) as number;
}

function reserve(operations: readonly Operation[], at: number): (string | number)[] {
  return operations.flatMap((operation) =>
    operation.kind === 'spend' && operation.unit !== undefined
      ? [
          rowKey('spend', operation.key),
          operation.window === undefined ? 0 : at,
          operation.unit,
          operation.cost,
        ]
      : [],
  );
}

function entriesOf([, ...flat]: Reserved): { key: string; time: number; unit: string; cost: number }[] {
  return Array.from({ length: flat.length / 4 }, (_, i) => {
    const [key, time, unit, cost] = flat.slice(4 * i) as [string, number, string, number];
    return { key, time, unit, cost };
  });
}

// What a row is stands in front of its key, so that no two kinds are ever taken for each other.
const PREFIX = { once: 'o', spend: 's', keep: 'k', step: 'p', reserved: 'r' } as const;

function rowKey(kind: keyof typeof PREFIX, key: string): string {
  return PREFIX[kind] + key;
}
