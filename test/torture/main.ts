import { parseArgs } from 'node:util';
import { type Endured, own, tortureServer } from './on-servers.ts';
import type { Shared } from './share.ts';
import type { Spent } from './spend.ts';
import { type Suffered, type Torment, torture } from './torture.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
    on: { type: 'string', default: 'lmdb' },
  },
});
const [runs, kills, seed] = [values.runs, values.kills, values.seed].map(Number) as [number, number, number];
const kinds = values.on.split(',');
const unknown = kinds.filter((kind) => kind !== 'lmdb' && !Object.hasOwn(own, kind));
if (unknown.length > 0) throw new Error(`no store ${unknown.join(', ')}; there are lmdb, redis and postgres`);
process.stderr.write(`seed ${seed}\n`);

const torment: Torment = { runs, kills, seed, tell: (progress) => process.stderr.write(`${progress}\n`) };
const start = performance.now();
const lines: string[] = [];
const violations: string[] = [];
for (const kind of kinds)
  if (kind === 'lmdb') tellDisk(await torture(torment));
  else tellServer(kind, await tortureServer(kind as keyof typeof own, torment));
const seconds = Math.round((performance.now() - start) / 1000);
for (const violation of violations) process.stderr.write(`VIOLATION ${violation}\n`);
for (const line of [...lines, `seed ${seed}, ${seconds} s, ${violations.length} violations`])
  process.stdout.write(`${line}\n`);
process.exitCode = violations.length > 0 ? 1 : 0;

function tellSpent(sort: string, spent: Spent, shared: Shared): void {
  violations.push(...spent.violations, ...shared.violations);
  lines.push(
    `${sort}: exactly the budget in ${spent.exact} of ${spent.runs} runs ` +
      `(${spent.allowed} of ${spent.presented} requests; several workers spent in ${spent.contended}); ` +
      `exactly one allowed of ${shared.once} of ${shared.requests} nonces that all presented`,
  );
}

function tellDisk({ spent, killed, recorded }: Suffered): void {
  for (const { sort, spent: own, shared } of spent) tellSpent(sort, own, shared);
  violations.push(...killed.violations, ...recorded.violations);
  lines.push(
    `${killed.kills} kills: ${killed.between} between question and answer, ${killed.unheard} of those counted; ` +
      `${killed.allowed} allowed, ${killed.again} of them refused after a restart`,
    `${recorded.kills} kills of who records: ${recorded.acknowledged} receipts acknowledged and found, ` +
      `${recorded.unheard} found that were not, ${recorded.torn} torn tails`,
  );
}

function tellServer(kind: string, { spent, shared, outages }: Endured): void {
  tellSpent(`${kind}, 4 processes`, spent, shared);
  violations.push(...outages.violations);
  lines.push(
    `${kind}: ${outages.kills} kills of the server: ${outages.allowed} allowed and all remembered, ` +
      `${outages.unanswered} without an answer, ${outages.unheard} of those counted`,
  );
}
