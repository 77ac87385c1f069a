import { describe, expect, test } from 'vitest';
import { createBrand } from '../src/brand.ts';

describe('createBrand', () => {
  const brand = createBrand();
  const marked = { a: 1 };
  brand.add(marked);

  test('knows what it marked, and nothing shows it', () => {
    expect(brand.has(marked)).toBe(true);
    expect(marked).toStrictEqual({ a: 1 });
    expect(Reflect.ownKeys(marked)).toEqual(['a']);
  });

  test.each<[string, unknown]>([
    ['another object', { a: 1 }],
    ['a copy', { ...marked }],
    ['a structured clone', structuredClone(marked)],
    ['what inherits from it', Object.create(marked)],
    ['a proxy of it', new Proxy(marked, {})],
    ['nothing', undefined],
    ['a text', 'a'],
  ])('does not know %s', (_, object) => {
    expect(brand.has(object as object)).toBe(false);
  });

  test('does not know what another brand marked', () => {
    expect(createBrand().has(marked)).toBe(false);
  });
});
