import type { Standing } from './store.ts';

/** An operation, judged: what it would do when all hold. */
export interface Judged {
  readonly standing: Standing;
  readonly holds: boolean;
  /** What it does whether or not the charge is refused, and how many rows that adds. */
  keep?(): void;
  readonly kept?: number;
  /** How many rows it would add, at most. */
  readonly added: number;
  /** Drops what no longer counts, whether or not the charge is refused. */
  tidy?(): void;
  apply(): void;
}
