import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MAIN, workplace } from '../support/cli.ts';

const folder = fileURLToPath(new URL('../../test-vectors/', import.meta.url));
const consent = join(folder, 'consent.json');
const run = (...args: readonly string[]) => workplace().writ(['vectors', 'run', ...args]);
const program = (body: string) => {
  const place = workplace();
  writeFileSync(join(place.folder, 'impl.mjs'), body);
  return place.writ(['vectors', 'run', consent, '--impl', `${process.execPath} impl.mjs`]);
};

/** A program that answers each line by a function of it. */
const answering = (answer: string) =>
  program(`
    import { createInterface } from 'node:readline';
    for await (const text of createInterface({ input: process.stdin })) {
      const line = JSON.parse(text);
      console.log(${answer});
    }
  `);

test('this implementation passes a file', () => {
  const { exit, stdout } = run(consent);
  expect([exit, stdout]).toEqual([0, 'consent           23 of 23\nall               23 of 23\n']);
});

test('this implementation passes as a program too', () => {
  const { exit, stdout } = run(consent, '--impl', `${process.execPath} ${MAIN} vectors answer`);
  expect([exit, stdout.trim().split('\n').at(-1)]).toEqual([0, 'all               23 of 23']);
});

test('as JSON, it tells the types and what failed', () => {
  const { stdout } = run(consent, '--json');
  expect(JSON.parse(stdout)).toEqual({ types: [{ type: 'consent', tests: 23, passed: 23 }], failed: [] });
});

test('a program that answers otherwise fails, and it is said where', () => {
  const { exit, stdout } = answering(`JSON.stringify({ id: line.id, steps: [{ code: 'allowed' }] })`);
  expect(exit).toBe(1);
  expect(stdout).toContain(
    'consent-001: a consent\n  at steps/0/denials\n  expected []\n  answered nothing\n',
  );
  expect(stdout).toContain('and 11 more; --json tells them all');
});

test('a program is told nothing of what is expected', () => {
  const keys = '[...new Set(line.test.steps.flatMap(Object.keys))].sort().join()';
  const { stdout } = answering(`JSON.stringify({ id: ${keys} })`);
  expect(stdout).toContain('answered "clock,do,known,request,text"');
});

test.each([
  ['ends too soon', 'process.exit(3)', 'the program ended with exit code 3 after 0 of 23 answers'],
  ['is killed', "process.kill(process.pid, 'SIGKILL')", 'after 0 of 23 answers'],
  ['writes no JSON', "console.log('ready')", 'line 1 of what the program wrote is not JSON'],
])('a program that %s', (_, body, message) => {
  const { exit, stderr } = program(body);
  expect([exit, stderr.includes(message)]).toEqual([1, true]);
});

test('a program that ends badly after its last answer', () => {
  const { exit, stderr } = workplace().writ(
    ['vectors', 'run', consent, '--impl', `${process.execPath} ${MAIN} vectors answer; exit 4`],
  ); // biome-ignore format: one line
  expect([exit, stderr.split('\n')[0]]).toEqual([
    1,
    'writ: error: the program ended with exit code 4 after 23 of 23 answers',
  ]);
});

test.each([
  ['a file that is not there', ['nowhere.json'], 'nowhere.json'],
  ['a folder without tests', ['.'], 'no file of tests is in it'],
  [
    'a file that holds no tests',
    [join(folder, 'flags.json')],
    'not a file of tests of a format that is known',
  ],
])('%s', (_, args, message) => {
  const { exit, stderr } = run(...args);
  expect([exit, stderr.includes(message)]).toEqual([3, true]);
});

test('answers a line that it cannot run with an error', () => {
  const line = { id: 'x-001', type: 'x', format: 'x/1', setting: {}, test: {} };
  const { exit, stdout } = workplace().spawn(['vectors', 'answer'], { input: `${JSON.stringify(line)}\n` });
  expect([exit, JSON.parse(stdout)]).toEqual([
    0,
    { id: 'x-001', error: 'TypeError: unknown format or type: x/1, x' },
  ]);
});

test('a line that is no JSON', () => {
  const { exit, stderr } = workplace().spawn(['vectors', 'answer'], { input: 'x\n' });
  expect([exit, stderr.includes('a line of standard input is not JSON')]).toEqual([2, true]);
});
