import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sshReader, sshString } from '../../../src/keys/formats/ssh-wire.ts';
import { codeOf } from '../../support/code-of.ts';

test('a string is read as it was written, and the rest after it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
      const reader = sshReader(Uint8Array.of(...sshString(bytes), 9));
      expect([reader.string(), reader.rest()]).toEqual([bytes, Uint8Array.of(9)]);
    }),
  );
});

test('a number has four bytes, the first the highest', () => {
  expect(sshReader(Uint8Array.of(255, 0, 0, 1)).uint32()).toBe(0xff000001);
});

test.each([
  ['a length that is cut short', [0, 0, 0]],
  ['a string that is cut short', [0, 0, 0, 2, 1]],
  ['the greatest length', [255, 255, 255, 255, 1]],
])('%s is refused', (_, bytes) => {
  expect(codeOf(() => sshReader(Uint8Array.from(bytes)).string())).toBe('key.format');
});
