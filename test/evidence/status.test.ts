import { describe, expect, test } from 'vitest';
import { readEvidence } from '../../src/evidence/read-evidence.ts';
import { digestSubject, isFinal, missionStates, type Status } from '../../src/evidence/status.ts';
import { entryOf, evidenceOf, keeper, SUBJECT, stateOf, statusPayload } from '../support/evidence.ts';
import { hex, type Item, NOW, sha256 } from '../support/forge.ts';

const subjectOf = (entry: Item, issued = NOW) => {
  const bytes = evidenceOf('status', keeper, statusPayload(issued, entry));
  return stateOf(readEvidence(bytes, 'evidence 0') as Status, SUBJECT);
};
const digest = (entry: Item, issued?: number) => hex(digestSubject(subjectOf(entry, issued)));

describe('the digest of an entry', () => {
  test('is the same of two statements that say the same', () => {
    expect(digest(entryOf(1, sha256('a')), NOW)).toBe(digest(entryOf(1, sha256('a')), NOW + 1));
  });

  test.each<[string, Item]>([
    ['state', entryOf(2, sha256('a'))],
    ['id', entryOf(1, sha256('b'))],
    ['number of ids', entryOf(1, sha256('a'), sha256('b'))],
    ['list', entryOf(1)],
    ['time of an id', [1, [[sha256('a'), NOW]]]],
  ])('differs with another %s', (_, other) => {
    expect(digest(other)).not.toBe(digest(entryOf(1, sha256('a'))));
  });

  test('is computed once', () => {
    const entry = subjectOf(entryOf());
    expect(digestSubject(entry)).toBe(digestSubject(entry));
  });
});

test('completed and revoked are final, active and suspended are not', () => {
  expect(missionStates.map(isFinal)).toEqual([false, false, true, true]);
});
