/** What stands under a key: when it may be forgotten, and beside that what its kind needs. */
export type Row = number | readonly (number | string)[];

/**
 * The rows of an embedded store, within one transaction. What is written is seen at once, and is kept as a whole or
 * not at all; between the first and the last call nobody else writes.
 */
export interface Rows {
  get(key: string): Row | undefined;
  /** Adds a row that may be forgotten at a time, which `expired` tells. */
  add(key: string, row: Row, until: number): void;
  /** Replaces a row, or adds one that another row keeps track of. */
  set(key: string, row: Row): void;
  delete(key: string): void;
  /** Up to `max` keys that were added with a time up to `before`; each is named once. */
  expired(before: number, max: number): readonly string[];
  /** All keys that start with a prefix. */
  keys(prefix: string): Iterable<string>;
  /** How many rows there is room for. */
  room(): number;
}
