import { printable } from '../../src/printable.ts';
import { style } from '../output.ts';
import type { Failed, Report } from '../vectors/run-exams.ts';
import { COLUMNS, SHOWN, wrap } from './layout.ts';

/** What came of tests as lines of at most 80 columns: a line a type, then the first that failed. */
export function renderExams({ types, failed }: Report): string[] {
  const [tests, passed] = [sum(types.map((one) => one.tests)), sum(types.map((one) => one.passed))];
  const rows = types.map((one) => row(one.type, one.passed, one.tests));
  const left = failed.length - SHOWN;
  return [
    ...rows,
    row('all', passed, tests),
    ...failed.slice(0, SHOWN).flatMap(renderFailed),
    ...(left > 0 ? ['', `and ${left} more; --json tells them all`] : []),
  ];
}

function row(type: string, passed: number, tests: number): string {
  const text = `${printable(type).padEnd(14)} ${String(passed).padStart(5)} of ${tests}`;
  return passed === tests ? text : style('red', text);
}

function renderFailed({ id, name, difference: { path, expected, actual } }: Failed): string[] {
  const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  const lines = [
    `at ${path === '' ? 'all of it' : path}`,
    `expected ${show(expected)}`,
    `answered ${show(actual)}`,
  ];
  return [
    '',
    ...wrap(printable(`${id}: ${name}`), COLUMNS),
    ...lines.flatMap((line) => wrap(printable(shorten(line)), COLUMNS - 2).map((part) => `  ${part}`)),
  ];
}

// A whole decision would scroll away what stands above it.
function shorten(line: string): string {
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
