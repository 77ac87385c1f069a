import { expect, test } from 'vitest';
import { promisesOf, ratiosOf } from '../../bench/compare/promises.ts';
import type { PeerFigures } from '../../bench/compare/report.ts';

const WRIT = 'writ, Ed25519: cold4';
const FLOOR = 'floor, Ed25519: cold4';

test('a ratio is the middle of those within each round, and not that of the medians', () => {
  // A machine that is slow in two of the rounds; the quotients are 2, 2 and 1, that of the medians is 1.1.
  const samples = new Map([
    [WRIT, [2, 22, 20]],
    [FLOOR, [1, 11, 20]],
  ]);
  expect(ratiosOf(samples).get('coldEd25519x4')?.median).toBe(2);
});

test('a ratio of which one case was not timed is left out', () => {
  expect([...ratiosOf(new Map([[WRIT, [2]]]))]).toEqual([]);
});

test.each([
  [1.25, true],
  [1.26, false],
])('4 blocks at %d times the floor: %s', (quotient, kept) => {
  const ratios = ratiosOf(
    new Map([
      [WRIT, [quotient]],
      [FLOOR, [1]],
    ]),
  );
  expect(promisesOf(ratios, []).map((one) => one.kept)).toEqual([kept]);
});

function sized(name: string, bare: readonly number[]): PeerFigures {
  const none = { version: '', language: '', notes: '', ns: {}, importMs: 0, installBytes: 0 };
  return { ...none, name, bytes: { named: bare, bare } };
}

test.each([
  ['more', [100, 0, 1601], true],
  ['as much', [100, 0, 1600], false],
])('a peer whose hop takes %s', (_, theirs, kept) => {
  const peers = [sized('writ, Ed25519', [200, 0, 1700]), sized('iso-ucan', theirs)];
  expect(promisesOf(new Map(), peers).map((one) => one.kept)).toEqual([kept]);
});
