import { describe, expect, test } from 'vitest';
import { planForm, type Step } from '../../src/caveats/plan.ts';
import { exceeds } from '../../src/token/narrower.ts';
import type { Item } from '../support/forge.ts';
import { check, checkCodes, parseCode, roundTrip } from '../support/wire.ts';

const read: Step = {
  permission: { actions: ['read'], resources: ['reports/**'], args: undefined },
  min: 1,
  max: 3,
};
const pay: Step = {
  permission: { actions: ['pay'], resources: ['fees/*'], args: { amount: { range: [1, 5] } } },
  min: 0,
  max: 1,
};

describe('on the wire', () => {
  test.each<[string, Step[]]>([
    ['one step', [read]],
    ['steps in their order, which is no set', [read, pay]],
    ['steps in the other order', [pay, read]],
    ['one step twice', [read, read]],
    ['a step of exactly one use', [{ ...read, min: 1, max: 1 }]],
  ])('%s comes back as it was', (_, steps) => {
    expect(roundTrip('plan', steps)).toEqual(steps);
  });

  const permission = [['read'], ['a']];
  test.each<[string, Item]>([
    ['no steps', []],
    ['a step alone', [permission, 0, 1]],
    ['a map', new Map([[1, permission]])],
    ['no "max"', [[permission, 0]]],
    ['four elements', [[permission, 0, 1, 1]]],
    ['no permission', [[false, 0, 1]]],
    ['a permission without resources', [[[['read']], 0, 1]]],
    ['"min" below zero', [[permission, -1, 1]]],
    ['"min" that is false', [[permission, false, 1]]],
    ['"max" as text', [[permission, 0, '1']]],
  ])('%s is refused', (_, item) => {
    expect(parseCode('plan', item)).toBe('claim.value');
  });

  test('a permission that is no set is refused as one', () => {
    expect(parseCode('plan', [[[['read', 'pay'], ['a']], 0, 1]])).toBe('claim.set');
  });

  test.each<[string, Item]>([
    ['a step of no use', [[permission, 0, 0]]],
    ['more uses wanted than allowed', [[permission, 2, 1]]],
    ['any arguments spelt out', [[[['read'], ['a'], new Map([['*', true]])], 0, 1]]],
  ])('%s is degenerate', (_, item) => {
    expect(parseCode('plan', item)).toBe('claim.degenerate');
  });
});

describe('without a store', () => {
  test('a plan denies, and needs one', () => {
    expect(check('plan', [read])).toEqual([
      { code: 'plan.store', expected: [read], actual: null, need: { kind: 'store' } },
    ]);
  });

  test.each<[string, object, string[]]>([
    ['of the first step', {}, ['plan.store']],
    ['of a later step', { action: 'pay', resource: 'fees/7', args: { amount: 5 } }, ['plan.store']],
    ['of no step', { action: 'write' }, ['plan.step']],
    [
      'of a step, with other arguments',
      { action: 'pay', resource: 'fees/7', args: { amount: 6 } },
      ['plan.step'],
    ],
    ['of two steps at once', { action: 'pay' }, ['plan.step']],
  ])('a request %s', (_, facts, codes) => {
    expect(checkCodes('plan', [read, pay], facts)).toEqual(codes);
  });

  test('no store helps a request of no step', () => {
    expect(check('plan', [read], { action: 'write' })).toEqual([
      { code: 'plan.step', expected: [read], actual: ['write', 'reports/q3.pdf'] },
    ]);
  });
});

describe('the audience', () => {
  test.each<[string, readonly string[] | undefined, string[]]>([
    ['of one', ['a'], ['plan.store']],
    ['of two', ['a', 'b'], ['plan.audience']],
    ['of none that is left', [], ['plan.audience']],
    ['of none that is named', undefined, ['plan.audience']],
  ])('%s', (_, audiences, codes) => {
    expect(checkCodes('plan', [read], {}, { audiences })).toEqual(codes);
  });

  test('is asked for before the step', () => {
    expect(check('plan', [read], { action: 'write' }, { audiences: undefined })).toEqual([
      { code: 'plan.audience', expected: 1, actual: null },
    ]);
  });
});

test('in words, a line for each step', () => {
  expect(planForm.describe([read, { ...pay, min: 2, max: 2 }])).toEqual([
    'step 1: read on reports/**, 1 to 3 times',
    'step 2: pay on fees/*, with amount that is from 1 to 5, 2 times',
  ]);
});

describe('a hop that asks for', () => {
  const narrow: Step = { ...read, permission: { ...read.permission, resources: ['reports/q3/*'] } };
  test.each<[string, boolean, Step[], Step[]]>([
    ['the same', true, [read, pay], [read, pay]],
    ['one of the steps', true, [read, pay], [pay]],
    ['a narrower step', true, [read], [narrow]],
    ['a wider step', false, [narrow], [read]],
    ['another step', false, [read], [read, pay]],
  ])('%s asks for no more: %s', (_, expected, outer, inner) => {
    expect(exceeds(planForm, outer, inner, 1)).toBe(!expected);
  });
});
