import { describe, expect, test } from 'vitest';
import { isCounted, reportCounts } from '../../cli/counted.ts';
import { createVerifier, decode, memoryStore } from '../../src/index.ts';
import { type Change, recipe, textWith, trust } from '../support/chains.ts';
import { AUDIENCE, forge, NOW } from '../support/forge.ts';

const READ = [['read'], ['reports/**']];
const only = (name: string): Change => [[3, [name]]];
const cti: Change = [[7, new Uint8Array(16).fill(1)]];
const open = (root: Change, hop: Change = []) => decode(textWith(2, { root, hop, invocation: null }));
const report = (root: Change, hop?: Change) => reportCounts(open(root, hop), memoryStore(), NOW);

test('a token without limits and plan is not counted', () => {
  expect(isCounted(open([]))).toBe(false);
});

test('a plan alone is counted', () => {
  expect(isCounted(open([[16, [[READ, 1, 2]]]]))).toBe(true);
});

test('what a sealed token used shows in the open one', async () => {
  const root: Change = [...only(AUDIENCE), [15, [['call', 5]]]];
  const store = memoryStore();
  const verifier = createVerifier({ trust, audience: AUDIENCE, store, clock: () => NOW });
  expect((await verifier.authorize(textWith(2, { root }))).code).toBe('allowed');
  const { blocks } = await reportCounts(open(root), store, NOW);
  expect(blocks[0]?.limits).toEqual([{ unit: 'call', amount: 5, window: undefined, used: 1, left: 4 }]);
});

test('denials are those of the branch: the block of the limit, and the one below', async () => {
  const root: Change = [...only(AUDIENCE), [15, [['denial', 1]]]];
  const store = memoryStore();
  const verifier = createVerifier({ trust, audience: AUDIENCE, store, clock: () => NOW });
  const outside = textWith(2, { root, invocation: [[1, 'write']] });
  const { code, chain } = await verifier.authorize(outside);
  expect(code).toBe('scope.action');
  const { blocks } = await reportCounts(open(root), store, NOW);
  expect(blocks[0]).toMatchObject({
    id: chain[0]?.block,
    limits: [{ unit: 'denial', used: 1, left: 0, frozen: true, branch: chain[1]?.block }],
  });
});

test('denials of the holder of the limit are a branch of their own, which counts for all below', async () => {
  const root: Change = [...only(AUDIENCE), [15, [['denial', 1]]]];
  const store = memoryStore();
  const verifier = createVerifier({ trust, audience: AUDIENCE, store, clock: () => NOW });
  const holder = { ...recipe(2, { root, invocation: [[1, 'write']] }) };
  const { code } = await verifier.authorize(forge({ ...holder, blocks: holder.blocks.slice(0, 1) }).text);
  expect(code).toBe('scope.action');
  const { blocks } = await reportCounts(open(root), store, NOW);
  expect(blocks[0]?.limits[0]).toMatchObject({ frozen: true, branch: blocks[0]?.id });
});

test('the last block is a branch of its own', async () => {
  const { blocks } = await report(only(AUDIENCE), [...cti, [15, [['denial', 1]]]]);
  expect(blocks[0]?.limits[0]?.branch).toBe(blocks[0]?.id);
});

describe('the steps of a plan', () => {
  const steps = [
    [READ, 1, 2],
    [[['list'], ['reports/**']], 0, 1],
    [[['write'], ['reports/**']], 1, 1],
    [[['mail'], ['reports/**']], 1, 1],
  ];
  const scope = [10, [[['list', 'mail', 'read', 'write'], ['reports/**']]]] as const;
  const root: Change = [...only(AUDIENCE), scope, [16, steps]];
  const rows: [string, readonly string[], readonly string[]][] = [
    ['before the first', [], ['open', 'waiting', 'waiting', 'waiting']],
    ['when the first has its least count', ['read'], ['open', 'open', 'open', 'waiting']],
    ['when the first is full', ['read', 'read'], ['full', 'open', 'open', 'waiting']],
    ['when one was passed over', ['read', 'write'], ['closed', 'closed', 'full', 'open']],
  ];
  test.each(rows)('%s', async (_name, actions, states) => {
    const store = memoryStore();
    const verifier = createVerifier({ trust, audience: AUDIENCE, store, clock: () => NOW });
    for (const [i, action] of actions.entries()) {
      const invocation: Change = [
        [1, action],
        [7, new Uint8Array(16).fill(i)],
      ];
      const { code } = await verifier.authorize(textWith(2, { root, hop: [[10, undefined]], invocation }));
      expect(code).toBe('allowed');
    }
    const { blocks } = await reportCounts(open(root, [[10, undefined]]), store, NOW);
    expect(blocks[0]?.plan?.map(({ state }) => state)).toEqual(states);
  });
});

describe('without a single service, every request is denied', () => {
  test.each([
    ['a limit', { limit: 15 }, 'limits.audience'],
    ['a plan', { plan: 16 }, 'plan.audience'],
  ] as const)('%s', async (_name, of, code) => {
    const claim: Change = 'limit' in of ? [[15, [['call', 1]]]] : [[16, [[READ, 1, 1]]]];
    expect(await report(claim)).toEqual({
      verified: false,
      now: NOW,
      denied: { code, block: 0 },
      blocks: [],
    });
  });

  test('a limit above the block that leaves one', async () => {
    const root: Change = [
      [3, ['s', AUDIENCE]],
      [15, [['call', 1]]],
    ];
    const hop: Change = [...only(AUDIENCE), ...cti, [15, [['call', 1]]]];
    expect((await report(root, hop)).denied).toEqual({ code: 'limits.audience', block: 0 });
  });
});

test('a block ends with those above it', async () => {
  const { blocks } = await report(only(AUDIENCE), [...cti, [4, NOW + 60], [15, [['call', 1]]]]);
  expect(blocks[0]?.expires).toBe(NOW + 60);
});
