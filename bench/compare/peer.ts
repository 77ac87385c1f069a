import type { Asked } from './scenario.ts';

/** At once, or later. */
export type Awaitable<T> = T | Promise<T>;

/** What a peer does about three things that make its work more, or less. */
export interface Duties {
  /** That whoever sends the request holds a key that the chain names. */
  readonly possession: boolean;
  /** That a request which was allowed is not allowed again. */
  readonly replay: boolean;
  /** That the request was meant for this service. */
  readonly audience: boolean;
}

/** A library that does the work of the scenario; one file in `bench/peers/` exports one or more. */
export interface Peer {
  /** As in the table. */
  readonly name: string;
  /** The npm packages that it takes, the one that gives its version first; `writ` is this one. */
  readonly packages: readonly string[];
  /** The modules that a service imports, and how Node must be started for them. */
  readonly imports: { readonly modules: readonly string[]; readonly flags?: readonly string[] };
  readonly language: string;
  readonly notes: string;
  readonly duties: Duties;
  /** Of one that remembers what it has verified: how many chains of their own a cold batch has, at most. */
  readonly strangers?: number;
  /** From which length on a refusal takes too long to be waited for. */
  readonly refusesBelow?: number;
  /** Begins anew, for one that gets slower with use; what was minted before stays good. */
  renew?(): Awaitable<void>;
  gather(): Awaitable<Party>;
}

/**
 * The delegates of one chain with their keys, and a service that has met none of them. `Held` is what a delegate holds,
 * `Sent` what a service is sent with a request.
 */
export interface Party<Held = unknown, Sent = unknown> {
  /** The delegates of another chain before the same service; of a peer that remembers. */
  stranger?(): Party<Held, Sent>;
  mint(named: boolean): Awaitable<Held>;
  /** Appends the block at a place: reads what is held from its wire form, and writes it. */
  attenuate(held: Held, at: number, named: boolean): Awaitable<Held>;
  /** Makes what is sent; a bearer token is sent as it is held. */
  seal(held: Held, asked: Asked): Awaitable<Sent>;
  /** From the text or bytes that were sent to a decision, which is whether the request is allowed. */
  authorize(sent: Sent, asked: Asked): Awaitable<boolean>;
  /** The same by pure functions, with no store and so no protection from replay. */
  decide?(sent: Sent, asked: Asked): boolean;
  /** Bytes on the wire of what is held, in binary where the format has such a form. */
  sizeHeld(held: Held): number;
  /** The same of what is sent. */
  sizeSent(sent: Sent): number;
  /** Of each thing that is signed, root first: how many bytes are; the floors sign as many. */
  sizesSigned?(sent: Sent): readonly number[];
  tamper(sent: Sent): Sent;
}
