import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory.ts';
import { errorOf } from '../support/code-of.ts';
import { codeLater, contract } from './contract.ts';

contract('memory', () => ({ store: memoryStore(), close: async () => {} }));

describe('memory: room', () => {
  const once = (key: string) => ({ kind: 'once', key, until: 2000 }) as const;

  test('a charge that does not fit is refused, and charges nothing', async () => {
    const store = memoryStore({ rows: 3 });
    await store.charge({ now: 1000, operations: [once('a'), once('b')] });
    expect(await codeLater(async () => store.charge({ now: 1000, operations: [once('c'), once('d')] }))).toBe(
      'store.full',
    );
    expect(await store.look({ now: 1000, operations: [once('c'), once('d')] })).toEqual([
      { used: 0 },
      { used: 0 },
    ]);
  });

  test('what is settled keeps its room until its time', async () => {
    const store = memoryStore({ rows: 3 });
    await store.charge({ now: 1000, operations: [], reservation: { id: 'r', until: 1100 } });
    await store.settle({ now: 1000, id: 'r', costs: {} });
    const both = { now: 1000, operations: [once('a'), once('b')] };
    expect(await codeLater(async () => store.charge(both))).toBe('store.full');
  });

  test('a flood evicts nothing that still counts', async () => {
    const store = memoryStore({ rows: 3 });
    await store.charge({ now: 1000, operations: [once('a')] });
    for (let i = 0; i < 50; i++)
      await codeLater(async () => store.charge({ now: 1000, operations: [once(`n${i}`)] }));
    expect(await store.charge({ now: 1000, operations: [once('a')] })).toMatchObject({ refused: [0] });
  });

  test('there is room again when what is past its time went', async () => {
    const store = memoryStore({ rows: 3 });
    for (const key of ['a', 'b']) await store.charge({ now: 1000, operations: [once(key)] });
    expect(await codeLater(async () => store.charge({ now: 2030, operations: [{ ...once('c'), until: 3000 }, { ...once('d'), until: 3000 }] }))).toBe('accepted'); // biome-ignore format: short
  });
});

describe('how much a store holds', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '9'])('is not %s', (rows) => {
    expect(errorOf(() => memoryStore({ rows: rows as number }))).toBeInstanceOf(TypeError);
  });
});
