import type { Standing } from './store.ts';

/** An operation, judged: what it would do when all hold. */
export interface Judged {
  readonly standing: Standing;
  readonly holds: boolean;
  /** How many rows it would add, at most. */
  readonly added: number;
  /** Drops what no longer counts, whether or not the charge is refused. */
  tidy?(): void;
  apply(): void;
}
