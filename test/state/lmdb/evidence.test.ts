import { afterEach, describe, expect, test } from 'vitest';
import { type LmdbStore, lmdbStore } from '../../../src/state/lmdb.ts';
import { suites } from '../../support/chains.ts';
import {
  approvalText,
  boss,
  COMPLETED,
  entryOf,
  keeper,
  second,
  statusText,
} from '../../support/evidence.ts';
import { NOW } from '../../support/forge.ts';
import { ALIVE, answer, approvedBy, approvedText, sealed } from '../../support/serving.ts';
import { elsewhere, newPath } from './folder.ts';

const opened: LmdbStore[] = [];

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

/** How a service answers that starts anew for each presentation, on one folder. */
async function restarting(texts: readonly string[]): Promise<string[]> {
  const path = newPath();
  const all: string[] = [];
  for (const text of texts) {
    const store = lmdbStore({ path });
    opened.push(store);
    all.push(await answer(text, { store }));
    await store.close();
  }
  return all;
}

describe.each(suites)('what evidence said outlives a restart, suite %i', (suite) => {
  const alive = (n: number, issued: number, entry = entryOf()) =>
    sealed(suite, { root: ALIVE, n }).text + statusText(keeper, NOW + issued, entry);
  const asking = (n = 1, more: object = {}) => sealed(suite, { root: approvedBy(), n, ...more });

  test('V02 an older status after a restart', async () => {
    expect(await restarting([alive(1, -5), alive(2, -6), alive(3, -4)])).toEqual([
      'allowed',
      'alive.older +',
      'allowed',
    ]);
  });

  test('V02 a status from before the end of the mission after a restart, or from after it', async () => {
    const ended = alive(1, -5, entryOf(COMPLETED));
    expect(await restarting([ended, alive(2, -6), alive(3, -4)])).toEqual([
      'alive.completed',
      'alive.completed',
      'alive.completed',
    ]);
  });

  test('an approval pays once, also where it is sealed anew and approved by another', async () => {
    const again = asking(1, { invocation: [[4, NOW + 90]] });
    expect(
      await restarting([
        approvedText(asking(), boss),
        approvedText(asking(), second),
        approvedText(again, second),
      ]),
    ).toEqual(['allowed', 'invocation.replay', 'invocation.replay']);
  });

  test('a no is final', async () => {
    const no = approvedText(asking(), boss, [[10, false]]);
    expect(await restarting([no, approvedText(asking(), second), approvedText(asking(), boss)])).toEqual([
      'approval.refused',
      'approval.refused',
      'approval.refused',
    ]);
  });

  test('a no to one invocation is none to another', async () => {
    const no = asking().text + approvalText(asking(), boss, [[10, false]]);
    expect(await restarting([no, approvedText(asking(2), boss)])).toEqual(['approval.refused', 'allowed']);
  });
});

test('what is kept is read by another process', async () => {
  const path = newPath();
  const store = lmdbStore({ path });
  opened.push(store);
  const keep = {
    kind: 'keep',
    key: 'k',
    until: 2_000_000,
    at: 5,
    what: 'active \u00ff\u0000',
    final: false,
  } as const;
  await store.charge({ now: 1_000_000, operations: [keep] });
  await store.close();
  const older = JSON.stringify({ ...keep, at: 4, what: 'other' });
  expect(elsewhere(path, `store.charge({ now: 1_000_000, operations: [${older}] })`)).toEqual({
    refused: [0],
    standing: [{ used: 1, kept: { at: 5, what: keep.what, final: false } }],
  });
});
