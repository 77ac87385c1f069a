import { describe, expect, test } from 'vitest';
import { lastTold } from '../../src/state/told.ts';

const once = (key: string) => ({ kind: 'once' as const, key, until: 9 });

describe('what a store was told is charged', () => {
  test('is nonces, and nothing else', () => {
    const spend = { kind: 'spend', key: 'b', until: 9, amount: 2, cost: 1 } as const;
    expect(lastTold([], [once('a'), spend])).toEqual([['a', 9]]);
  });

  test('is remembered up to eight, the last of all', () => {
    const before = lastTold([], ['a', 'b', 'c', 'd', 'e', 'f'].map(once));
    const keys = lastTold(before, ['g', 'h', 'i'].map(once)).map(([key]) => key);
    expect(keys).toEqual(['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  });
});
