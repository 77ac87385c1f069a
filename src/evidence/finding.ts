import type { Alarm, Denial, OpenNeed, Relied } from '../decide/decision.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { StatusClaims, SubjectStatus } from './status.ts';

/** A denial for want of evidence, and what would mend it. */
export interface Wanting {
  readonly denial: Denial;
  readonly need?: OpenNeed | undefined;
  /** The status that is refused, where it is one among others of its block. */
  readonly status?: Pick<Said, 'key' | 'subject'> | undefined;
}

/** What one status says of one subject that a chain asks about. */
export interface Said {
  /** The first block that asks. */
  readonly block: number;
  readonly key: PublicKey;
  readonly subject: string;
  readonly issued: StatusClaims['issued'];
  readonly entry: SubjectStatus;
  /** The greatest age that the block allows, in seconds. */
  readonly within: number;
}

/** What came of one entry of a caveat: nothing is wanting where it holds. */
export interface Finding {
  readonly wanting: readonly Wanting[];
  readonly relied: readonly Relied[];
  /** Of `alive`: what was said last, to be held against whatever comes later. */
  readonly said: readonly Said[];
  readonly alarms: readonly Alarm[];
}
