import { expect, test } from 'vitest';
import { findWindows } from '../../src/inspect/windows.ts';
import { hands } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';
import { brief, reviewed, type Told } from '../support/reviewed.ts';

const MONTH = 30 * 86_400;
const key = hands.lookup.publicKey;
const alive = (within: number): Told => ({ alive: [{ key, within }] });
const approval = (within: number): Told => ({ approval: [{ unless: [], keys: [key], need: 1, within }] });
const limits = (window?: number): Told => ({ aud: ['s'], limits: [{ unit: 'call', amount: 5, window }] });

test.each<[string, Told, Told[], string[]]>([
  ['a life of 30 days', { exp: NOW + MONTH }, [], []],
  ['a life of more than 30 days', { exp: NOW + MONTH + 1 }, [], ['weak-window exp 0']],
  ['a long life that a hop ends', { exp: NOW + MONTH + 1 }, [{ exp: NOW + 9 }], ['weak-window exp 0']],
  ['a long life by an early date', { iat: NOW - MONTH, exp: NOW + 1 }, [], ['weak-window exp 0']],
  ['a status of an hour', alive(3600), [], []],
  ['a status of more than an hour', alive(3601), [], ['weak-window alive 0']],
  ['a status of more than an hour in a hop', {}, [alive(3601)], ['weak-window alive 1']],
  ['approvals of a day', approval(86_400), [], []],
  ['approvals of more than a day', approval(86_401), [], ['weak-window approval 0']],
  ['a window a second shorter than the life', limits(7199), [], []],
  ['a window as long as the life', limits(7200), [], ['weak-window limits 0']],
  ['a window longer than the life', limits(7201), [], ['weak-window limits 0']],
  ['a limit for all of the life', limits(), [], []],
  ['a window as long as the life that a hop leaves', limits(600), [{ exp: NOW + 600 }], ['weak-window limits 0']],
  ['a limit for all of a life that is none', { ...limits(), exp: NOW - 1 }, [], []],
  ['a window of a hop', {}, [limits(7200)], ['weak-window limits 1']],
])('%s', (_, root, hops, expected) => {
  expect(brief(findWindows(reviewed(root, hops)))).toEqual(expected);
}); // biome-ignore format: a row a line

test.each<[string, Told, string]>([
  ['a grant', { exp: NOW + 31 * 86_400 }, 'the grant lives 31d'],
  ['a status', alive(7200), 'an ended mission may go on for 2h'],
  ['an approval', approval(2 * 86_400), 'an approval counts for 2d'],
  ['a limit', limits(7200), 'call: its window of 2h is no shorter than the token lives'],
])('%s says how long', (_, root, detail) => {
  expect(findWindows(reviewed(root)).map((warning) => warning.detail)).toEqual([detail]);
});

test('each weak entry of a caveat is named', () => {
  const entries = [3601, 60, 7200].map((within, i) => ({ key, within, subject: `s${i}` }));
  const found = findWindows(reviewed({ alive: entries }));
  expect(found.map(({ detail }) => detail)).toEqual([
    'an ended mission may go on for 1h',
    'an ended mission may go on for 2h',
  ]);
});
