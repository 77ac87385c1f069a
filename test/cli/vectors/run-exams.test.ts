import { expect, test } from 'vitest';
import type { Line } from '../../../cli/vectors/line.ts';
import { runExams } from '../../../cli/vectors/run-exams.ts';

async function differenceOf(expected: object, answer: object) {
  const exam = { id: 'one', type: 'token', name: 'a test', line: {} as Line, expected };
  const { failed } = await runExams([exam], async function* () {
    yield { id: 'one', ...answer };
  });
  return failed[0]?.difference.path;
}

const denied = (details: object) => ({ decision: { denials: [{ code: 'exp.passed', ...details }] } });

test.each([
  ['what a denial expected and found', denied({}), denied({ expected: 1, actual: 2 })],
  [
    'the id of a reservation',
    { steps: [{ reservation: { until: 1 } }] },
    { steps: [{ reservation: { id: 'x', until: 1 } }] },
  ],
])('%s is free', async (_, expected, answer) => {
  expect(await differenceOf(expected, answer)).toBeUndefined();
});

test('the code of a denial is not', async () => {
  expect(await differenceOf(denied({ code: 'exp.passed' }), denied({ code: 'aud.other' }))).toBe(
    'decision/denials/0/code',
  );
});
