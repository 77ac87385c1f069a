import { parseArgs } from 'node:util';
import { torture } from './torture.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
  },
});
const [runs, kills, seed] = [values.runs, values.kills, values.seed].map(Number) as [number, number, number];
process.stderr.write(`seed ${seed}\n`);

const start = performance.now();
const { spent, killed, recorded } = await torture({
  ...{ runs, kills, seed },
  tell: (progress) => process.stderr.write(`${progress}\n`),
});
const seconds = Math.round((performance.now() - start) / 1000);
const violations = [...spent.flatMap(({ spent, shared }) => [spent, shared]), killed, recorded].flatMap(
  ({ violations }) => violations,
);
for (const violation of violations) process.stderr.write(`VIOLATION ${violation}\n`);
const lines = [
  ...spent.map(
    ({ sort, spent, shared }) =>
      `${sort}: exactly the budget in ${spent.exact} of ${spent.runs} runs ` +
      `(${spent.allowed} of ${spent.presented} requests; several workers spent in ${spent.contended}); ` +
      `exactly one allowed of ${shared.once} of ${shared.requests} nonces that all presented`,
  ),
  `${killed.kills} kills: ${killed.between} between question and answer, ${killed.unheard} of those counted; ` +
    `${killed.allowed} allowed, ${killed.again} of them refused after a restart`,
  `${recorded.kills} kills of who records: ${recorded.acknowledged} receipts acknowledged and found, ` +
    `${recorded.unheard} found that were not, ${recorded.torn} torn tails`,
  `seed ${seed}, ${seconds} s, ${violations.length} violations`,
];
for (const line of lines) process.stdout.write(`${line}\n`);
process.exitCode = violations.length > 0 ? 1 : 0;
