import { describe, expect, test } from 'vitest';
import {
  BRANCHES,
  blocksOfBranch,
  branchKey,
  latin1,
  limitKey,
  nonceKey,
  planKey,
} from '../../src/state/keys.ts';
import { hex, sha256 } from '../support/forge.ts';

const [a, b] = [sha256('a'), sha256('b')];

test('a limit without a window has one key, however that is written', () => {
  expect(limitKey(a, 's', { unit: 'call', amount: 1, window: undefined })).toBe(
    limitKey(a, 's', { unit: 'call', amount: 1 }),
  );
});

describe('no two counters share a key', () => {
  const limit = { unit: 'call', amount: 1, window: 2 };
  const keys: [string, string][] = [
    ['a limit', limitKey(a, 's', limit)],
    ['of another block', limitKey(b, 's', limit)],
    ['at another service', limitKey(a, 't', limit)],
    ['of another unit', limitKey(a, 's', { ...limit, unit: 'usd' })],
    ['of another amount', limitKey(a, 's', { ...limit, amount: 11 })],
    ['of another window', limitKey(a, 's', { ...limit, window: 12 })],
    ['without one', limitKey(a, 's', { unit: 'call', amount: 1 })],
    ['whose numbers join to the same digits', limitKey(a, 's', { unit: 'call', amount: 12, window: 2 })],
    ['a branch', branchKey(a, a, 's', 1)],
    ['below', branchKey(a, b, 's', 1)],
    ['the other way round', branchKey(b, a, 's', 1)],
    ['with another amount', branchKey(a, a, 's', 2)],
    ['elsewhere', branchKey(a, a, 't', 1)],
  ];

  test.each(keys)('%s', (_, key) => {
    expect(keys.filter(([, other]) => other === key)).toHaveLength(1);
  });

  test.each<[string, string, string]>([
    ['nonces of two blocks', nonceKey(a, a.slice(0, 16)), nonceKey(b, a.slice(0, 16))],
    ['nonces of one block', nonceKey(a, a.slice(0, 16)), nonceKey(a, b.slice(0, 16))],
    ['plans of two blocks', planKey(a, 's'), planKey(b, 's')],
    ['plans at two services', planKey(a, 's'), planKey(a, 't')],
  ])('%s', (_, one, other) => {
    expect(one).not.toBe(other);
  });
});

test('a key has characters of one byte each, which any store can hold', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  const text = latin1(all);
  expect([text.length, text.codePointAt(255)]).toEqual([256, 255]);
});

test('a branch names its two blocks', () => {
  const key = branchKey(a, b, 's', 3);
  expect(key.startsWith(BRANCHES)).toBe(true);
  expect(blocksOfBranch(key)).toEqual([hex(a), hex(b)]);
});
