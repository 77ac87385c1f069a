import { expect, test } from 'vitest';
import { randomBytes } from '../../src/crypto/random.ts';

test.each([0, 1, 16, 32])('%i bytes are drawn', (length) => {
  expect(randomBytes(length)).toHaveLength(length);
});

test('no two draws are alike', () => {
  const draws = Array.from({ length: 100 }, () => randomBytes(16).join());
  expect(new Set(draws).size).toBe(100);
});

test('what is drawn is no view of a shared pool', () => {
  expect(randomBytes(16).buffer.byteLength).toBe(16);
});
