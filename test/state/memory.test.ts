import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory.ts';
import { errorOf } from '../support/code-of.ts';

describe('how much a store holds', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '9'])('is not %s', (rows) => {
    expect(errorOf(() => memoryStore({ rows: rows as number }))).toBeInstanceOf(TypeError);
  });
});
