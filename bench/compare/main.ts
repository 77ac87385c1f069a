import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { nameMachine } from '../machine.ts';
import { caseName, casesOf } from './cases.ts';
import { renderChart } from './chart.ts';
import { FLOORS, floorCases } from './floor.ts';
import { importTimes, installBytes, versionOf } from './installed.ts';
import { type Case, interleave, type Samples } from './interleave.ts';
import { type Failure, load, MODULES } from './load.ts';
import type { Peer } from './peer.ts';
import { promisesOf, ratiosOf } from './promises.ts';
import { measurePython } from './python.ts';
import type { PeerFigures, Report } from './report.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { renderTables } from './table.ts';
import { weigh } from './weigh.ts';

// Writ beside its peers, in one run.

const NAMES = [...MODULES, 'python'] as const;
const HELP = `npm run bench -- [options]

Times writ beside its peers and writes what it finds to bench/results/.

  --rounds N   how often each case is timed; by default 15
  --only A,B   writ and these alone, and nothing is written to bench/results/:
               ${NAMES.join(', ')}
  --json       all figures as JSON on stdout
  --help       this text

The exit code is 1 where a peer could not be measured, and 2 where the options are wrong.`;

interface Options {
  readonly rounds: number;
  readonly only: readonly string[] | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '15' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new TypeError('--rounds takes a whole number from 1');
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !(NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) throw new TypeError(`--only: there is no ${unknown}`);
  return { rounds, only, json: values.json, help: values.help };
}

const tell = (done: string) => console.error(done);

/** The figures of all cases whose name begins with a peer's. */
function figuresOf(samples: Samples, name: string): Record<string, Spread> {
  const prefix = caseName(name, '');
  const own = [...samples].filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, all]) => [key.slice(prefix.length), spreadOf(all)]));
}

async function timeAll(peers: readonly Peer[], rounds: number): Promise<Samples> {
  const cases: Case[] = [];
  for (const peer of peers) cases.push(...(await casesOf(peer)));
  for (const suite of ['ed25519', 'hmac'] as const) {
    const own = peers.find(({ name }) => name === (suite === 'ed25519' ? 'writ, Ed25519' : 'writ, HMAC'));
    if (own !== undefined) cases.push(...(await floorCases(suite, await own.gather())));
  }
  return interleave(cases, { rounds, tell });
}

async function describe(peers: readonly Peer[], samples: Samples, rounds: number): Promise<PeerFigures[]> {
  const imports = importTimes(peers, Math.min(rounds, 7));
  tell('imported each in processes of its own');
  const all: PeerFigures[] = [];
  for (const peer of peers) {
    const { name, language, notes, duties } = peer;
    all.push({
      name,
      version: versionOf(peer),
      language,
      notes,
      ns: figuresOf(samples, name),
      bytes: await weigh(peer),
      importMs: imports.get(peer) ?? Number.NaN,
      installBytes: installBytes(peer),
      duties,
    });
  }
  return all;
}

function runPython(rounds: number, failures: Failure[]): { python?: string; peers: readonly PeerFigures[] } {
  try {
    return measurePython(rounds);
  } catch (error) {
    const why = String(error);
    failures.push({ name: 'python', why });
    tell(`failed python: ${why}`);
    return { peers: [] };
  }
}

async function run({ rounds, only }: Options): Promise<Report> {
  const machine = nameMachine();
  const wanted = (name: string) => only === undefined || name === 'writ' || only.includes(name);
  const { peers, failures } = await load(MODULES.filter(wanted), tell);
  const samples = await timeAll(peers, rounds);
  const own = await describe(peers, samples, rounds);
  const { python, peers: others } = wanted('python') ? runPython(rounds, failures) : { peers: [] };
  const figures = [...own, ...others];
  const ratios = ratiosOf(samples);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine,
    ...(python !== undefined && { python }),
    rounds,
    ratios: Object.fromEntries([...ratios].map(([key, { median }]) => [key, median])),
    ratioSpreads: Object.fromEntries(ratios),
    promises: promisesOf(ratios, figures),
    floors: Object.values(FLOORS).map((name) => ({ name, ns: figuresOf(samples, name) })),
    peers: figures,
    failures,
  };
}

function write(report: Report): void {
  const folder = new URL('../results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('compare.json', folder), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(new URL('compare.md', folder), `${renderTables(report)}\n`);
  writeFileSync(new URL('compare.svg', folder), renderChart(report));
}

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions();
  } catch (error) {
    tell((error as Error).message);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const report = await run(options);
  if (options.only === undefined) write(report);
  console.log(options.json ? JSON.stringify(report, null, 2) : renderTables(report));
  return report.failures.length === 0 ? 0 : 1;
}

process.exitCode = await main();
