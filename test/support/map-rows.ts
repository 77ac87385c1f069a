import type { Row, Rows } from '../../src/state/rows.ts';

/** Rows in a map, which tests can count. What is written is frozen, so that no row is changed in its place. */
export function mapRows(): Rows & { readonly size: () => number } {
  const rows = new Map<string, Row>();
  const put = (key: string, row: Row) => void rows.set(key, Object.freeze(row));
  return {
    get: (key) => rows.get(key),
    add: put,
    set: put,
    delete: (key) => void rows.delete(key),
    expired: () => [],
    keys: (prefix) => [...rows.keys()].filter((key) => key.startsWith(prefix)),
    room: () => Number.POSITIVE_INFINITY,
    size: () => rows.size,
  };
}
