import type { Caveats } from '../caveats/all.ts';
import type { Delegation } from '../caveats/delegation.ts';
import type { Scope } from '../caveats/scope.ts';
import type { Delegate } from '../facts.ts';
import type { Secret } from '../keys/secret.ts';
import type { Suite } from '../keys/suite.ts';

/** Why authority was handed on: free text and references, the claim of whoever signed them (spec §5.4). */
export interface Task {
  readonly task?: string | undefined;
  /** Where the task is recorded, such as a ticket. */
  readonly reference?: string | undefined;
  /** SHA-256 of the instruction that was given, in lower-case hexadecimal. */
  readonly instruction?: string | undefined;
}

/** What a grant is for. */
export interface Mission {
  readonly id: string;
  readonly purpose: string;
  readonly reference?: string | undefined;
  readonly instruction?: string | undefined;
}

/** The claims of a root block: a human's grant (spec §5.4.1). */
export interface GrantClaims extends Delegate, Caveats {
  /** The human in whose name the grant was made. */
  readonly grantor: string;
  readonly iat: number;
  /** A random id. */
  readonly cti: Uint8Array;
  readonly mission: Mission;
  readonly exp: number;
  readonly scope: Scope;
  /** Always there: absent on the wire, it means that no hop may follow. */
  readonly delegation: Delegation;
}

/** The claims of every other block: one delegation (spec §5.4.2). */
export interface HopClaims extends Delegate, Task, Omit<Caveats, 'consent'> {
  readonly iat?: number;
  readonly cti?: Uint8Array;
}

/** The claims of an invocation: one request by the holder (spec §5.7). */
export interface InvocationClaims extends Task {
  readonly action: string;
  readonly resource: string;
  /** The one service it is meant for. */
  readonly audience: string;
  readonly exp: number;
  readonly iat: number;
  readonly nonce: Uint8Array;
  /** The digest of the arguments; absent where there are none. */
  readonly arguments?: ArgumentsDigest;
}

/** `jcs`: SHA-256 of the RFC 8785 form of the arguments. `body`: of the raw body they were parsed from. */
export interface ArgumentsDigest {
  readonly mode: 'jcs' | 'body';
  readonly digest: Uint8Array;
}

/** A signed object as it was received; signatures cover these very bytes. */
export interface Signed<C> {
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  /** A signature of 64 bytes or a tag of 32; absent in the blocks of suite 1. */
  readonly proof?: Uint8Array | undefined;
  readonly claims: C;
}

/** A root block; `kid` names the trust anchor that signed it. */
export interface RootBlock extends Signed<GrantClaims> {
  readonly kid: Uint8Array;
}

/** What the blocks of a token or chain say, root first. */
export type Claimed = readonly [{ readonly claims: GrantClaims }, ...{ readonly claims: HopClaims }[]];

/** The blocks of a token. */
export type Blocks = readonly [RootBlock, ...Signed<HopClaims>[]];

/** A decoded token. Nothing about it is verified: every claim is whatever somebody wrote. */
export interface Token {
  readonly suite: Suite;
  readonly blocks: Blocks;
  /** Of a sealed token; without it the token is open. */
  readonly invocation?: Signed<InvocationClaims> | undefined;
  /** Of an open token: the last tag in suite 1, the holder's seed of a bundle in suite 2. */
  readonly secret?: Secret | undefined;
  readonly evidence: readonly Uint8Array[];
}
