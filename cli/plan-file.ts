import type { Step } from '../src/index.ts';
import { usage } from './exit.ts';
import { readInput } from './io.ts';
import { parsePermissionText } from './values.ts';

const STEP =
  "a line is how often, and what as in --allow: '1..3 read reports/**', or '2 read reports/**' for exactly twice";

/**
 * The steps of a plan from a file: a line each, in their order, as `COUNT PERMISSION`. A count is a number, or the
 * least and the most with `..` between; empty lines, and those that start with `#`, are passed over.
 *
 * @throws CliError exit code 2, with the number of the line and nothing of what stands in it; 3 for the file
 */
export function readPlan(path: string): readonly Step[] {
  const text = readInput(path).toString('utf8');
  if (/^\s*[[{]/.test(text)) {
    const hint = `${STEP}; the caveat as JSON goes into the file of --caveats, under "plan"`;
    throw usage(`${path}: this is JSON, and a plan is text`, hint);
  }
  const lines = text.split('\n').map((line, i) => ({ line: line.trim(), place: `${path}, line ${i + 1}` }));
  const steps = lines.filter(({ line }) => line !== '' && !line.startsWith('#'));
  if (steps.length === 0) throw usage(`${path}: there is no step in it`, STEP);
  return steps.map(({ line, place }) => parseStep(line, place));
}

function parseStep(line: string, place: string): Step {
  const [, least = '', most = least, permission = ''] =
    /^([0-9]{1,15})(?:\.\.([0-9]{1,15}))?\s+(\S.*)$/.exec(line) ?? [];
  if (permission === '') throw usage(`${place}: not a step`, STEP);
  const [min, max] = [Number(least), Number(most)];
  if (max === 0) throw usage(`${place}: a step that can never be taken`, 'leave it out, or raise its count');
  if (min > max) throw usage(`${place}: the least count is above the most`, `write it as ${max}..${min}`);
  return { permission: parsePermissionText(permission, place), min, max };
}
