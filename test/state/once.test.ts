import { expect, test } from 'vitest';
import { judgeOnce } from '../../src/state/once.ts';
import { mapRows } from '../support/map-rows.ts';

const once = (until: number) => ({ kind: 'once', key: 'k', until }) as const;

test('a key is remembered when it is applied, and not before', () => {
  const rows = mapRows();
  const judged = judgeOnce(rows, 'k', once(200), 100);
  expect([judged.holds, rows.size()]).toEqual([true, 0]);
  judged.apply();
  expect([judgeOnce(rows, 'k', once(200), 100).holds, rows.size()]).toEqual([false, 1]);
});

test.each([
  [199, false],
  [200, false],
  [229, false],
  [230, true],
])('a key until 200 can be used again at %i: %s', (at, expected) => {
  const rows = mapRows();
  judgeOnce(rows, 'k', once(200), 100).apply();
  const { holds, standing } = judgeOnce(rows, 'k', once(400), at);
  expect([holds, standing.used]).toEqual([expected, expected ? 0 : 1]);
});

test('a key that is used again is remembered for its new time', () => {
  const rows = mapRows();
  judgeOnce(rows, 'k', once(200), 100).apply();
  judgeOnce(rows, 'k', once(400), 230).apply();
  expect(judgeOnce(rows, 'k', once(999), 420).holds).toBe(false);
});
