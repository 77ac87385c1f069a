import { describe, expect, test } from 'vitest';
import { decodeEvidence } from '../../src/evidence/evidence-text.ts';
import { type IssuedSubject, type IssueStatusOptions, issueStatus } from '../../src/evidence/issue-status.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { codeOf } from '../support/code-of.ts';
import {
  ACTIVE,
  entryOf,
  evidenceOf,
  keeper,
  SUBJECT,
  statusPayload,
  textOfEvidence,
} from '../support/evidence.ts';
import { NOW, sha256, signEd25519 } from '../support/forge.ts';

const key = new SigningKey(keeper.seed);
const [a, b] = [sha256('a'), sha256('b')];
const until = NOW + 99_999;
const issue = (subjects: Record<string, IssuedSubject>, more: Partial<IssueStatusOptions<SigningKey>> = {}) =>
  issueStatus({ key, subjects, issued: NOW, goodFor: 3600, ...more });

describe('a status is issued', () => {
  test('as the bytes that the format prescribes', () => {
    const entry = entryOf(ACTIVE, a, b);
    expect(issue({ [SUBJECT]: { state: 'active', revoked: [{ id: a, until }, { id: b, until }] } })).toBe(
      textOfEvidence(evidenceOf('status', keeper, statusPayload(NOW, entry))),
    ); // biome-ignore format: short
  });

  test.each([
    [1, 'active'],
    [2, 'suspended'],
    [3, 'completed'],
    [4, 'revoked'],
  ] as const)('with state %i for %s', (number, state) => {
    expect(issue({ [SUBJECT]: { state } })).toBe(
      textOfEvidence(evidenceOf('status', keeper, statusPayload(NOW, entryOf(number)))),
    );
  });

  test('with ids in order, and each once, however they are given', () => {
    const given = [b, a, b].map((id) => ({ id, until }));
    expect(issue({ [SUBJECT]: { state: 'active', revoked: given } })).toBe(
      issue({ [SUBJECT]: { state: 'active', revoked: [a, b].sort(Buffer.compare).map((id) => ({ id, until })) } }),
    );
  }); // biome-ignore format: short

  test('of 300 subjects, and 300 ids', () => {
    const revoked = Array.from({ length: 300 }, (_, i) => ({ id: sha256(`${i}`), until }));
    const subjects = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`s${i}`, { state: 'active', revoked: i ? [] : revoked } as const]));
    const [status] = decodeEvidence(issue(subjects));
    expect(status?.kind === 'status' && status.claims.subjects.get('s0')?.revoked.size).toBe(300);
  }); // biome-ignore format: short

  test('at the time of the system, where none is given', () => {
    const before = Math.floor(Date.now() / 1000);
    const [status] = decodeEvidence(issueStatus({ key, subjects: { s: { state: 'active' } }, goodFor: 60 }));
    const issued = status?.kind === 'status' ? status.claims.issued : 0;
    expect(issued).toBeGreaterThanOrEqual(before);
    expect(issued).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
  });

  test('by a signer, in a promise', async () => {
    const signer = {
      publicKey: key.publicKey,
      sign: async (data: Uint8Array) => signEd25519(keeper, data),
    };
    const subjects = { s: { state: 'active' } } as const;
    expect(await issueStatus({ key: signer, subjects, issued: NOW, goodFor: 60 })).toBe(
      issue(subjects, { goodFor: 60 }),
    );
  });
});

describe('a status is not issued where', () => {
  const of = (own: unknown) => ({ s: own }) as Record<string, IssuedSubject>;

  test.each<[string, Record<string, IssuedSubject>, object]>([
    ['it is of nothing', {}, {}],
    ['a state is unknown', of({ state: 'paused' }), {}],
    ['a state is left out', of({}), {}],
    ['an id is short', of({ state: 'active', revoked: [{ id: a.slice(1), until }] }), {}],
    ['an id is a text', of({ state: 'active', revoked: [{ id: 'a', until }] }), {}],
    ['an id has two times', of({ state: 'active', revoked: [{ id: a, until }, { id: a, until: 1 }] }), {}],
    ['an id has no time', of({ state: 'active', revoked: [{ id: a }] }), {}],
    ['the ids are a text', of({ state: 'active', revoked: 'ab' }), {}],
    ['a member is unknown', of({ state: 'active', revokes: [] }), {}],
    ['an option is unknown', of({ state: 'active' }), { until }],
    ['a subject is invisible', { 's\u200b': { state: 'active' } }, {}],
    ['it is good for no number', of({ state: 'active' }), { goodFor: Number.NaN }],
    ['it is issued before 1970', of({ state: 'active' }), { issued: -1 }],
    ['it is issued within a second', of({ state: 'active' }), { issued: NOW + 0.5 }],
  ])('%s', (_, subjects, more) => {
    expect(codeOf(() => issue(subjects, more))).toBe('mint.input');
  }); // biome-ignore format: a row a line
});
