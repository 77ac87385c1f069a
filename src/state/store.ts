/** A value, at once or later. */
export type Awaitable<T> = T | Promise<T>;

/**
 * One thing that a charge asks of a store. Keys are opaque, of characters up to U+00FF; times are Unix seconds.
 *
 * Nothing is forgotten before its `until` has passed, by 30 seconds, for the clocks of several verifiers.
 */
export type Operation =
  /** Remembers a key; refused where it is remembered already. */
  | { readonly kind: 'once'; readonly key: string; readonly until: number }
  /** Adds a cost to what was used under a key; refused where that would exceed the amount. */
  | {
      readonly kind: 'spend';
      readonly key: string;
      readonly until: number;
      readonly amount: number;
      /** What was used longer ago than these seconds no longer counts; left out, all counts. */
      readonly window?: number | undefined;
      readonly cost: number;
      /** The name by which the cost can be settled later, where the charge makes a reservation. */
      readonly unit?: string | undefined;
    }
  /**
   * Keeps the latest of what was said under a key, or what is final, whatever else of the charge refuses; refused where
   * something later, something else of the same time, or something final is kept. Of two of one time, neither of them
   * final, from then on neither holds.
   */
  | {
      readonly kind: 'keep';
      readonly key: string;
      readonly until: number;
      /** When it was said. */
      readonly at: number;
      /** What, and never empty. */
      readonly what: string;
      /** Whether nothing may replace it. */
      readonly final: boolean;
    }
  /** Takes the first open step that admits the request and is not full; refused where there is none. */
  | {
      readonly kind: 'step';
      readonly key: string;
      readonly until: number;
      readonly steps: readonly Admission[];
    };

/** A step of a plan, and whether it admits the request at hand. */
export interface Admission {
  readonly min: number;
  readonly max: number;
  readonly admits: boolean;
}

/** All that one decision asks of a store. */
export interface Charge {
  /** The clock reading of the decision. */
  readonly now: number;
  readonly operations: readonly Operation[];
  /** Where costs are to be settled later: an id of the caller's, and when they count in full for good. */
  readonly reservation?: { readonly id: string; readonly until: number } | undefined;
}

/** What is kept under a key. */
export interface Kept {
  readonly at: number;
  readonly what: string;
  readonly final: boolean;
}

/** How an operation stood before its charge. */
export interface Standing {
  /** What was used: an amount; or 0 or 1 for `once` and `keep`; or how many steps were taken. */
  readonly used: number;
  /** When the oldest use leaves the window; absent without one. */
  readonly frees?: number | undefined;
  /** What was kept under the key before; `what` is empty where two contradicted each other. */
  readonly kept?: Kept | undefined;
  /** Of a plan: how often each step was taken. */
  readonly taken?: readonly number[] | undefined;
  /** Of a plan: the step that was taken last; those before it are closed. */
  readonly position?: number | undefined;
}

/** What became of a charge. */
export interface Outcome {
  /** The operations that refused, by index; where there is one, nothing was charged. */
  readonly refused: readonly number[];
  /** How each operation stood before. */
  readonly standing: readonly Standing[];
}

/** What a reservation came to, by unit. */
export interface Settlement {
  readonly now: number;
  readonly id: string;
  /** Each reserved unit, and at most what was reserved of it. */
  readonly costs: Readonly<Record<string, number>>;
}

/**
 * Where a verifier counts: nonces, limits, plans, refused requests (spec §9.6). All replicas of a service share one.
 *
 * Every adapter passes `test/state/contract.ts`. Each method is one atomic step among all processes that share the
 * store: a charge does all its operations or none, and what it did survives whatever `durable` promises. What fails
 * throws a {@link StoreError} and has charged nothing, or charged it without an answer; it is never given back.
 */
export interface Store {
  /** Whether all that is counted outlives the process and a loss of power. */
  readonly durable: boolean;
  /**
   * Does all operations, or none where one refuses.
   *
   * Time is the latest that the store has seen: a clock that is behind it by more than 30 seconds is refused.
   *
   * @throws StoreError `store.*`
   */
  charge(charge: Charge): Awaitable<Outcome>;
  /**
   * Gives back what a reservation did not cost. Only costs: nonces, calls and steps are never given back.
   *
   * @returns whether the reservation was open: not settled before, and not past its time
   * @throws StoreError `store.*`; RequestError `cost.malformed` where the costs are not of the units that were
   *   reserved, or one is above what was reserved
   */
  settle(settlement: Settlement): Awaitable<boolean>;
  /** How operations stand, changing nothing. @throws StoreError `store.*` */
  look(charge: Charge): Awaitable<readonly Standing[]>;
  /**
   * Sets to nothing what was used under all keys that start with `prefix` and hold `part`; for counters without
   * reservations, which would else give back what others spent since.
   *
   * @returns the keys
   * @throws StoreError `store.*`
   */
  lift(prefix: string, part: string): Awaitable<readonly string[]>;
  /** Drops what is past its time; every charge drops a little of it, too. @returns how many rows @throws StoreError `store.*` */
  prune(now: number): Awaitable<number>;
}

/** A store that notices when it is not what it was, and that its operator may then accept. */
export interface AcceptableStore extends Store {
  /**
   * Accepts the store as it is, at this time, which may be before the latest that it has seen (spec §9.6.6). Where it is
   * lost, a new one begins.
   *
   * @throws StoreError `store.failed`, `store.timeout`, `store.full`
   */
  accept(now: number): Promise<void>;
}
