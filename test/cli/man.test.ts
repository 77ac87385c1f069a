import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { renderMan } from '../../cli/man.ts';
import { sharedWorkplace } from '../support/cli.ts';

const BUILT = new URL('../../dist/writ.1', import.meta.url);
const place = sharedWorkplace();
let page = '';
beforeAll(() => {
  const env = { ...process.env, MANWIDTH: '80', LC_ALL: 'C.UTF-8', MAN_KEEP_FORMATTING: '' };
  const { stdout } = spawnSync('man', ['--warnings', '-l', BUILT.pathname], { encoding: 'utf8', env });
  page = stdout;
});

test('the build writes what writ man prints', () => {
  expect(readFileSync(BUILT, 'utf8')).toBe(`${place.ok('man')}\n`);
});

test.each([
  ['groff', ['-man', '-ww', '-z']],
  ['man', ['--warnings', '-l']],
])('%s renders the page without a warning', (command, args) => {
  const run = spawnSync(command, [...args, BUILT.pathname], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
});

test('the page has its sections in the usual order', () => {
  const headings = page.split('\n').filter((line) => /^[A-Z][A-Z ]+$/.test(line));
  expect(headings).toEqual([
    'NAME',
    'SYNOPSIS',
    'DESCRIPTION',
    'COMMANDS',
    'ARGUMENTS',
    'EXIT STATUS',
    'ENVIRONMENT',
    'FILES',
    'EXAMPLES',
    'SEE ALSO',
  ]);
});

test('the page describes nested commands and their options', () => {
  expect(page).toMatch(/^ {3}writ trust add$/m);
  expect(page).toMatch(/^ {7}--speaks-for pattern$/m);
});

test('examples come out as they are typed', () => {
  expect(page).toContain("--purpose 'Prepare the Q3 report' \\\n");
});

test('specials of roff come out as themselves, wherever they stand', () => {
  const text = '.dot \'quote \\fB \\ - ~ ^ ` " ‘é’';
  const entry = {
    path: [],
    summary: text,
    options: [],
    arguments: [],
    children: [],
    examples: [text, `'${text}`],
  };
  const { stdout, stderr } = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-P-cbou', '-rLL=200n'], {
    input: renderMan(entry, '1'),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toContain(`writ - ${text}`);
  expect(stdout).toContain(`\n           ${text}\n`);
  expect(stdout).toContain(`\n           '${text}\n`);
});
