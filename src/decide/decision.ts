import type { CaveatName } from '../caveats/all.ts';
import type { Code } from '../codes.ts';
import type { Need } from '../facts.ts';
import type { JsonObject } from '../json.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Suite } from '../keys/suite.ts';
import type { Mission, Task } from '../token/model.ts';

/** One reason why a request is denied. */
export interface Denial {
  readonly code: Code;
  /** The block whose caveat denies, from 0 at the root; `null` where the invocation, the store or the log of receipts does. */
  readonly block: number | null;
  readonly caveat: CaveatName | 'iat' | 'invocation' | 'store' | 'receipt';
  /** What the caveat or the invocation demands, in its documented shape. */
  readonly expected: unknown;
  readonly actual: unknown;
}

/** A need and the block that has it; `null` where the invocation does. */
export type OpenNeed = Need & { readonly block: number | null };

/** How it is known that the grantor granted (spec §9.4). */
export interface GrantorProof {
  readonly principal: string;
  /**
   * `own-key`: the human's own key signed the root. `consent`: an authority did, and the human's own key proves it.
   * `attested`: an authority says so.
   */
  readonly known: 'own-key' | 'consent' | 'attested';
  /** Who holds the key that signed the root. */
  readonly by: string;
}

/** One hand of the chain: who got the authority, under which block, and what its delegator says why. */
export interface Hand extends Task {
  readonly delegate: string;
  readonly key?: PublicKey | undefined;
  /** The block id in hexadecimal. */
  readonly block: string;
}

/**
 * A decision as data (spec §9.4). It is an object either way: compare `verdict`, never the truth of the decision itself.
 */
export interface Decision {
  readonly verdict: 'allow' | 'deny';
  /** `allowed`, or the code of the first denial. */
  readonly code: Code | 'allowed';
  /** All denials, in the order of the checks. */
  readonly denials: readonly Denial[];
  /** What would turn the denial into an allow, all of it together; empty where nothing would. */
  readonly needs: readonly OpenNeed[];
  /**
   * What nobody checked: `request` where none was compared, `replay` where no store remembers nonces, `order` where
   * none remembers whether a later status was seen, `durability` where the store forgets all when its process ends.
   */
  readonly notEstablished: readonly ('request' | 'replay' | 'order' | 'durability')[];
  readonly suite: Suite;
  /** The clock reading, in Unix seconds. */
  readonly now: number;
  readonly audience: string;
  readonly grantor: GrantorProof;
  readonly mission: Mission;
  /** From the first delegate to the holder. */
  readonly chain: readonly Hand[];
  /** What was decided; `null` for an open token. The handler acts on these values and no others. */
  readonly request: Asked | null;
  /** The evidence that caveats hold by; absent where there is none. */
  readonly relied?: readonly Relied[];
  /** What contradicts itself, and somebody should look at; absent where nothing does. */
  readonly alarms?: readonly Alarm[];
  /** What a store keeps reserved until the service settles it; absent where all costs were exact. */
  readonly reservation?: Reservation;
}

/** A piece of evidence that a caveat holds by (spec §9.7). */
export type Relied =
  | {
      readonly kind: 'status';
      readonly block: number;
      readonly key: PublicKey;
      readonly subject: string;
      readonly issued: number;
      /** How old it was, in seconds. */
      readonly age: number;
    }
  | { readonly kind: 'approval'; readonly block: number; readonly key: PublicKey; readonly iat: number }
  | { readonly kind: 'consent'; readonly block: number; readonly key: PublicKey; readonly iat: number };

/**
 * A status authority that contradicts itself (spec §9.7): `conflict`, two statements of one time say different things;
 * `revived`, a mission that was completed or revoked is said to be something else.
 */
export interface Alarm {
  readonly kind: 'conflict' | 'revived';
  readonly key: PublicKey;
  readonly subject: string;
  readonly issued: number;
}

/** A request whose arguments are checked. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly args: JsonObject;
}

/** Costs that were charged at the most that they can be (spec §9.6). Plain data, which another process may settle. */
export interface Reservation {
  readonly id: string;
  /** When the costs count in full for good, in Unix seconds. */
  readonly until: number;
  /** What was reserved of each unit. */
  readonly costs: Readonly<Record<string, number>>;
}
