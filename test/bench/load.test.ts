import { expect, test } from 'vitest';
import { load, type Module } from '../../bench/compare/load.ts';

test('a peer that fails to load is named, with why', async () => {
  const { peers, failures } = await load(['nobody' as Module], () => {});
  expect([peers, failures]).toEqual([[], [{ name: 'nobody', why: expect.stringContaining('nobody.mjs') }]]);
});
