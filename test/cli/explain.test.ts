import { describe, expect, test } from 'vitest';
import { advice } from '../../cli/advice.ts';
import { nearest } from '../../cli/nearest.ts';
import { warningAdvice } from '../../cli/warning-advice.ts';
import { codes } from '../../src/codes.ts';
import { warnings } from '../../src/inspect/warning.ts';
import { workplace } from '../support/cli.ts';

test('explain says what a code means, where it is raised, the exit code and what to do', () => {
  const shown = workplace().ok('explain', 'exp.passed');
  expect(shown).toContain('exp.passed: The block has expired.');
  const text = shown.replace(/\s+/g, ' ');
  expect(text).toContain('raised while deciding the request');
  expect(text).toContain('exit 6: denied');
  expect(text).toContain(advice['exp.passed']);
});

test.each([
  ['hop.wider', 'exit 6'],
  ['invocation.missing', 'exit 5'],
  ['alive.status', '6 where something else denies for good'],
  ['key.weak', '5 where it stands inside a token'],
  ['receipt.link', '5 where writ audit finds it'],
])('explain %s names the exit code that %s', (code, exit) => {
  expect(workplace().ok('explain', code).replace(/\s+/g, ' ')).toContain(exit);
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

test('explain of a warning says its level and what to do', () => {
  const text = workplace().ok('explain', 'redundant').replace(/\s+/g, ' ');
  expect(text).toContain(`redundant: ${warnings.redundant[1]}`);
  expect(text).toContain('warning advice: the token works, and could be better');
  expect(text).toContain(warningAdvice.redundant);
});

test('explain --json of a warning has its level and no stage', () => {
  expect(JSON.parse(workplace().ok('explain', 'never-usable', '--json'))).toEqual({
    code: 'never-usable',
    level: 'problem',
    meaning: warnings['never-usable'][1],
    advice: warningAdvice['never-usable'],
  });
});

test('without a code, every code and warning is listed with its meaning, in 80 columns', () => {
  const lines = workplace().ok('explain').split('\n');
  const text = lines.join(' ').replace(/\s+/g, ' ');
  const missing = Object.entries({ ...codes, ...warnings }).filter(
    ([code, [, meaning]]) => !text.includes(`${code} ${meaning}`),
  );
  expect(missing).toEqual([]);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test('without a code, --json lists every code and warning', () => {
  const listed = JSON.parse(workplace().ok('explain', '--json'));
  const names = (of: readonly { code: string }[]) => of.map(({ code }) => code);
  expect(names(listed.codes)).toEqual(Object.keys(codes));
  expect(names(listed.warnings)).toEqual(Object.keys(warnings));
});

describe('an unknown code is a usage error with what is near', () => {
  test.each([
    ['exp.pased', 'did you mean exp.passed;'],
    ['redundnat', 'did you mean redundant;'],
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
  const sentences = Object.entries({ ...advice, ...warningAdvice }).map(([code, text]) => [
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
