import { describe, expect, test } from 'vitest';
import type { Said } from '../../src/evidence/finding.ts';
import type { Status } from '../../src/evidence/status.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { type Remembered, rememberEvidence } from '../../src/state/remember.ts';
import type { Kept } from '../../src/state/store.ts';
import { chainOf } from '../support/chains.ts';
import {
  COMPLETED,
  entryOf,
  keeper,
  REVOKED,
  readAll,
  SUBJECT,
  stateOf,
  statusText,
} from '../support/evidence.ts';
import { type Item, NOW } from '../support/forge.ts';
import { sealed } from '../support/serving.ts';

const END = NOW + 7200;
const chain = chainOf(sealed(2, { hops: [[], [[4, NOW + 50]]] }).text);
const key = new PublicKey(keeper.publicKey);

function said(entry: Item, more: Partial<Said> = {}): Said {
  const [status] = readAll(statusText(keeper, NOW, entry)) as [Status];
  return {
    block: 0,
    key,
    subject: SUBJECT,
    issued: NOW,
    entry: stateOf(status, SUBJECT),
    within: 60,
    ...more,
  };
}
function remembered(one: Said[], approval: 'used' | 'refused' | null = null): Remembered[] {
  if (chain.invocation === undefined) throw new Error('the scene is sealed');
  return rememberEvidence(chain, chain.invocation, { said: one, approval });
}
const keepOf = (...given: Parameters<typeof remembered>) =>
  remembered(...given).map(({ operation }) => operation)[0];
const [active] = remembered([said(entryOf())]) as [Remembered];
const whatOf = (entry: Item) => (keepOf([said(entry)]) as { what: string }).what;
const keptAs = (at: number, entry: Item, final = false): Kept => ({
  at: NOW + at,
  what: whatOf(entry),
  final,
});

describe('of a status is kept', () => {
  test('what it says, when, and as long as anything older could pass', () => {
    expect(keepOf([said(entryOf())])).toMatchObject({ kind: 'keep', until: NOW + 60, at: NOW, final: false });
  });

  test.each([COMPLETED, REVOKED])('that state %i is final', (state) => {
    expect(keepOf([said(entryOf(state))])).toMatchObject({ final: true });
  });

  test.each<[string, Partial<Said>, number]>([
    ['that the root asks for, for as long as it says', { within: 99_999_999 }, NOW + 99_999_999],
    ['that the root asks for, for no longer than there are times', { within: Number.MAX_SAFE_INTEGER }, 8_589_934_592],
    ['that a hop asks for, for no longer than the grant', { block: 1, within: 99_999_999 }, END],
  ])('one %s', (_, more, until) => {
    expect(keepOf([said(entryOf(), more)])).toMatchObject({ until });
  });

  test('one row for one subject of one key, whichever block asks', () => {
    const keys = [{}, { block: 1 }, { subject: 'other' }, { key: new PublicKey(keeper.kid) }, { key: new PublicKey(keeper.publicKey, -8) }].map(
      (more) => keepOf([said(entryOf(), more)])?.key,
    );
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(4);
  });

  test('nothing but a text that a row can have', () => {
    expect(whatOf(entryOf())).toMatch(/^active [\0-\xff]{32}$/);
  });
}); // biome-ignore format: a row a line

describe('a status that is refused is denied as', () => {
  test.each<[string, Kept, string, boolean]>([
    ['older', keptAs(1, entryOf()), 'alive.older', true],
    ['a contradiction', keptAs(0, entryOf(2)), 'alive.conflict', true],
    ['one of two that contradict', { at: NOW, what: '', final: false }, 'alive.conflict', true],
    ['of a mission that is completed', keptAs(-1, entryOf(COMPLETED), true), 'alive.completed', false],
    ['of a mission that is revoked', keptAs(1, entryOf(REVOKED), true), 'alive.revoked', false],
  ])('%s', (_, kept, code, mendable) => {
    const standing = { used: 1, kept };
    expect(active.deny(standing)).toMatchObject({ code, block: 0, caveat: 'alive' });
    expect(active.need?.(standing)?.kind).toBe(mendable ? 'status' : undefined);
  });
});

describe('there is an alarm', () => {
  test.each<[string, Item, Kept | undefined, unknown]>([
    ['no, where nothing was kept', entryOf(), undefined, undefined],
    ['no, where the same was', entryOf(), keptAs(0, entryOf()), undefined],
    ['no, where something else was before', entryOf(), keptAs(-1, entryOf(2)), undefined],
    ['no, where something else was after', entryOf(), keptAs(1, entryOf(2)), undefined],
    ['of a contradiction', entryOf(), keptAs(0, entryOf(2)), ['conflict', 0]],
    ['of a revival', entryOf(), keptAs(-1, entryOf(COMPLETED), true), ['revived', 0]],
    ['of a revival that was seen first', entryOf(COMPLETED), keptAs(1, entryOf()), ['revived', 1]],
    ['no, where it ended after', entryOf(), keptAs(1, entryOf(COMPLETED), true), undefined],
    ['no, where it ended twice', entryOf(REVOKED), keptAs(-1, entryOf(COMPLETED), true), undefined],
  ])('%s', (_, entry, kept, expected) => {
    const [one] = remembered([said(entry)]) as [Remembered];
    const alarm = one.alarm(kept);
    expect(alarm && [alarm.kind, alarm.issued - NOW]).toEqual(expected);
  }); // biome-ignore format: a row a line
});

describe('of approvers is kept', () => {
  test('nothing, where none was asked', () => {
    expect(remembered([])).toEqual([]);
  });

  test.each([
    ['used', 0, false],
    ['refused', 1, true],
  ] as const)('that the request is %s, to the end of the chain', (approval, at, final) => {
    expect(keepOf([], approval)).toMatchObject({ kind: 'keep', until: NOW + 50, at, what: approval, final });
  });

  test('one answer for one invocation, whichever it is', () => {
    expect(keepOf([], 'used')?.key).toBe(keepOf([], 'refused')?.key);
    expect(keepOf([], 'used')?.key).not.toBe(keepOf([said(entryOf())])?.key);
  });

  test('a no that cannot be mended', () => {
    const [one] = remembered([], 'used') as [Remembered];
    const standing = { used: 1, kept: { at: 1, what: 'refused', final: true } };
    expect([one.deny(standing).code, one.need?.(standing)]).toEqual(['approval.refused', undefined]);
  });
});
