import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../../cli/plan-file.ts';
import { workplace } from '../support/cli.ts';

function read(text: string): ReturnType<typeof readPlan> {
  const path = join(workplace().folder, 'plan.txt');
  writeFileSync(path, text);
  return readPlan(path);
}

test('a step is how often, and a permission as in --allow', () => {
  const text = `# the way\r
1..3 read,list reports/**\r

2  list reports/*
  0..1 mail board {"to":"cfo"}`;
  expect(read(text)).toEqual([
    { permission: { actions: ['read', 'list'], resources: ['reports/**'] }, min: 1, max: 3 },
    { permission: { actions: ['list'], resources: ['reports/*'] }, min: 2, max: 2 },
    { permission: { actions: ['mail'], resources: ['board'], args: { to: { eq: 'cfo' } } }, min: 0, max: 1 },
  ]);
});

describe('refused is', () => {
  test.each([
    ['a file without a step', '# nothing\n\n', /there is no step in it$/],
    ['JSON', ' [{"min":1}]', /this is JSON, and a plan is text$/],
    ['a step without a count', '1 read a\nread a', /line 2: not a step$/],
    ['a count behind the permission', 'read a 1..3', /line 1: not a step$/],
    ['a count without an end', '1.. read a', /line 1: not a step$/],
    ['a least count above the most', '3..1 read a', /line 1: the least count is above the most$/],
    ['a step that can never be taken', '0 read a', /line 1: a step that can never be taken$/],
    ['a step without a resource', '1 read', /line 1: not a permission$/],
    ['arguments that are no JSON', '1 read a {', /the arguments of .*, line 1: not JSON/],
  ])('%s', (_name, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test('a file that was mistaken for a plan is not repeated', () => {
  expect(() => read('-----BEGIN PRIVATE KEY-----\nMC4CAQAw')).toThrow(/line 1: not a step$/);
});
