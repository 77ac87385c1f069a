import type { Row } from './rows.ts';

type Shape = (row: readonly unknown[]) => boolean;

const isCount = (part: unknown): boolean => typeof part === 'number' && part >= 0;

const ofCounts =
  (least: number, most = least): Shape =>
  (row) =>
    row.length >= least && row.length <= most && row.every(isCount);

/** What rows are, by the first character of their keys; those of `once`, of the time and of what is settled are a single number. */
const shapes: Readonly<Record<string, Shape>> = {
  o: ofCounts(1),
  '!': ofCounts(1),
  s: ofCounts(4),
  u: ofCounts(2),
  p: ofCounts(3, Number.POSITIVE_INFINITY),
  k: ([until, at, final, what, ...more]) =>
    [until, at, final].every(isCount) && typeof what === 'string' && more.length === 0,
  r: ([until, ...entries]) =>
    isCount(until) &&
    entries.length % 4 === 0 &&
    entries.every((part, i) => (i % 2 === 0 ? typeof part === 'string' : isCount(part))),
};

/** Whether the engine writes such a row under such a key; what was read from a disk may be anything. */
export function isRow(key: string, row: unknown): row is Row {
  const [kind = ''] = key;
  const single = typeof row === 'number';
  const may = single ? 'o!r' : 'suprk';
  if (kind === '' || !may.includes(kind) || !(single || Array.isArray(row))) return false;
  return (shapes[kind] as Shape)(single ? [row] : row);
}
