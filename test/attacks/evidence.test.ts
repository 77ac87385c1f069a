import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory.ts';
import { type Change, suites } from '../support/chains.ts';
import {
  ACTIVE,
  approvalText,
  boss,
  COMPLETED,
  consentText,
  entryOf,
  keeper,
  SUBJECT,
  SUSPENDED,
  second,
  statusText,
  textOfEvidence,
} from '../support/evidence.ts';
import { cbor, cfo, lookup, NOW, research, sha256, stranger } from '../support/forge.ts';
import { ALIVE, answer, answers, approvedBy, approvedText, sealed } from '../support/serving.ts';

const FOREIGN = 'VerifyError evidence.signature';
const hopOf = (task: string): Change => [[9, new Map([[2, task]])]];

describe.each(suites)('approvals, suite %i', (suite) => {
  const asking = (n = 1, more: object = {}) => sealed(suite, { root: approvedBy(), n, ...more });

  test('D01 an approval that was asked for and not presented, beside the one that is', async () => {
    expect(await answers([asking().text, approvedText(asking())])).toEqual([
      'approval.required +',
      'allowed',
    ]);
  });

  test('D02 an approval of another token, of the chain before a hop or beside it, and of another invocation', async () => {
    const [own, parent, fork] = [asking(), asking(1, { hops: [] }), asking(1, { hops: [hopOf('fork')] })];
    for (const other of [parent, fork]) {
      expect(await answer(own.text + approvalText(other, boss))).toBe(FOREIGN);
    }
    expect(await answer(own.text + approvalText(asking(2), boss))).toBe('approval.nonce +');
  });

  test('D02 an approval for one entry used for another', async () => {
    const both = sealed(suite, { root: approvedBy(1, [boss]), hops: [approvedBy(1, [second])] });
    expect(await answer(approvedText(both, boss))).toBe('approval.required +');
    expect(await answer(approvedText(both, boss) + approvalText(both, second))).toBe('allowed');
  });

  test('D03 an approval by a party that is trusted for something else', async () => {
    const root = [...ALIVE, ...approvedBy()];
    const own = sealed(suite, { root });
    const status = statusText(keeper);
    expect(await answer(approvedText(own, keeper) + status)).toBe('approval.approver +');
    expect(await answer(approvedText(own, stranger) + status)).toBe('approval.approver +');
  });

  test('D03 a signature for one purpose moved to another', async () => {
    const own = asking();
    expect(await answer(approvedText(own, boss, [], { label: 'consent' }))).toBe(FOREIGN);
    expect(await answer(approvedText(own, boss, [], { label: 'invocation' }))).toBe(FOREIGN);
  });

  test('D05 what was approved is changed afterwards', async () => {
    const changes: Change[] = [[[2, 'reports/q4.pdf']], [[1, 'write']], [[8, [1, sha256('{"amount":9}')]]]];
    for (const change of changes) {
      expect(await answer(approvedText(asking(), boss, change))).toBe('approval.request +');
    }
  });

  test('D10 one malformed piece of evidence among good ones', async () => {
    const good = approvedText(asking());
    expect(await answer(`${good}${textOfEvidence(cbor([2, []]))}`)).toBe('DecodeError evidence.shape');
    expect(await answer(`${good}${textOfEvidence(cbor([9, [0, 0, 0, 0]]))}`)).toBe(
      'DecodeError evidence.kind',
    );
    expect(await answer(good + approvalText(asking(), second, [], { proof: new Uint8Array(64) }))).toBe(
      FOREIGN,
    );
  });

  test('D13 a child that weakens the approval of its parent, with the approval that it would have', async () => {
    const weaker: Change = approvedBy(1, [stranger], [[['*'], ['**']]]);
    const own = sealed(suite, { root: approvedBy(), hops: [weaker] });
    expect(await answers([approvedText(own, stranger), approvedText(own, boss)])).toEqual([
      'approval.required +',
      'allowed',
    ]);
  });

  test('P05 the consent of another mission', async () => {
    const root: Change = [[17, cfo.publicKey]];
    const [own, other] = [sealed(suite, { root }), sealed(suite, { root: [...root, [9, new Map([[1, 'q4'], [2, 'x']])]] })]; // biome-ignore format: short
    expect(await answer(own.text + consentText(other, cfo))).toBe(FOREIGN);
    expect(await answer(own.text + consentText(own, stranger))).toBe('consent.proof +');
    expect(await answer(own.text + consentText(own, cfo))).toBe('allowed');
  });
});

