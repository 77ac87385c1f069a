import { toHex } from '../bytes.ts';
import { MintError } from '../errors.ts';
import * as limits from '../limits.ts';
import type { IssuedSubject, IssueStatusOptions } from './issue-status.ts';
import { isFinal, type MissionState } from './status.ts';

/** A mission as its keeper remembers it, from one statement to the next. Times are Unix seconds. */
export interface KeptMission extends Required<IssuedSubject> {
  readonly subject: string;
  /** Since when it stands so. */
  readonly since: number;
  /** When the last statement of it was issued; 0 where there was none. */
  readonly issued: number;
  /** Until when that is good. */
  readonly goodUntil: number;
}

/** What can be done to a mission. */
export type MissionChange = 'start' | 'suspend' | 'resume' | 'complete' | 'revoke';

/** What is to be said next, and what the keeper has to remember before it is. */
export interface Stated {
  readonly missions: readonly KeptMission[];
  /** For `issueStatus`, beside the key. */
  readonly statement: Required<Omit<IssueStatusOptions<never>, 'key'>>;
  /** The ids that are listed no more, since nothing of them lives. */
  readonly dropped: readonly Uint8Array[];
}

const after: Readonly<Record<MissionChange, MissionState>> = {
  start: 'active',
  suspend: 'suspended',
  resume: 'active',
  complete: 'completed',
  revoke: 'revoked',
};

// From every other state that is not final, the change is possible.
const impossible: Readonly<Record<MissionChange, { readonly from?: MissionState; readonly why: string }>> = {
  start: { from: 'suspended', why: 'the mission is suspended, so it can be resumed' },
  suspend: { from: 'suspended', why: 'the mission is suspended already' },
  resume: { from: 'active', why: 'the mission is active already' },
  complete: { why: '' },
  revoke: { why: '' },
};

/**
 * Lets a mission begin, pause, go on or end (spec §5.8.1). To start what is active changes nothing.
 *
 * @throws MintError `mission.final` where it has ended; `mint.input` where it is not known, or cannot change so
 * @example
 * const missions = changeMission([], 'mailto:cfo@acme.example#q3-report', 'start', now)
 */
export function changeMission(
  missions: readonly KeptMission[],
  subject: string,
  change: MissionChange,
  now: number,
): readonly KeptMission[] {
  const known = missions.some((mission) => mission.subject === subject);
  if (change === 'start' && !known) {
    return [...missions, { subject, state: 'active', since: now, issued: 0, goodUntil: 0, revoked: [] }];
  }
  const mission = findOpen(missions, subject);
  const { from, why } = impossible[change];
  if (mission.state === from) throw refuse(why);
  const state = after[change];
  return state === mission.state ? missions : replace(missions, { ...mission, state, since: now });
}

/**
 * Lists ids as revoked in a mission: of blocks, or SHA-256 of delegates' keys. Of one that is listed already, the later
 * `until` counts.
 *
 * @throws MintError `mission.final`; `mint.input` where the mission is not known
 */
export function revokeIds(
  missions: readonly KeptMission[],
  subject: string,
  ids: KeptMission['revoked'],
): readonly KeptMission[] {
  const mission = findOpen(missions, subject);
  const revoked = new Map(mission.revoked.map((entry) => [toHex(entry.id), entry]));
  for (const { id, until } of ids) {
    const before = revoked.get(toHex(id))?.until ?? 0;
    revoked.set(toHex(id), { id, until: Math.max(before, until) });
  }
  return replace(missions, { ...mission, revoked: [...revoked.values()] });
}

/**
 * The next statement of some missions: later than the last of each, even where the clock is not. An id is dropped once
 * it is past its `until` for every clock that may still be behind.
 *
 * @throws MintError `mint.input` where one is not known
 * @example
 * const { missions, statement } = stateMissions(before, [subject], { now, goodFor: 3600 })
 * keep(missions) // first, so that no later one is dated alike
 * print(issueStatus({ key, ...statement }))
 */
export function stateMissions(
  missions: readonly KeptMission[],
  subjects: readonly string[],
  { now, goodFor }: { readonly now: number; readonly goodFor: number },
): Stated {
  for (const subject of subjects) find(missions, subject);
  const named = new Set(subjects);
  const own = missions.filter(({ subject }) => named.has(subject));
  const issued = own.reduce((latest, mission) => Math.max(latest, mission.issued + 1), now);
  const listed = (entry: KeptMission['revoked'][number]) => entry.until + limits.skew > now;
  const stated = new Map(
    own.map((mission) => {
      const revoked = mission.revoked.filter(listed);
      return [mission.subject, { ...mission, revoked, issued, goodUntil: issued + goodFor }];
    }),
  );
  return {
    missions: missions.map((mission) => stated.get(mission.subject) ?? mission),
    statement: {
      subjects: Object.fromEntries(
        [...stated].map(([subject, { state, revoked }]) => [subject, { state, revoked }]),
      ),
      issued,
      goodFor,
    },
    dropped: own.flatMap(({ revoked }) => revoked.filter((entry) => !listed(entry)).map(({ id }) => id)),
  };
}

function find(missions: readonly KeptMission[], subject: string): KeptMission {
  const mission = missions.find((mission) => mission.subject === subject);
  if (mission === undefined) throw refuse('no mission of this subject was started');
  return mission;
}

function findOpen(missions: readonly KeptMission[], subject: string): KeptMission {
  const mission = find(missions, subject);
  if (isFinal(mission.state)) throw new MintError('mission.final', { detail: `it is ${mission.state}` });
  return mission;
}

function refuse(detail: string): MintError {
  return new MintError('mint.input', { path: 'subject', detail });
}

function replace(missions: readonly KeptMission[], changed: KeptMission): readonly KeptMission[] {
  return missions.map((mission) => (mission.subject === changed.subject ? changed : mission));
}
