import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { codes } from '../../src/codes.ts';
import { alterationsOf } from './alterations.ts';
import { ask, type Disagreement, emptyTally } from './answers.ts';
import { readBases } from './bases.ts';
import { corpusOf } from './corpus.ts';
import { mutationAt } from './mutations.ts';
import type { Question } from './question.ts';
import { readSigners } from './signers.ts';

// Puts altered and mutated vectors to two implementations, which must answer the same. `--print mutation:N` and
// `--print alteration:N` write the line of one question, for either of them to read.

const python = fileURLToPath(new URL('../.venv/bin/python', import.meta.url));
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
    /** How many alterations, evenly from all of them; and then fewer mutations. */
    sample: { type: 'string' },
    mutations: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    impl: { type: 'string', default: `${python} -m writ.conformance` },
    print: { type: 'string' },
  },
});
const seed = Number(options.seed);
const CHUNK = 2000;
const SHOWN = 20;

const bases = readBases();
const corpus = corpusOf(bases);
const signers = readSigners();
const alterations = alterationsOf(bases);
const altered = Math.min(Number(options.sample ?? alterations.count), alterations.count);
const mutated = Number(options.mutations ?? (options.sample === undefined ? 20_000 : 2000));
const makers = {
  alteration: (index: number) => alterations.at(index),
  mutation: (index: number) => mutationAt(index, seed, corpus, signers),
};

function* questions(): Generator<Question> {
  for (let i = 0; i < altered; i += 1) yield makers.alteration(Math.floor((i * alterations.count) / altered));
  for (let i = 0; i < mutated; i += 1) yield makers.mutation(i);
}

function* chunks(): Generator<Question[]> {
  let chunk: Question[] = [];
  for (const question of questions()) {
    chunk.push(question);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

if (options.print === undefined) await run();
else print(options.print);

async function run(): Promise<void> {
  console.log(
    `${altered} of ${alterations.count} alterations of ${alterations.targets} tokens and pieces of evidence, ` +
      `${mutated} mutations with seed ${seed} of ${bases.length} presentations`,
  );
  const tally = emptyTally();
  let told = 0;
  const all = chunks();
  // Each job takes the next chunk when it is done with one.
  const jobs = Array.from({ length: Number(options.jobs) }, async () => {
    for (const chunk of { [Symbol.iterator]: () => ({ next: () => all.next() }) }) {
      await ask(chunk, options.impl, tally);
      while (told < Math.min(SHOWN, tally.disagreements.length))
        tell(tally.disagreements[told++] as Disagreement);
      process.stderr.write(`${tally.asked} of ${altered + mutated}\n`);
    }
  });
  await Promise.all(jobs);
  console.log(`outcomes: ${byCount(tally.outcomes)}`);
  console.log(`denials in decisions: ${byCount(tally.denials)}`);
  const seen = new Set([...tally.outcomes.keys(), ...tally.denials.keys()]);
  const known = Object.keys(codes);
  console.log(`codes that came out: ${known.filter((code) => seen.has(code)).length} of ${known.length}`);
  console.log(`${tally.asked} asked, ${tally.disagreements.length} disagreements`);
  process.exitCode = tally.disagreements.length === 0 && tally.asked === altered + mutated ? 0 : 1;
}

function byCount(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([code, count]) => `${count} ${code}`).join(', ');
}

function tell({ question, where }: Disagreement): void {
  console.log(`DISAGREEMENT ${question.name}\n  ${where}\n  ${hexOf(textOf(question.line.test))}`);
}

/** The text of a test, or of the last step of a sequence. */
function textOf(test: {
  readonly text?: string;
  readonly steps?: readonly { readonly text: string }[];
}): string {
  return test.text ?? test.steps?.at(-1)?.text ?? '';
}

/** The parts of a text in hexadecimal. */
function hexOf(text: string): string {
  const prefix = text.startsWith('writ_secret_') ? 'writ_secret_' : 'writ_';
  const parts = text.slice(prefix.length).split('~');
  return prefix + parts.map((part) => Buffer.from(part, 'base64url').toString('hex')).join(' ~ ');
}

function print(what: string): void {
  const [kind, index] = what.split(':') as [keyof typeof makers, string];
  console.log(JSON.stringify(makers[kind](Number(index)).line));
}
