import { describe, expect, test } from 'vitest';
import { judgeKeep } from '../../src/state/keep.ts';
import type { Row } from '../../src/state/rows.ts';
import type { Operation } from '../../src/state/store.ts';
import { mapRows } from '../support/map-rows.ts';

type Keep = Extract<Operation, { kind: 'keep' }>;

const T = 1000;
const say = (at: number, what: string, more: Partial<Keep> = {}): Keep => ({
  kind: 'keep',
  key: 'k',
  until: 5000,
  at,
  what,
  final: false,
  ...more,
});
const end = (at: number, what: string, more: Partial<Keep> = {}) => say(at, what, { final: true, ...more });

/** Which of what is said one after the other holds, and what is kept in the end. */
function hold(...all: readonly Keep[]) {
  const rows = mapRows();
  const held = all.map((keep) => {
    const judged = judgeKeep(rows, 'k', keep, T);
    judged.keep?.();
    return judged.holds;
  });
  return { held, kept: judgeKeep(rows, 'k', say(0, 'x'), T).standing.kept, row: rows.get('k') };
}

describe('of what is said', () => {
  test.each<[string, Keep[], boolean[], number, string]>([
    ['the first holds', [say(5, 'a')], [true], 5, 'a'],
    ['the same holds again', [say(5, 'a'), say(5, 'a')], [true, true], 5, 'a'],
    ['something later holds', [say(5, 'a'), say(6, 'b')], [true, true], 6, 'b'],
    ['the same, later, holds', [say(5, 'a'), say(6, 'a')], [true, true], 6, 'a'],
    ['something older does not', [say(5, 'a'), say(4, 'a')], [true, false], 5, 'a'],
    ['something else of the same time does not', [say(5, 'a'), say(5, 'b')], [true, false], 5, ''],
    ['neither of two of one time holds from then on', [say(5, 'a'), say(5, 'b'), say(5, 'a')], [true, false, false], 5, ''],
    ['something later than two of one time holds', [say(5, 'a'), say(5, 'b'), say(6, 'a')], [true, false, true], 6, 'a'],
    ['what is final holds', [say(5, 'a'), end(6, 'z')], [true, true], 6, 'z'],
    ['what is final holds though it is older', [say(5, 'a'), end(4, 'z')], [true, true], 4, 'z'],
    ['what is final holds of the same time', [say(5, 'a'), end(5, 'z')], [true, true], 5, 'z'],
    ['nothing holds after what is final', [end(5, 'z'), say(6, 'a')], [true, false], 5, 'z'],
    ['nothing else of its time contradicts it', [end(5, 'z'), say(5, 'a')], [true, false], 5, 'z'],
    ['what is final in another way does not hold after it', [end(5, 'z'), end(6, 'y')], [true, false], 5, 'z'],
    ['what is final holds again', [end(5, 'z'), end(5, 'z')], [true, true], 5, 'z'],
  ])('%s', (_, all, held, at, what) => {
    const { held: own, kept } = hold(...all);
    expect([own, kept?.at, kept?.what]).toEqual([held, at, what]);
  }); // biome-ignore format: a row a line
});

describe('it is kept', () => {
  test.each<[string, Keep[], number]>([
    ['for the longest that asked', [say(5, 'a', { until: 3000 }), say(5, 'a', { until: 4000 })], 4000],
    ['no shorter because another asks for less', [say(5, 'a', { until: 4000 }), say(6, 'b', { until: 3000 })], 4000],
    ['for longer where something older asks for it', [say(5, 'a', { until: 3000 }), say(4, 'b', { until: 4000 })], 4000],
    ['for longer though it is final', [end(5, 'z', { until: 3000 }), say(6, 'b', { until: 4000 })], 4000],
  ])('%s', (_, all, until) => {
    expect((hold(...all).row as number[])[0]).toBe(until);
  }); // biome-ignore format: a row a line

  test.each([
    [1029, false],
    [1030, true],
  ])('until 1000 and 30 seconds more: at %i, something older holds: %s', (time, holds) => {
    const rows = mapRows();
    judgeKeep(rows, 'k', end(5, 'z', { until: 1000 }), 900).keep?.();
    expect(judgeKeep(rows, 'k', say(4, 'a'), time).holds).toBe(holds);
  });

  test('where a charge is refused too, and not applied', () => {
    const rows = mapRows();
    const judged = judgeKeep(rows, 'k', say(5, 'a'), T);
    judged.apply();
    expect(rows.size()).toBe(0);
    judged.keep?.();
    expect([rows.size(), rows.get('k')]).toEqual([1, [5000, 5, 0, 'a']]);
  });

  test('in one row, which is said beforehand to be needed', () => {
    const rows = mapRows();
    const first = judgeKeep(rows, 'k', say(5, 'a'), T);
    first.keep?.();
    const next = judgeKeep(rows, 'k', say(6, 'b'), T);
    expect([first.kept, first.added, next.kept, next.added]).toEqual([1, 0, 0, 0]);
  });
});

test('whoever keeps track of times is told of a row once, however often it is kept for longer', () => {
  const rows = mapRows();
  let added = 0;
  const counting = {
    ...rows,
    add: (key: string, row: Row, until: number) => {
      added++;
      rows.add(key, row, until);
    },
  };
  for (const until of [2000, 3000, 4000]) judgeKeep(counting, 'k', say(5, 'a', { until }), T).keep?.();
  expect([added, (rows.get('k') as number[])[0]]).toEqual([1, 4000]);
});

test('two of one charge are compared with each other', () => {
  const rows = mapRows();
  const both = [say(5, 'a'), say(5, 'b')].map((keep) => judgeKeep(rows, 'k', keep, T));
  for (const judged of both) judged.keep?.();
  expect(rows.get('k')).toEqual([5000, 5, 0, '']);
});
