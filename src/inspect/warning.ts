import type { CaveatName } from '../caveats/all.ts';
import type { Authority } from '../decide/effective.ts';
import type { Claimed, InvocationClaims } from '../token/model.ts';

/**
 * Every warning and what it means. A code is stable, like those of refusals.
 *
 * `problem`: the token does not do what it was made for. `advice`: it works, and could be better.
 */
export const warnings = {
  'never-usable': ['problem', 'No request can be allowed, whatever it asks.'],
  expired: ['problem', 'The token has expired.'],
  stale: ['problem', 'The sealed request is too old to be accepted.'],
  'not-yet': ['problem', 'The token is not valid yet.'],
  wider: ['problem', 'A hop asks for more than it was given, and gains nothing by it.'],
  'expiring-soon': ['advice', 'The token expires soon.'],
  'without-status': ['advice', 'No mission status is demanded, so nothing but expiry ends the authority.'],
  'over-broad': ['advice', 'The scope admits any action or any resource.'],
  'weak-window': ['advice', 'A time window is so long that it protects little.'],
  redundant: ['advice', 'A caveat removes nothing, because what stands above it is as strict.'],
  duplicate: ['advice', 'The same chain is there more than once.'],
  overlap: ['advice', 'Another token of the same holder allows all of this too.'],
} as const;

/** The code of a warning. */
export type WarningCode = keyof typeof warnings;

/** Something about a token that its owner would want to know. */
export interface Warning {
  readonly code: WarningCode;
  /** The block that it is about, from 0 at the root; absent where it is about the chain or its seal. */
  readonly block?: number;
  readonly caveat?: CaveatName;
  /** What is wrong here, in words. */
  readonly detail: string;
}

/** What of a token is reviewed, and when. */
export interface Reviewed {
  readonly blocks: Claimed;
  readonly invocation?: InvocationClaims | undefined;
  /** The effective authority after each block. */
  readonly authorities: readonly Authority[];
  readonly now: number;
}
