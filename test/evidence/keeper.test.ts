import { describe, expect, test } from 'vitest';
import { issueStatus } from '../../src/evidence/issue-status.ts';
import {
  changeMission,
  type KeptMission,
  type MissionChange,
  revokeIds,
  stateMissions,
} from '../../src/evidence/keeper.ts';
import type { MissionState } from '../../src/evidence/status.ts';
import { verifyStatus } from '../../src/evidence/verify-status.ts';
import { hands } from '../support/chains.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { NOW } from '../support/forge.ts';

const SUBJECT = 'mailto:cfo@acme.example#q3-report';
const ID = new Uint8Array(32).fill(1);
const OTHER = new Uint8Array(32).fill(2);
const LATER = NOW + 5;
const HOUR = { now: NOW, goodFor: 3600 };

const mission = (state: MissionState, more: Partial<KeptMission> = {}): KeptMission => ({
  subject: SUBJECT,
  state,
  since: NOW,
  issued: NOW,
  goodUntil: NOW + 3600,
  revoked: [],
  ...more,
});
const change = (from: MissionState, to: MissionChange) =>
  changeMission([mission(from)], SUBJECT, to, LATER)[0];

describe('changeMission', () => {
  test('starts what is not known', () => {
    expect(changeMission([], SUBJECT, 'start', NOW)).toEqual([
      { subject: SUBJECT, state: 'active', since: NOW, issued: 0, goodUntil: 0, revoked: [] },
    ]);
  });

  test.each<[MissionState, MissionChange, MissionState]>([
    ['active', 'suspend', 'suspended'],
    ['active', 'complete', 'completed'],
    ['active', 'revoke', 'revoked'],
    ['suspended', 'resume', 'active'],
    ['suspended', 'complete', 'completed'],
    ['suspended', 'revoke', 'revoked'],
  ])('of %s, %s makes %s, and since when', (from, by, to) => {
    expect(change(from, by)).toEqual(mission(to, { since: LATER }));
  });

  test('to start what is active changes nothing', () => {
    expect(change('active', 'start')).toEqual(mission('active'));
  });

  test.each<[MissionState, MissionChange, string]>([
    ['suspended', 'start', 'the mission is suspended, so it can be resumed'],
    ['suspended', 'suspend', 'the mission is suspended already'],
    ['active', 'resume', 'the mission is active already'],
  ])('of %s, %s is refused, and says why', (from, by, why) => {
    expect(errorOf(() => change(from, by))).toMatchObject({ code: 'mint.input', where: { detail: why } });
  });

  test.each(
    (['completed', 'revoked'] as const).flatMap((from) =>
      (['start', 'suspend', 'resume', 'complete', 'revoke'] as const).map((by) => [from, by] as const),
    ),
  )('what is %s can never %s', (from, by) => {
    expect(codeOf(() => change(from, by))).toBe('mission.final');
  });

  test.each(['suspend', 'resume', 'complete', 'revoke'] as const)(
    'of what is not known, %s is refused',
    (by) => {
      expect(codeOf(() => changeMission([mission('active')], 'other', by, NOW))).toBe('mint.input');
    },
  );

  test('leaves other missions as they are', () => {
    const other = mission('suspended', { subject: 'other' });
    expect(changeMission([other, mission('active')], SUBJECT, 'complete', NOW)[0]).toBe(other);
  });
});

describe('revokeIds', () => {
  const revoke = (before: KeptMission, ...ids: KeptMission['revoked']) =>
    revokeIds([before], SUBJECT, ids)[0]?.revoked;

  test('adds to what is revoked', () => {
    const before = mission('active', { revoked: [{ id: ID, until: LATER }] });
    expect(revoke(before, { id: OTHER, until: LATER })).toEqual([
      { id: ID, until: LATER },
      { id: OTHER, until: LATER },
    ]);
  });

  test.each([
    [LATER, LATER + 1, LATER + 1],
    [LATER + 1, LATER, LATER + 1],
  ])('of an id until %i and until %i, the later counts', (first, second, until) => {
    const before = mission('suspended', { revoked: [{ id: ID, until: first }] });
    expect(revoke(before, { id: ID, until: second })).toEqual([{ id: ID, until }]);
  });

  test('is refused where the mission has ended', () => {
    expect(codeOf(() => revoke(mission('completed'), { id: ID, until: LATER }))).toBe('mission.final');
  });

  test('is refused where the mission is not known', () => {
    expect(codeOf(() => revokeIds([], SUBJECT, [{ id: ID, until: LATER }]))).toBe('mint.input');
  });
});

describe('stateMissions', () => {
  test('states what is kept, and keeps when', () => {
    const { missions, statement, dropped } = stateMissions([mission('suspended')], [SUBJECT], {
      now: LATER,
      goodFor: 60,
    });
    expect(statement).toEqual({
      subjects: { [SUBJECT]: { state: 'suspended', revoked: [] } },
      issued: LATER,
      goodFor: 60,
    });
    expect(missions).toEqual([mission('suspended', { issued: LATER, goodUntil: LATER + 60 })]);
    expect(dropped).toEqual([]);
  });

  test('is later than the last statement where the clock is not', () => {
    const before = [mission('active', { issued: NOW + 100 })];
    expect(stateMissions(before, [SUBJECT], HOUR).statement.issued).toBe(NOW + 101);
  });

  test('is later than the last of every mission that it names', () => {
    const before = [
      mission('active', { issued: NOW + 7 }),
      mission('active', { subject: 'other', issued: NOW + 9 }),
    ];
    expect(stateMissions(before, [SUBJECT, 'other'], HOUR).statement.issued).toBe(NOW + 10);
  });

  test('says nothing of missions that it does not name', () => {
    const other = mission('active', { subject: 'other', issued: NOW + 9, revoked: [{ id: ID, until: 0 }] });
    const { missions, statement } = stateMissions([other, mission('active')], [SUBJECT], HOUR);
    expect(Object.keys(statement.subjects)).toEqual([SUBJECT]);
    expect(missions[0]).toBe(other);
  });

  test('drops an id once no clock that is good can take its block for alive', () => {
    const revoked = [
      { id: ID, until: NOW - 30 },
      { id: OTHER, until: NOW - 29 },
    ];
    const { missions, statement, dropped } = stateMissions([mission('active', { revoked })], [SUBJECT], HOUR);
    expect(dropped).toEqual([ID]);
    expect(statement.subjects[SUBJECT]?.revoked).toEqual([{ id: OTHER, until: NOW - 29 }]);
    expect(missions[0]?.revoked).toEqual([{ id: OTHER, until: NOW - 29 }]);
  });

  test('of what is not known is refused', () => {
    expect(codeOf(() => stateMissions([mission('active')], [SUBJECT, 'other'], HOUR))).toBe('mint.input');
  });

  test('gives what issueStatus signs', () => {
    const before = [mission('suspended', { revoked: [{ id: ID, until: LATER }] })];
    const { statement } = stateMissions(before, [SUBJECT], { now: LATER, goodFor: 60 });
    const { claims } = verifyStatus(issueStatus({ key: hands.cfo, ...statement }), hands.cfo.publicKey);
    expect(claims).toMatchObject({ issued: LATER, exp: LATER + 60 });
    expect(claims.subjects.get(SUBJECT)?.state).toBe('suspended');
    expect(claims.subjects.get(SUBJECT)?.revoked.has(ID)).toBe(true);
  });

  test('keeps a subject apart from what objects inherit', () => {
    const { statement } = stateMissions([mission('active', { subject: '__proto__' })], ['__proto__'], HOUR);
    expect(Object.keys(statement.subjects)).toEqual(['__proto__']);
  });
});
