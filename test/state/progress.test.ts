import { describe, expect, test } from 'vitest';
import { judgeStep } from '../../src/state/progress.ts';
import { mapRows } from '../support/map-rows.ts';

/** Follows a plan of steps such as `a1-2`, with a request for each letter, and says what step each took. */
function follow(plan: string, requests: string): string {
  const rows = mapRows();
  const steps = plan.split(' ').map((step) => {
    const [, letters = '', min, max] = /^([a-z]+)(\d+)-(\d+)$/.exec(step) ?? [];
    return { letters, min: Number(min), max: Number(max) };
  });
  const taken = [...requests].map((letter) => {
    const admissions = steps.map(({ letters, min, max }) => ({ min, max, admits: letters.includes(letter) }));
    const operation = { kind: 'step', key: 'k', until: 999, steps: admissions } as const;
    const judged = judgeStep(rows, 'k', operation);
    judged.apply();
    return judged.holds ? String(judgeStep(rows, 'k', operation).standing.position) : '-';
  });
  return taken.join('');
}

test.each<[string, string, string, string]>([
  ['steps are taken in order', 'a1-1 b1-1 c1-1', 'abc', '012'],
  ['a step is taken no more than its most', 'a1-2', 'aaa', '00-'],
  ['a step opens when the one before has its least', 'a2-3 b0-1', 'abab', '0-01'],
  ['a step is closed by the next', 'a1-3 b1-3', 'abab', '01-1'],
  ['a step of no least can be passed over', 'a0-1 b0-1 c0-1', 'ca', '2-'],
  ['no step is passed over that lacks its least', 'a0-1 b1-1 c0-1', 'cbc', '-12'],
  ['a full step is passed over for a later one that admits the same', 'a1-1 ab0-2', 'aaba', '011-'],
  ['the first that admits is taken', 'ab1-2 a0-2', 'aaa', '001'],
  ['a step that lacks its least takes before it passes', 'a2-2 a1-1', 'aaaa', '001-'],
  ['what no step admits takes none', 'a0-1', 'xa', '-0'],
  ['a refused request takes nothing', 'a1-1 b1-1', 'bbbab', '---01'],
  ['the least of a step may be its most', 'a3-3 b1-1', 'aabab', '00-01'],
])('%s', (_, plan, requests, expected) => {
  expect(follow(plan, requests)).toBe(expected);
});

describe('a plan', () => {
  const steps = [
    { min: 0, max: 2, admits: true },
    { min: 0, max: 2, admits: false },
  ];
  const operation = { kind: 'step', key: 'k', until: 999, steps } as const;

  test('that nobody followed stands at its start', () => {
    expect(judgeStep(mapRows(), 'k', operation).standing).toEqual({ used: 0, taken: [0, 0], position: 0 });
  });

  test('stands as it did before the charge', () => {
    const rows = mapRows();
    judgeStep(rows, 'k', operation).apply();
    const judged = judgeStep(rows, 'k', operation);
    judged.apply();
    expect(judged.standing).toEqual({ used: 1, taken: [1, 0], position: 0 });
  });

  test('is one row, added by its first step', () => {
    const rows = mapRows();
    expect(judgeStep(rows, 'k', operation).added).toBe(1);
    judgeStep(rows, 'k', operation).apply();
    expect([judgeStep(rows, 'k', operation).added, rows.size()]).toEqual([0, 1]);
  });

  test('that refuses adds no row', () => {
    const rows = mapRows();
    judgeStep(rows, 'k', { ...operation, steps: steps.slice(1) }).apply();
    expect(rows.size()).toBe(0);
  });
});
