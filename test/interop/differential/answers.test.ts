import { expect, test } from 'vitest';
import { ask, emptyTally } from '../../../interop/differential/answers.ts';
import type { Question } from '../../../interop/differential/question.ts';

/** A text that starts with no prefix, put to a program that answers so. */
async function put(answer: object) {
  const test = { text: 'none' };
  const line = { id: 'one', type: 'token', format: 'writ-vectors/1', setting: {}, test } as Question['line'];
  const program = `while read -r line; do echo '${JSON.stringify(answer)}'; done`;
  const tally = emptyTally();
  await ask([{ name: 'one', line }], program, tally);
  return tally;
}

test('the same answer agrees, and is counted', async () => {
  const tally = await put({ id: 'one', stage: 'decode', code: 'text.prefix' });
  expect(tally).toMatchObject({ asked: 1, disagreements: [], outcomes: new Map([['text.prefix', 1]]) });
});

test.each([
  ['another code', { id: 'one', stage: 'decode', code: 'text.base64' }],
  ['another stage', { id: 'one', stage: 'verify', code: 'text.prefix' }],
  ['another id', { id: 'two', stage: 'decode', code: 'text.prefix' }],
  ['an error', { id: 'one', error: 'none of the codes' }],
])('%s is a disagreement', async (_, answer) => {
  expect((await put(answer)).disagreements).toMatchObject([{ question: { name: 'one' } }]);
});
