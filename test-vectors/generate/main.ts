import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { CaseVector } from '../../cli/vectors/case-format.ts';
import type { ChainVector } from '../../cli/vectors/chain-format.ts';
import type { AnyFile } from '../../cli/vectors/format.ts';
import type { LogVector } from '../../cli/vectors/log-format.ts';
import type { SequenceVector } from '../../cli/vectors/sequence-format.ts';
import { type Code, codes } from '../../src/codes.ts';
import { type Cases, makeCases } from './case.ts';
import { toFile } from './format.ts';
import { type Log, makeLogs } from './log.ts';
import { makeFile, type Scenario } from './scenario.ts';
import { makeSequences, type Sequence } from './sequence.ts';

// Writes the vector files; with --check, compares them with those that are there. Each file of types/ is one type.

const folder = new URL('../', import.meta.url);
const check = process.argv.includes('--check');

/** A file of types/ has tests of single tokens, sequences over one store, logs, or cases. */
interface Declared {
  readonly scenarios?: readonly Scenario[];
  readonly sequences?: readonly Sequence[];
  readonly logs?: readonly Log[];
  readonly cases?: Cases;
}

type AnyVector = ChainVector | SequenceVector | LogVector | CaseVector;

function make(type: string, { scenarios, sequences, logs, cases }: Declared): AnyFile | Promise<AnyFile> {
  if (scenarios !== undefined) return makeFile(type, scenarios);
  if (sequences !== undefined) return makeSequences(type, sequences);
  if (logs !== undefined) return makeLogs(type, logs);
  return makeCases(type, cases as Cases, check);
}

function codesOf(test: AnyVector): readonly (string | null)[] {
  if (!('steps' in test)) return [test.code];
  return test.steps.flatMap(({ code, denials = [] }) => [
    code,
    ...(denials as readonly { readonly code: string }[]).map((denial) => denial.code),
  ]);
}

function firstDifference(file: string, committed: string, made: string): string {
  const [have, want] = [committed.split('\n'), made.split('\n')];
  const at = want.findIndex((line, i) => line !== have[i]);
  const line = at < 0 ? want.length : at;
  return [
    `test-vectors/${file} differs from what the generator makes, first in line ${line + 1}:`,
    `  committed: ${(have[line] ?? '(none)').slice(0, 100)}`,
    `  generated: ${(want[line] ?? '(none)').slice(0, 100)}`,
    'Change the scenario or the code, then run "npm run vectors".',
  ].join('\n');
}

function readCommitted(file: string): string {
  try {
    return readFileSync(new URL(file, folder), 'utf8');
  } catch {
    return '';
  }
}

// All are made before any is written, since a declaration that does not hold stops the generator.
const files: AnyFile[] = [];
for (const module of readdirSync(new URL('generate/types/', folder)).sort()) {
  const type = module.replace('.ts', '');
  files.push(await make(type, (await import(`./types/${module}`)) as Declared));
}

for (const file of files) {
  const [name, made] = [`${file.type}.json`, toFile(file)];
  if (!check) writeFileSync(new URL(name, folder), made);
  else if (readCommitted(name) !== made) {
    process.stderr.write(`${firstDifference(name, readCommitted(name), made)}\n`);
    process.exitCode = 1;
  }
}

const tests = files.flatMap((file): readonly AnyVector[] => file.tests);
const covered = new Set(tests.flatMap(codesOf));
const wanted = Object.keys(codes) as Code[];
const missing = wanted.filter((code) => !covered.has(code));
const invalid = tests.filter((test) => 'result' in test && test.result === 'invalid').length;
const steps = tests.flatMap((test) => ('steps' in test ? test.steps : []));
process.stdout.write(
  `${tests.length} tests, ${invalid} invalid, ${steps.length} steps of sequences, ${wanted.length - missing.length} of ${wanted.length} codes\n`,
);
if (missing.length > 0) process.stdout.write(`not covered: ${missing.join(', ')}\n`);
