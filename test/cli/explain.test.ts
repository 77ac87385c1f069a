import { describe, expect, test } from 'vitest';
import { advice } from '../../cli/advice.ts';
import { nearest } from '../../cli/nearest.ts';
import { codes } from '../../src/codes.ts';
import { workplace } from '../support/cli.ts';

test('explain says what a code means, where it is raised, the exit code and what to do', () => {
  const shown = workplace().ok('explain', 'exp.passed');
  expect(shown).toContain('exp.passed: The block has expired.');
  expect(shown).toContain('raised  while deciding the request');
  expect(shown).toContain('exit    6: denied');
  expect(shown.replace(/\s+/g, ' ')).toContain(advice['exp.passed']);
});

test.each([
  ['hop.wider', 'exit    6'],
  ['invocation.missing', 'exit    5'],
  ['alive.status', '6 where something else denies for good'],
  ['key.weak', '5 where it stands inside a token'],
])('explain %s names the exit code that %s', (code, exit) => {
  expect(workplace().ok('explain', code)).toContain(exit);
});

test('explain --json holds the same', () => {
  expect(JSON.parse(workplace().ok('explain', 'exp.passed', '--json'))).toEqual({
    code: 'exp.passed',
    stage: 'decide',
    exit: 6,
    meaning: codes['exp.passed'][1],
    advice: advice['exp.passed'],
  });
});

test('without a code, every code is listed with its meaning, in 80 columns', () => {
  const lines = workplace().ok('explain').split('\n');
  const text = lines.join(' ').replace(/\s+/g, ' ');
  const missing = Object.entries(codes).filter(([code, [, meaning]]) => !text.includes(`${code} ${meaning}`));
  expect(missing).toEqual([]);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test('without a code, --json lists every code', () => {
  const listed = JSON.parse(workplace().ok('explain', '--json')).codes;
  expect(listed.map(({ code }: { code: string }) => code)).toEqual(Object.keys(codes));
});

describe('an unknown code is a usage error with what is near', () => {
  test.each([
    ['exp.pased', 'did you mean exp.passed;'],
    ['scope', 'did you mean scope.action, scope.resource, scope.arguments;'],
    ['constructor', 'writ: hint: writ explain lists all codes'],
  ])('%s', (code, hint) => {
    const { exit, stdout, stderr } = workplace().writ(['explain', code]);
    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(exit).toBe(2);
  });
});

test('advice is one to three plain sentences', () => {
  const sentences = Object.entries(advice).map(([code, text]) => [
    code,
    text.split(/[.?] (?=[A-Z`])/).length,
  ]);
  expect(sentences.filter(([, count]) => Number(count) > 3)).toEqual([]);
});

test.each([
  ['exp.pased', 'exp.passed'],
  ['nbf.earyl', 'nbf.early'],
  ['text.base65', 'text.base64'],
  ['something', undefined],
  ['', undefined],
])('nearest to %j is %s', (word, found) => {
  expect(nearest(word, Object.keys(codes))).toBe(found);
});
