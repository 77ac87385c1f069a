import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { interleave } from '../compare/interleave.ts';
import { spreadOf } from '../compare/statistics.ts';
import { nameMachine } from '../machine.ts';
import { renderCurves } from './chart.ts';
import type { Curve, Line } from './curve.ts';
import { decisions, type Growing } from './decisions.ts';
import { type Report, renderTables } from './report.ts';
import { measureLoading } from './revoked.ts';
import { measureTokens } from './tokens.ts';

// How the cost of a decision grows with what it depends on. `--rounds` says how often each is timed, `--tokens` how many
// tokens of chains of their own are met, `--ids` how many revoked ids are loaded, `--json` gives the figures as data.

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    tokens: { type: 'string', default: '100000' },
    ids: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
  },
});
const [rounds, tokens, ids] = [options.rounds, options.tokens, options.ids].map(Number) as [
  number,
  number,
  number,
];
const tell = (done: string) => console.error(done);

const nameOf = ({ title, line }: Growing, size: number) => `${title}, ${line}, ${size}`;

async function measureDecisions(): Promise<Curve[]> {
  const all = decisions(ids);
  const cases = all.flatMap((one) => one.sizes.map((size) => ({ ...one.at(size), name: nameOf(one, size) })));
  const samples = await interleave(cases, { rounds, tell });
  const lineOf = (one: Growing): Line => ({
    name: one.line,
    points: one.sizes.map((size) => {
      const took = samples.get(nameOf(one, size)) as readonly number[];
      return { size, cost: spreadOf(took.map((ns) => ns / 1e3)) };
    }),
  });
  return [...new Set(all.map(({ title }) => title))].map((title) => {
    const own = all.filter((one) => one.title === title);
    return { title, unit: 'µs', logarithmic: own[0]?.logarithmic === true, lines: own.map(lineOf) };
  });
}

async function measure(): Promise<Curve[]> {
  const curves = await measureDecisions();
  tell('tokens of chains of their own');
  const lines = [
    await measureTokens('Ed25519', 'ed25519', tokens),
    await measureTokens('HMAC', 'hmac', tokens),
  ];
  tell('revoked ids, to be loaded');
  const met: Curve = { title: 'tokens that a verifier has met', unit: 'µs', logarithmic: true, lines };
  return [...curves, met, measureLoading(ids)];
}

const machine = nameMachine();
const report: Report = { date: new Date().toISOString().slice(0, 10), machine, curves: await measure() };
const folder = new URL('../results/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('growth.json', folder), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(new URL('growth.md', folder), renderTables(report));
writeFileSync(new URL('growth.svg', folder), renderCurves(report));
console.log(options.json ? JSON.stringify(report, null, 2) : renderTables(report));
