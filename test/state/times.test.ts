import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Times } from '../../src/state/times.ts';

function drain(times: Times): number[] {
  const drained: number[] = [];
  for (; times.first < Number.POSITIVE_INFINITY; times.shift()) drained.push(times.first);
  return drained;
}

test('times come out in order, whatever the order they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), (given) => {
      const times = new Times();
      for (const time of given) times.add(time);
      expect(drain(times)).toEqual([...given].sort((a, b) => a - b));
    }),
  );
});

test('times come out in order where some are taken away between others', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat())), (steps) => {
      const times = new Times();
      let left: number[] = [];
      for (const time of steps) {
        if (time === null) {
          times.shift();
          left = left.slice(1);
        } else {
          times.add(time);
          left = [...left, time].sort((a, b) => a - b);
        }
      }
      expect(drain(times)).toEqual(left);
    }),
  );
});

test('of none, the first is infinity', () => {
  const times = new Times();
  times.add(7);
  times.shift();
  times.shift();
  expect(times.first).toBe(Number.POSITIVE_INFINITY);
});
