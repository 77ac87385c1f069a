import { expect, test } from 'vitest';
import { inOrder } from '../../../cli/vectors/in-order.ts';

test('names are in the order of their encodings, where the shorter comes first', () => {
  expect(inOrder.aud(['aa', 'c', 'b'])).toEqual(['b', 'c', 'aa']);
});

test('permissions are in order, and so is what they list', () => {
  const wide = { actions: ['pay', 'get', 'a'], resources: ['b/*', '**'] };
  const rules = { actions: ['a'], resources: ['b'], args: { x: { in: ['b', 2, 'a', -1] } } };
  expect(inOrder.scope([rules, wide])).toEqual([
    { actions: ['a', 'get', 'pay'], resources: ['**', 'b/*'] },
    { actions: ['a'], resources: ['b'], args: { x: { in: [2, -1, 'a', 'b'] } } },
  ]);
});

test('the members of an all are in order, and so is what they list', () => {
  const all = [{ size: 3 }, { notIn: ['b', 'a'] }, { subset: [2, 1] }, { host: ['b', 'a'] }] as const;
  expect(inOrder.context({ x: { all } })).toEqual({
    x: { all: [{ notIn: ['a', 'b'] }, { subset: [1, 2] }, { size: 3 }, { host: ['a', 'b'] }] },
  });
});

test('a plan keeps its order', () => {
  const step = (action: string) => ({
    permission: { actions: [action], resources: ['**'] },
    min: 0,
    max: 1,
  });
  expect(inOrder.plan([step('b'), step('a')])).toEqual([step('b'), step('a')]);
});
