import { describe, expect, test } from 'vitest';
import { isRow } from '../../src/state/shape.ts';

describe('a row of what is kept', () => {
  test('is when it may be forgotten, when it was said, whether it is final, and what', () => {
    expect(isRow('kx', [5, 4, 0, 'active'])).toBe(true);
    expect(isRow('kx', [5, 4, 1, ''])).toBe(true);
  });

  test.each<[string, unknown]>([
    ['a number', 5],
    ['a text', 'active'],
    ['nothing', undefined],
    ['empty', []],
    ['without what was said', [5, 4, 0]],
    ['with more', [5, 4, 0, 'active', 0]],
    ['with a number for what was said', [5, 4, 0, 1]],
    ['with a truth for whether it is final', [5, 4, true, 'active']],
    ['with a time before 1970', [-5, 4, 0, 'active']],
    ['with a text for a time', ['5', 4, 0, 'active']],
    ['with no number for a time', [Number.NaN, 4, 0, 'active']],
  ])('is not %s', (_, row) => {
    expect(isRow('kx', row)).toBe(false);
  });

  test('stands under no key of another kind', () => {
    expect(['o', 's', 'u', 'p', '!', 'r', ''].filter((kind) => isRow(kind, [5, 4, 0, 'active']))).toEqual([]);
  });
});
