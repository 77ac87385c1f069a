import * as limits from '../limits.ts';
import type { Judged } from './judged.ts';
import type { Rows } from './rows.ts';
import type { Operation } from './store.ts';

/** Judges whether a key is remembered. */
export function judgeOnce(
  rows: Rows,
  key: string,
  { until }: Extract<Operation, { kind: 'once' }>,
  at: number,
): Judged {
  const row = rows.get(key) as number | undefined;
  // What is past its time may or may not have been dropped already; either way it is forgotten.
  const seen = row !== undefined && row > at - limits.skew;
  return {
    standing: { used: seen ? 1 : 0 },
    holds: !seen,
    added: 1,
    apply: () => rows.add(key, until, until),
  };
}
