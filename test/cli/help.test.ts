import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exitMeanings, exits } from '../../cli/exit.ts';
import { createProgram } from '../../cli/program.ts';
import { describeProgram, type Entry, flatten } from '../../cli/table.ts';
import { MAIN, workplace } from '../support/cli.ts';

const entries = flatten(describeProgram(createProgram()));
const nameOf = ({ path }: Entry) => ['writ', ...path].join(' ');
const leaves = entries.filter(({ path, children }) => children.length === 0 && path.at(-1) !== 'help');
const commands = entries.filter(({ path }) => path.length > 0);
const examples = commands.flatMap((entry) => entry.examples.map((example) => [example, entry] as const));

/** The words of each `writ` in a piece of shell text, as the shell takes it apart. */
function wordsOf(text: string): string[][] {
  const script = `writ() { printf '%s\\0' "$@" >&2; printf '\\n' >&2; }\n${text}`;
  const { stderr } = spawnSync('bash', ['-c', script], {
    cwd: workplace().folder,
    encoding: 'utf8',
    input: '',
  });
  return stderr.split('\n').flatMap((line) => (line.includes('\0') ? [line.split('\0').slice(0, -1)] : []));
}

/** Parses words with all that commander checks, and runs nothing. */
function parse(words: readonly string[]): void {
  const program = createProgram();
  const visit = (command: typeof program): void => {
    if (command.commands.length === 0) command.action(() => {});
    command.commands.forEach((child) => {
      visit(child as typeof program);
    });
  };
  visit(program);
  program.parse(words, { from: 'user' });
}

test('writ --version says what verifies, below the version', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(workplace().ok('--version')).toBe(`${version}\nEd25519 by sodium-native`);
});

test('every command has an example', () => {
  expect(leaves.filter((entry) => entry.examples.length === 0).map(nameOf)).toEqual([]);
});

test.each(examples)('%s is of its command, and parses', (example, { path }) => {
  const [words = []] = wordsOf(example);
  expect(words.slice(0, path.length)).toEqual(path);
  expect(() => parse(words)).not.toThrow();
});

test('every command that README.md shows parses', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = [...readme.matchAll(/^\$ (writ (?:.*\\\n)*.*)$/gm)].flatMap(([, text = '']) => wordsOf(text));
  expect(shown.length).toBeGreaterThan(5);
  for (const words of shown) expect(() => parse(words)).not.toThrow();
});

test('an example with an option that does not exist would not parse', () => {
  expect(() => parse(['inspect', '@x.writ', '--frob'])).toThrow("unknown option '--frob'");
});

test.each(
  entries.filter(({ path }) => path.at(-1) !== 'help').map((entry) => [nameOf(entry), entry] as const),
)('%s --help fits 80 columns, shows its examples and describes everything', (_name, entry) => {
  const help = workplace().ok(...entry.path, '--help');
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  for (const example of entry.examples) expect(help).toContain(`  ${example.replaceAll('\n', '\n  ')}`);
  const described = [...entry.options, ...entry.arguments].map(({ description }) => description);
  expect(described.filter((description) => description === '')).toEqual([]);
});

test('what writ --help shows first leads to a verified request, as it stands', () => {
  const { examples } = entries[0] as Entry;
  const script = `set -e\nwrit() { "${process.execPath}" "${MAIN}" "$@"; }\n${examples.join('\n')}`;
  const run = spawnSync('bash', ['-c', script], { cwd: workplace().folder, encoding: 'utf8' });
  expect(run.stdout).toContain('allowed  read reports/q3/revenue.pdf');
  expect(run.stdout).toContain('VERIFIED back to mailto:cfo@acme.example');
  expect(run.status).toBe(0);
});

test('an option of one name takes a value in every command or in none', () => {
  const options = entries.flatMap(({ options }) => options);
  const valued = new Set(options.filter(({ values }) => values !== undefined).flatMap(({ names }) => names));
  const flags = options.filter(({ values }) => values === undefined).flatMap(({ names }) => names);
  expect(flags.filter((name) => valued.has(name))).toEqual([]);
});

test('an option says that it repeats where it does', () => {
  const wrong = entries.flatMap(({ options }) =>
    options.filter(({ repeats, description }) => repeats !== /\brepeatable$/.test(description)),
  );
  expect(wrong.map(({ flags }) => flags)).toEqual([]);
});

describe('the exit codes', () => {
  const rows = (Object.keys(exits) as (keyof typeof exits)[]).map((name) => [
    exits[name],
    exitMeanings[name],
  ]);

  test('stand in cli/README.md as they are', () => {
    const readme = readFileSync(new URL('../../cli/README.md', import.meta.url), 'utf8');
    const table = [...readme.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, text]) => [
      Number(code),
      text,
    ]);
    expect(table).toEqual(rows);
  });

  test('stand in writ --help', () => {
    const help = workplace().ok('--help');
    for (const [code, text] of rows) expect(help).toContain(`  ${String(code).padEnd(4)}${text}`);
  });
});
