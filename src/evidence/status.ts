import { concat } from '../bytes.ts';
import { expectArray, expectMap, expectText, expectTime, malformed } from '../cbor/expect.ts';
import { type Field, field } from '../cbor/fields.ts';
import type { CborValue } from '../cbor/value.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { Item } from './item.ts';
import { parseRevoked, type RevokedIds } from './revoked.ts';

/** How a mission may stand, in the order of the numbers on the wire, from 1 (spec §5.8.1). */
export const missionStates = ['active', 'suspended', 'completed', 'revoked'] as const;

/** How a mission stands; what is completed or revoked stays so. */
export type MissionState = (typeof missionStates)[number];

/** What a status says of one subject. */
export interface SubjectStatus {
  readonly state: MissionState;
  /** Ids of blocks, and SHA-256 of delegates' keys, that are revoked with all below them. */
  readonly revoked: RevokedIds;
}

/** The claims of a status statement (spec §5.8.1). */
export interface StatusClaims {
  /** Until when it is good, in Unix seconds. */
  readonly exp: number;
  /** When it was issued; of two of one key, the later counts for each subject. */
  readonly issued: number;
  /** It is complete for each subject that it names. */
  readonly subjects: ReadonlyMap<string, SubjectStatus>;
}

/** A status statement that was read; nothing about it is verified. */
export type Status = Item<'status', StatusClaims>;

/** The payload of a status. */
export const statusFields: readonly Field[] = [
  field(4, 'exp', expectTime),
  field(6, 'issued', expectTime),
  field(8, 'subjects', parseSubjects),
];

/** Whether a mission that stands so never stands otherwise again. */
export function isFinal(state: MissionState): boolean {
  return state === 'completed' || state === 'revoked';
}

const digests = new WeakMap<SubjectStatus, Uint8Array>();

/** What tells one entry from another of the same subject: a digest of its state and list. */
export function digestSubject(entry: SubjectStatus): Uint8Array {
  const known = digests.get(entry);
  if (known !== undefined) return known;
  const { state, revoked } = entry;
  const { bytes, untils } = revoked;
  const digest = sha256(
    concat(Uint8Array.of(missionStates.indexOf(state)), bytes, new Uint8Array(untils.buffer)),
  );
  digests.set(entry, digest);
  return digest;
}

function parseSubjects(value: CborValue, path: string): ReadonlyMap<string, SubjectStatus> {
  const entries = [...expectMap(value, path)];
  if (entries.length === 0) malformed(path);
  return new Map(entries.map(([subject, item]) => [expectText(subject, path), parseSubject(item, path)]));
}

function parseSubject(value: CborValue, path: string): SubjectStatus {
  const [number, revoked] = expectArray(value, path, 2, 2) as [CborValue, CborValue];
  const state = missionStates[Number(number) - 1];
  if (typeof number !== 'number' || state === undefined) return malformed(path);
  return { state, revoked: parseRevoked(revoked, path) };
}
