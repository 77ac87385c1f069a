import type { Judged } from './judged.ts';
import type { Rows } from './rows.ts';
import type { Kept, Operation } from './store.ts';

/** What is kept; an empty text where two of one time contradicted each other. */
type KeptRow = readonly [until: number, at: number, final: number, what: string];

type Keep = Extract<Operation, { kind: 'keep' }>;

/** Judges whether nothing later, contrary or final was said before (spec §9.7.4). */
export function judgeKeep(rows: Rows, key: string, keep: Keep): Judged {
  const kept = keptUnder(rows, key);
  return {
    standing: { used: kept === undefined ? 0 : 1, kept },
    holds: kept === undefined || isSame(kept, keep) || (!kept.final && keep.at > kept.at),
    kept: kept === undefined ? 1 : 0,
    added: 0,
    // Read anew: of two under one key, the second is compared with the first.
    keep: () => write(rows, key, keep),
    apply() {},
  };
}

function write(rows: Rows, key: string, { until, at, what, final }: Keep): void {
  const row = rows.get(key) as KeptRow | undefined;
  const kept = keptUnder(rows, key);
  const replaces = kept === undefined || (!kept.final && at > kept.at);
  const contradicts = kept !== undefined && !kept.final && at === kept.at && what !== kept.what;
  // Older statements are no danger once they are stale, which is when the longest that asked says.
  const longest = Math.max(until, row?.[0] ?? 0);
  const next: KeptRow = replaces
    ? [longest, at, Number(final), what]
    : [longest, kept.at, Number(kept.final), contradicts ? '' : kept.what];
  if (row === undefined || longest > row[0]) rows.add(key, next, longest);
  else if (replaces || contradicts) rows.set(key, next);
}

function keptUnder(rows: Rows, key: string): Kept | undefined {
  const row = rows.get(key) as KeptRow | undefined;
  return row && { at: row[1], what: row[3], final: row[2] === 1 };
}

function isSame(kept: Kept, { at, what }: Keep): boolean {
  return kept.at === at && kept.what === what;
}
