import { compareBytes } from '../bytes.ts';
import type { CborValue } from '../cbor/value.ts';
import { checkMembers } from '../members.ts';
import { systemTime } from '../time.ts';
import { asShaped } from '../token/encode.ts';
import type { Minted } from '../token/sign.ts';
import { type EvidenceKey, mintEvidence } from './mint-evidence.ts';
import { type MissionState, missionStates } from './status.ts';

/** What is to be said of one subject. */
export interface IssuedSubject {
  readonly state: MissionState;
  /** Ids of blocks, or SHA-256 of delegates' keys; `until` is when they need not be listed any more, in Unix seconds. */
  readonly revoked?: readonly { readonly id: Uint8Array; readonly until: number }[];
}

/** What a status authority says. */
export interface IssueStatusOptions<Key extends EvidenceKey> {
  readonly key: Key;
  /** By subject, which by default is the grantor, `#`, and the mission's id. The statement is complete for each. */
  readonly subjects: Readonly<Record<string, IssuedSubject>>;
  /** The time of issue in Unix seconds, later than that of the last one; by default the system's clock. */
  readonly issued?: number;
  /** For how many seconds the statement is good. */
  readonly goodFor: number;
}

const NO_LINK = new Uint8Array();

/**
 * Signs a status statement, which an agent can staple and a service can load (spec §5.8.1).
 *
 * @returns its text, `~…`; with a signer in a promise
 * @throws MintError `mint.input`, `mint.signature`; KeyError
 * @example
 * issueStatus({ key, subjects: { 'mailto:cfo@acme.example#q3-report': { state: 'active' } }, goodFor: 3600 })
 */
export function issueStatus<Key extends EvidenceKey>(options: IssueStatusOptions<Key>): Minted<Key> {
  checkMembers(options, ['key', 'subjects', 'issued', 'goodFor']);
  const { key, subjects, issued = systemTime(), goodFor } = options;
  const payload = asShaped('subjects', () => new Map(Object.entries(subjects).map(encodeSubject)));
  return mintEvidence('status', key, NO_LINK, [
    [4, issued + goodFor],
    [6, issued],
    [8, payload],
  ]);
}

function encodeSubject([subject, entry]: [string, IssuedSubject]): [string, CborValue] {
  checkMembers(entry, ['state', 'revoked']);
  const { state, revoked = [] } = entry;
  // Of ids of one length, the order of the entries is theirs; a list can be long, and `toSet` is for any items.
  const sorted = revoked
    .map(({ id, until }) => [id, until] as const)
    .sort(([a, first], [b, other]) => compareBytes(a, b) || first - other);
  const once = sorted.filter(([id, until], i) => {
    const [before, own] = sorted[i - 1] ?? [];
    return before === undefined || until !== own || compareBytes(before, id) !== 0;
  });
  return [subject, [missionStates.indexOf(state) + 1, once]];
}
