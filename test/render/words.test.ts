import { expect, test } from 'vitest';
import { describeVerification, fromNow, nameBlocks, tellCaveat } from '../../cli/render/words.ts';
import type { Verification } from '../../src/index.ts';
import { NOW } from '../support/forge.ts';

test.each([
  [NOW + 7199, 'in 1h 59m'],
  [NOW, '0s ago'],
  [NOW - 61, '1m 1s ago'],
])('%d is %s', (time, words) => {
  expect(fromNow(time, NOW)).toBe(words);
});

test.each([
  ['expires 2027-01-15T10:00:00Z', 'expires 2027-01-15T10:00:00Z, in 2h'],
  ['expires 2027-01-15T07:00:00Z', 'expired 2027-01-15T07:00:00Z, 1h ago'],
  ['expires 2027-01-15T08:00:00Z', 'expired 2027-01-15T08:00:00Z, 0s ago'],
  ['not before 2027-01-15T08:01:00Z', 'not before 2027-01-15T08:01:00Z, in 1m'],
  ['not before 2027-01-15T07:00:00Z', 'not before 2027-01-15T07:00:00Z'],
  ['may read on expires', 'may read on expires'],
])('%s at 08:00 reads %s', (words, told) => {
  expect(tellCaveat(words, NOW)).toBe(told);
});

test.each([
  [[0], 'block 0'],
  [[0, 1], 'blocks 0, 1'],
  [[3, 2, 0, 4], 'blocks 0, 2–4'],
  [[0, 1, 2, 5, 6], 'blocks 0–2, 5, 6'],
])('the blocks %j are %s', (blocks, words) => {
  expect(nameBlocks(blocks)).toBe(words);
});

test.each<[Verification, string, RegExp]>([
  [{ status: 'untried' }, 'yellow', /^NOT VERIFIED: no trust file was given/],
  [{ status: 'failed', code: 'anchor.unknown' }, 'red', /^NOT VERIFIED: anchor\.unknown;/],
  [
    { status: 'held', by: 'mailto:a@b', kind: 'human' },
    'green',
    /^VERIFIED back to mailto:a@b, by their own/,
  ],
  [
    { status: 'held', by: 'https://b', kind: 'authority' },
    'green',
    /b, an authority that attests the human$/,
  ],
])('%j is told in %s', (verification, colour, words) => {
  expect(describeVerification(verification)).toEqual([colour, expect.stringMatching(words)]);
});
