import { expect, test } from 'vitest';
import { Known } from '../../../src/state/postgres/known.ts';
import { once } from '../contract.ts';

test('known: nothing is remembered where there is no store', () => {
  const known = new Known();
  known.learn(known.remembered, null);
  expect(known.remembered).toEqual({ epoch: null, nonces: [] });
});

test('known: the nonces of all calls that were on their way at once are remembered', () => {
  const known = new Known();
  const sent = known.remembered;
  known.learn(sent, 'aa', [once('a', 1)]);
  known.learn(sent, 'aa', [once('b', 2)]);
  expect(known.remembered.nonces).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});

test('known: an answer of before the store was accepted, which comes late, is passed over', () => {
  const known = new Known();
  known.learn(known.remembered, 'aa');
  const sent = known.remembered;
  known.learn(sent, 'bb');
  known.learn(sent, 'aa', [once('a')]);
  expect(known.remembered).toEqual({ epoch: 'bb', nonces: [] });
});

test('known: what was accepted by the store itself is not undone by what comes late', () => {
  const known = new Known();
  const sent = known.remembered;
  known.accept('bb');
  known.learn(sent, 'aa', [once('a')]);
  expect(known.remembered).toEqual({ epoch: 'bb', nonces: [] });
});
