import { expect, test } from 'vitest';
import { type Case, interleave } from '../../bench/compare/interleave.ts';

/** A case that is slow enough to be calibrated at once. */
function slow(name: string, result: unknown): Case {
  const wait = new Int32Array(new SharedArrayBuffer(4));
  return {
    name,
    prepare: (count) => Array(count).fill(undefined),
    run() {
      Atomics.wait(wait, 0, 0, 30);
      return result;
    },
  };
}

const tell = () => {};

test('every case is taken once in each round', async () => {
  const samples = await interleave([slow('a', true), slow('b', true)], { rounds: 3, tell });
  expect([...samples].map(([name, all]) => [name, all.length])).toEqual([
    ['a', 3],
    ['b', 3],
  ]);
});

test.each([
  ['at once', false],
  ['later', Promise.resolve(false)],
])('a case that fails %s ends the run', async (_, result) => {
  await expect(interleave([slow('a', result)], { rounds: 1, tell })).rejects.toThrow('1 of 1 runs failed');
});

test('no batch is larger than a case can prepare', async () => {
  const counts: number[] = [];
  const one: Case = {
    name: 'a',
    most: 2,
    prepare: (count) => {
      counts.push(count);
      return Array(count).fill(undefined);
    },
    run: () => new Promise((done) => setTimeout(done, 5)),
  };
  await interleave([one], { rounds: 1, tell });
  expect(Math.max(...counts)).toBe(2);
});

test('what gets slower with use is renewed before it is warmed up and before each round, once for all its cases', async () => {
  let renewed = 0;
  const renew = () => {
    renewed++;
  };
  const cases = [slow('a', true), slow('b', true)].map((one) => ({ ...one, renew }));
  await interleave(cases, { rounds: 3, tell });
  expect(renewed).toBe(2 + 3);
});
