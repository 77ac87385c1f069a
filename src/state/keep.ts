import * as limits from '../limits.ts';
import type { Judged } from './judged.ts';
import type { Rows } from './rows.ts';
import type { Kept, Operation } from './store.ts';

/** What is kept; an empty text where two of one time contradicted each other. */
type KeptRow = readonly [until: number, at: number, final: number, what: string];

type Keep = Extract<Operation, { kind: 'keep' }>;

/** Judges whether nothing later, contrary or final was said before (spec §9.7.4). */
export function judgeKeep(rows: Rows, key: string, keep: Keep, at: number): Judged {
  const kept = keptUnder(rows, key, at);
  return {
    standing: { used: kept === undefined ? 0 : 1, kept },
    holds: kept === undefined || isSame(kept, keep) || replaces(keep, kept),
    kept: rows.get(key) === undefined ? 1 : 0,
    added: 0,
    // Read anew: of two under one key, the second is compared with the first.
    keep: () => write(rows, key, keep, at),
    apply() {},
  };
}

function write(rows: Rows, key: string, keep: Keep, time: number): void {
  const { until, at, what, final } = keep;
  const row = rows.get(key) as KeptRow | undefined;
  const kept = keptUnder(rows, key, time);
  const replaced = kept === undefined || replaces(keep, kept);
  const contradicts = kept !== undefined && !kept.final && at === kept.at && what !== kept.what;
  // Older statements are no danger once they are stale, which is when the longest that asked says.
  const longest = Math.max(until, row?.[0] ?? 0);
  const next: KeptRow = replaced
    ? [longest, at, Number(final), what]
    : [longest, kept.at, Number(kept.final), contradicts ? '' : kept.what];
  if (row === undefined) rows.add(key, next, longest);
  else if (replaced || contradicts || longest > row[0]) rows.set(key, next);
}

// What is past its time may or may not have been dropped already; either way it is forgotten.
function keptUnder(rows: Rows, key: string, time: number): Kept | undefined {
  const row = rows.get(key) as KeptRow | undefined;
  return row && row[0] > time - limits.skew ? { at: row[1], what: row[3], final: row[2] === 1 } : undefined;
}

// What ended has ended, in whatever order it is learnt.
function replaces({ at, final }: Keep, kept: Kept): boolean {
  return !kept.final && (final || at > kept.at);
}

function isSame(kept: Kept, { at, what }: Keep): boolean {
  return kept.at === at && kept.what === what;
}