describe('approvals by those who ask', () => {
  test.each([
    ['the holder', lookup],
    ['a delegate above it', research],
  ])('D04 an approval by %s, which a grant names by mistake', async (_, by) => {
    const own = sealed(2, { root: approvedBy(1, [by, boss]) });
    expect(await answer(approvedText(own, by))).toBe('approval.delegate +');
  });

  test('D04 a hop that names its own key as an approver, for the approval of its parent', async () => {
    const own = sealed(2, { root: approvedBy(), hops: [approvedBy(1, [lookup])] });
    expect(await answer(approvedText(own, lookup))).toBe('approval.required +');
  });
});

describe.each(suites)('statuses, suite %i', (suite) => {
  const asking = (n = 1, hops: Change[] = [[]]) => sealed(suite, { root: ALIVE, hops, n });
  const at = (issued: number, entry = entryOf()) => statusText(keeper, NOW + issued, entry);

  test('D16 a status from before the end of the mission', async () => {
    expect(await answer(asking().text + at(-61))).toBe('alive.stale +');
    const texts = [asking(1).text + at(-1, entryOf(COMPLETED)), asking(2).text + at(-2)];
    expect(await answers(texts)).toEqual(['alive.completed', 'alive.completed']);
  });

  test('D16 the status of another mission, and one from the future', async () => {
    expect(await answer(asking().text + statusText(keeper, NOW, entryOf(), `${SUBJECT}-2`))).toBe(
      'alive.subject +',
    );
    expect(await answer(asking().text + at(31))).toBe('alive.early +');
  });

  test('V01 an older status after a later one', async () => {
    const texts = [asking(1).text + at(-5), asking(2).text + at(-6), asking(3).text + at(-5)];
    expect(await answers(texts)).toEqual(['allowed', 'alive.older +', 'allowed']);
  });

  test('V01 an older status after a later one that denied, also of another chain', async () => {
    const store = memoryStore();
    const fork = asking(1, [hopOf('fork')]);
    expect(await answer(fork.text + at(-5, entryOf(SUSPENDED)), { store })).toBe('alive.suspended');
    expect(await answer(asking(2).text + at(-6), { store })).toBe('alive.older +');
  });

  test('V04 a list that is frozen', async () => {
    expect(await answers([asking(1).text + at(-60), asking(2).text + at(-61)])).toEqual([
      'allowed',
      'alive.stale +',
    ]);
    expect(await answer(asking().text, { feed: at(-61) })).toBe('alive.stale +');
  });

  test('V06 a list by the wrong authority, by the holder, and by an authority for another subject', async () => {
    const by = (key: typeof keeper, subject = SUBJECT) =>
      asking().text + statusText(key, NOW, entryOf(), subject);
    expect(await answer(by(stranger))).toBe('alive.authority +');
    expect(await answer(by(lookup))).toBe('alive.authority +');
    const other: Change = [[12, [[stranger.publicKey, 60, 'another']]]];
    const own = sealed(suite, { root: ALIVE, hops: [other] });
    const texts = statusText(stranger) + statusText(stranger, NOW, entryOf(), 'another');
    expect(await answer(own.text + texts)).toBe('alive.authority +');
    expect(await answer(own.text + texts + at(0))).toBe('allowed');
  });

  test('V07 a list of another mission, whatever it says', async () => {
    const other = statusText(keeper, NOW, entryOf(COMPLETED), `${SUBJECT}-2`);
    expect(await answer(asking().text + other)).toBe('alive.subject +');
    expect(await answer(asking().text + other + at(0))).toBe('allowed');
  });

  test('V08 an ancestor is revoked, and the leaf is not listed', async () => {
    const own = asking(1, [[], [], []]);
    for (const { id } of own.blocks) {
      expect(await answer(own.text + at(0, entryOf(ACTIVE, id)))).toBe('alive.block');
    }
  });

  test('V12 a token spelled anew evades no revoked id', async () => {
    const revoked = at(0, entryOf(ACTIVE, asking().blocks[0]?.id as Uint8Array));
    // Sealed again, for other nonces and by more hops: the root is what it was.
    const again = [asking(2), asking(3, [[], []]), asking(4, [hopOf('other')])];
    expect(await answers(again.map(({ text }) => text + revoked))).toEqual(again.map(() => 'alive.block'));
  });

  test('V13 no status at all, in the hands of the agent or of the service', async () => {
    expect(await answers([asking(1).text, asking(2).text + at(0)])).toEqual(['alive.status +', 'allowed']);
    expect(await answer(asking().text, { feed: at(0) })).toBe('allowed');
  });
});
