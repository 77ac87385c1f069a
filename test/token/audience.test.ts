import { describe, expect, test } from 'vitest';
import { checkAudience, meetAudiences } from '../../src/token/audience.ts';
import { codeOf } from '../support/code-of.ts';

test.each<[string, (readonly string[] | undefined)[], readonly string[] | undefined]>([
  ['no block names any', [undefined, undefined], undefined],
  ['one block names some', [undefined, ['a', 'b']], ['a', 'b']],
  ['all blocks name the same', [['a'], ['a']], ['a']],
  [
    'a block names fewer',
    [
      ['a', 'b', 'c'],
      ['b', 'c'],
    ],
    ['b', 'c'],
  ],
  ['a block names more', [['b'], ['a', 'b']], ['b']],
  ['blocks have one in common', [['a', 'b'], undefined, ['b', 'c']], ['b']],
  ['blocks have none in common', [['a'], ['b']], []],
  ['a third block brings none back', [['a'], ['b'], ['a']], []],
])('the services left where %s', (_, lists, left) => {
  const blocks = lists.map((aud) => (aud === undefined ? {} : { aud }));
  expect(meetAudiences(blocks)).toEqual(left);
});

describe('counters', () => {
  const limits = [{ unit: 'call', amount: 1 }];
  const plan = [{ permission: { actions: ['*'], resources: ['**'] }, min: 0, max: 1 }];

  test.each<[readonly string[] | undefined, string]>([
    [undefined, 'mint.input'],
    [[], 'mint.input'],
    [['a'], 'accepted'],
    [['a', 'b'], 'mint.input'],
  ])('with the audiences %j: %s', (audiences, expected) => {
    expect(codeOf(() => checkAudience({ limits }, audiences))).toBe(expected);
    expect(codeOf(() => checkAudience({ plan }, audiences))).toBe(expected);
  });

  test('that are not there ask for nothing', () => {
    expect(codeOf(() => checkAudience({}, undefined))).toBe('accepted');
  });
});
