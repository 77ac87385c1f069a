import { describe, expect, test } from 'vitest';
import type { ApprovalItem } from '../../src/evidence/approval.ts';
import { isSigner } from '../../src/evidence/authentic.ts';
import { weighApproval } from '../../src/evidence/weigh-approval.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { chainOf, recipe } from '../support/chains.ts';
import { approvalText, auditor, boss, readAll, second } from '../support/evidence.ts';
import {
  AUDIENCE,
  forge,
  type Item,
  lookup,
  NOW,
  type Pair,
  research,
  sha256,
  stranger,
} from '../support/forge.ts';

type Changes = [number, Item][];

const digest = sha256('{"amount":3}');
const forged = forge(recipe(2, { invocation: [[8, [1, digest]]] }));
const { blocks, invocation } = chainOf(forged.text);
const keyOf = ({ publicKey }: Pair) => new PublicKey(publicKey);
const given = (by: Pair, changes: Changes = []) => approvalText(forged, by, changes);

/** What comes of approvals for an entry of the hop that asks for so many of the keys; `auditor` approves elsewhere. */
function weighed(texts: readonly string[], need = 1, keys: readonly Pair[] = [boss, second], within = 600) {
  const items = readAll(texts.join('')) as ApprovalItem[];
  const approvers = [...keys, auditor].map(keyOf);
  const known = new Set(items.filter((item) => approvers.some((key) => isSigner(item, key))));
  const entry = { kind: 'approval', block: 1, keys: keys.map(keyOf), need, within } as const;
  if (invocation === undefined) throw new Error('the scene is sealed');
  return weighApproval(entry, items, { blocks, invocation, known, now: NOW });
}
const codesOf = (...all: Parameters<typeof weighed>) =>
  weighed(...all).wanting.map(({ denial: { code }, need }) => (need ? `${code} +` : code));

describe('an approval', () => {
  test('that is as asked is relied on', () => {
    expect(weighed([given(boss)])).toEqual({
      wanting: [],
      relied: [{ kind: 'approval', block: 1, key: keyOf(boss), iat: NOW }],
      said: [],
      alarms: [],
    });
  });

  test.each<[string, string[], string]>([
    ['is missing', [], 'approval.required +'],
    ['is by a stranger', [given(stranger)], 'approval.approver +'],
    ['is for another entry', [given(auditor)], 'approval.required +'],
    ['is for another action', [given(boss, [[1, 'write']])], 'approval.request +'],
    ['is for another resource', [given(boss, [[2, 'reports/q4.pdf']])], 'approval.request +'],
    ['is for another service', [given(boss, [[3, `${AUDIENCE}.uk`]])], 'approval.request +'],
    ['is for other arguments', [given(boss, [[8, [1, sha256('{"amount":4}')]]])], 'approval.request +'],
    ['is for a body of that digest', [given(boss, [[8, [2, digest]]])], 'approval.request +'],
    ['is for no arguments', [given(boss, [[8, undefined]])], 'approval.request +'],
    ['is for another invocation', [given(boss, [[7, new Uint8Array(16)]])], 'approval.nonce +'],
    ['is for another invocation and request', [given(boss, [[1, 'write'], [7, new Uint8Array(16)]])], 'approval.request +'],
    ['is too old', [given(boss, [[6, NOW - 601]])], 'approval.stale +'],
    ['has ended', [given(boss, [[4, NOW], [6, NOW - 1]])], 'approval.stale +'],
    ['is dated too far ahead', [given(boss, [[6, NOW + 31]])], 'approval.early +'],
    ['is a no', [given(boss, [[10, false]])], 'approval.refused'],
    ['is a no to another request of the same invocation', [given(boss, [[1, 'write'], [10, false]])], 'approval.refused'],
    ['is a no of long ago', [given(boss, [[4, NOW - 9000], [6, NOW - 9999], [10, false]])], 'approval.refused'],
    ['is a no to another invocation', [given(boss, [[7, new Uint8Array(16)], [10, false]])], 'approval.nonce +'],
    ['is a no by somebody who is not asked', [given(auditor, [[10, false]])], 'approval.required +'],
    ['is a no by a stranger', [given(stranger, [[10, false]])], 'approval.approver +'],
    ['is a yes beside a no', [given(boss), given(second, [[10, false]])], 'approval.refused'],
  ])('that %s', (_, texts, code) => {
    expect(codesOf(texts)).toEqual([code]);
  }); // biome-ignore format: a row a line

  test.each<[string, string[]]>([
    ['is as old as may be', [given(boss, [[6, NOW - 600]])]],
    ['is dated 30 seconds ahead', [given(boss, [[6, NOW + 30]])]],
    ['is good for a second more', [given(boss, [[4, NOW + 1]])]],
    ['stands beside what does not count', [given(stranger), given(boss, [[1, 'write']]), given(auditor, [[10, false]]), given(second)]],
  ])('counts that %s', (_, texts) => {
    expect(codesOf(texts)).toEqual([]);
  }); // biome-ignore format: a row a line

  test('by a delegate of the chain counts for nothing, though its no counts', () => {
    const keys = [research, lookup, boss];
    expect(codesOf([given(research)], 1, keys)).toEqual(['approval.delegate +']);
    expect(codesOf([given(lookup)], 1, keys)).toEqual(['approval.delegate +']);
    expect(codesOf([given(research, [[10, false]]), given(boss)], 1, keys)).toEqual(['approval.refused']);
  });
});

describe('two of three approvers', () => {
  const keys = [boss, second, auditor];
  test.each<[string, string[], string[]]>([
    ['two', [given(boss), given(auditor)], []],
    ['all', [given(boss), given(second), given(auditor)], []],
    ['one', [given(boss)], ['approval.required +']],
    ['one, twice', [given(boss), given(boss, [[6, NOW - 1]])], ['approval.twice +']],
    ['one, twice, and another', [given(boss), given(boss, [[6, NOW - 1]]), given(second)], []],
    ['one, and one that is too old', [given(boss), given(second, [[6, NOW - 601]])], ['approval.stale +']],
    ['one, and a stranger', [given(boss), given(stranger)], ['approval.approver +']],
    ['two, and a no', [given(boss), given(second), given(auditor, [[10, false]])], ['approval.refused']],
  ])('%s', (_, texts, codes) => {
    expect(codesOf(texts, 2, keys)).toEqual(codes);
  });

  test('how many there are is told', () => {
    const [wanting] = weighed([given(boss)], 2, keys).wanting;
    expect(wanting?.denial).toMatchObject({ block: 1, caveat: 'approval', expected: 2, actual: 1 });
  });
});

test('a key of an unknown algorithm never approves', () => {
  const items = readAll(given(boss)) as ApprovalItem[];
  const odd = new PublicKey(boss.publicKey, -8);
  const entry = { kind: 'approval', block: 1, keys: [odd], need: 1, within: 60 } as const;
  if (invocation === undefined) throw new Error('the scene is sealed');
  const { wanting } = weighApproval(entry, items, { blocks, invocation, known: new Set(), now: NOW });
  expect(wanting.map(({ denial }) => denial.code)).toEqual(['approval.approver']);
});
