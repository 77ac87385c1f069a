import type { Code } from '../../src/codes.ts';
import type { JsonObject } from '../../src/json.ts';
import type { ChainFile, RequestVector } from './chain-format.ts';

// The published form of sequences over one store; `schema/sequences.schema.json` says the same to other languages.

export interface SequenceFile extends Pick<ChainFile, 'type' | 'audience' | 'trust' | 'keys'> {
  readonly format: 'writ-sequences/1';
  readonly tests: readonly SequenceVector[];
}

export interface SequenceVector {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly flags: readonly string[];
  /** `none`: the verifier has no store. Otherwise it has one, empty at first. */
  readonly store?: 'none';
  /** What a verifier without a store does; `required` by default. */
  readonly replay?: 'reported';
  /** For how many seconds costs stay reserved; 300 by default. */
  readonly reserveFor?: number;
  readonly steps: readonly StepVector[];
}

/** One step, at a time of its own. */
export type StepVector = AuthorizeVector | SettleVector | LiftVector;

export interface AuthorizeVector extends Answer {
  readonly do: 'authorize';
  readonly clock: number;
  /** The presentation, with the evidence that rides on it. */
  readonly text: string;
  /** The statuses that the service has loaded, as the text of evidence. */
  readonly statuses?: string;
  readonly audience?: string;
  readonly request: RequestVector['request'];
  /** The failure with which the store answers (`store.*`), or the log of receipts (`receipt.*`). */
  readonly fault?: Code;
  /** What the service states: whole numbers, or at most; a unit that is not there is one that it says nothing of. */
  readonly costs?: Readonly<Record<string, number | { readonly atMost: number }>>;
}

export interface SettleVector extends Answer {
  readonly do: 'settle';
  readonly clock: number;
  /** The step that reserved, from 0. */
  readonly of: number;
  readonly costs: Readonly<Record<string, number>>;
}

/** An operator lifts all branches of which a block is part. */
export interface LiftVector extends Answer {
  readonly do: 'lift';
  /** The id of the block. */
  readonly block: string;
}

export interface Answer {
  /** `allowed`, `settled`, `lifted`, or the code of the first denial or of the error. */
  readonly code: string;
  /** Of a decision: all denials, needs, and what was not established. */
  readonly denials?: unknown;
  readonly needs?: unknown;
  readonly notEstablished?: unknown;
  readonly reservation?: { readonly until: number; readonly costs: JsonObject };
  /** What the decision relies on, and what contradicts itself; absent where it has none. */
  readonly relied?: unknown;
  readonly alarms?: unknown;
  /** How it is known that the grantor granted; left out where it is not the point. */
  readonly known?: string;
  /** What is used after the step, of every limit and plan of the chain; left out where it is not the point. */
  readonly usage?: readonly UsageVector[];
}

export interface UsageVector {
  readonly block: number;
  /** Of each limit of the block, in wire order. */
  readonly used: readonly number[];
  /** Of each step of its plan. */
  readonly taken?: readonly number[];
  readonly position?: number;
}
