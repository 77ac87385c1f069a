import { expect, test } from 'vitest';
import { freeze } from '../src/freeze.ts';

test('what is frozen is so all the way down', () => {
  const value = { list: [{ deep: 1 }], text: 'a', none: null };
  freeze(value);
  expect([value, value.list, value.list[0]].every(Object.isFrozen)).toBe(true);
});

test('bytes are left as they are', () => {
  const value = { bytes: Uint8Array.of(1) };
  freeze(value);
  expect([Object.isFrozen(value), Object.isFrozen(value.bytes)]).toEqual([true, false]);
});
