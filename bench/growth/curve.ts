import type { Spread } from '../compare/statistics.ts';

/** How a cost grows, for some who are compared. */
export interface Curve {
  /** What grows. */
  readonly title: string;
  readonly unit: 'µs' | 'ms';
  /** Whether a step of the axis is ten times as much; else sizes stand as far apart as they are. */
  readonly logarithmic: boolean;
  readonly lines: readonly Line[];
}

/** The cost at each size. */
export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

/** The cost at one size, in the unit of its curve. */
export interface Point {
  readonly size: number;
  readonly cost: Spread;
}
