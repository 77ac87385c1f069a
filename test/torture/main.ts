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

const { threads, processes, killed } = await torture({
  ...{ runs, kills, seed },
  tell: (progress) => process.stderr.write(`${progress}\n`),
});
const violations = [...threads.violations, ...processes.violations, ...killed.violations];
for (const violation of violations) process.stderr.write(`VIOLATION ${violation}\n`);
for (const [name, spent] of Object.entries({ threads, processes })) {
  process.stdout.write(
    `${name}: exactly the budget in ${spent.exact} of ${spent.runs} runs (${spent.allowed} of ${spent.presented} requests), ` +
      `several spent in ${spent.contended}; ${spent.once} of ${spent.shared} shared nonces allowed exactly once\n`,
  );
}
process.stdout.write(
  `kills: ${killed.kills}, ${killed.between} between question and answer, ${killed.unheard} of these counted; ` +
    `${killed.allowed} allowed, ${killed.again} of them replayed and refused\n`,
);
process.stdout.write(`seed ${seed}, violations: ${violations.length}\n`);
process.exitCode = violations.length > 0 || threads.runs === 0 ? 1 : 0;
