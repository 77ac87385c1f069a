import type { Store } from './store.ts';

/** Where a store on disk is. */
export interface LmdbStoreOptions {
  /** The folder of the database; made where neither it nor its witness is there. */
  readonly path: string;
  /** A file that knows how far the store had come, best on another disk; by default beside the folder, `PATH.witness`. */
  readonly witness?: string;
}

/** A store on disk, and what its operator may do. */
export interface LmdbStore extends Store {
  /** Accepts the store as it is, or a new one where it is lost or damaged, at this time (spec §9.6.6). */
  accept(now: number): Promise<void>;
  close(): Promise<void>;
}
