import type { Machine } from '../machine.ts';
import type { Failure } from './load.ts';
import type { Duties } from './peer.ts';
import type { Spread } from './statistics.ts';
import type { Bytes } from './weigh.ts';

/** What was measured of one peer. */
export interface PeerFigures {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly notes: string;
  /** Nanoseconds: `mint`, `attenuate`, `cold1`, `cold4`, `cold16`, and where there is such a thing `warm4`, `pure4`. */
  readonly ns: Readonly<Record<string, Spread>>;
  readonly bytes: Bytes;
  readonly importMs: number;
  readonly installBytes: number;
  readonly duties?: Duties;
}

/** What is promised, and whether it is kept. */
export interface Promised {
  readonly says: string;
  readonly atMost: number;
  readonly measured: number;
  readonly kept: boolean;
}

/** All figures of a run. */
export interface Report {
  readonly date: string;
  readonly machine: Machine;
  readonly python?: string;
  readonly rounds: number;
  readonly ratios: Readonly<Record<string, number>>;
  readonly ratioSpreads: Readonly<Record<string, Spread>>;
  readonly promises: readonly Promised[];
  readonly floors: readonly { readonly name: string; readonly ns: Readonly<Record<string, Spread>> }[];
  readonly peers: readonly PeerFigures[];
  readonly failures: readonly Failure[];
}
