import fc from 'fast-check';
import type { Operation } from '../../src/state/store.ts';

const plan: readonly (readonly [number, number])[] = [
  [1, 2],
  [0, 1],
  [2, 3],
  [0, 9],
];

/** Requests to one plan of four steps, each of which admits the request or not. */
export function stepsUntil(until: number): fc.Arbitrary<Operation> {
  return fc.array(fc.boolean(), { minLength: plan.length, maxLength: plan.length }).map((admits) => ({
    kind: 'step',
    key: 'p',
    until,
    steps: plan.map(([min, max], i) => ({ min, max, admits: admits[i] as boolean })),
  }));
}
