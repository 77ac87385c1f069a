import type { Line } from '../../cli/vectors/line.ts';
import type { AuthorizeVector } from '../../cli/vectors/sequence-format.ts';
import { type Base, textOf } from './bases.ts';

/** What is put to both implementations. */
export interface Question {
  /** By which it can be made again. */
  readonly name: string;
  readonly line: Line;
}

/** The line that asks about a token, with what its base asks: requests without a store, or one request to a store. */
export function lineOf(name: string, base: Base, requests = base.requests, steps = stepsOf(base)): Line {
  const { setting, type } = base;
  const id = name;
  if (steps !== undefined) return { id, type, format: 'writ-sequences/1', setting, test: { steps } };
  return { id, type, format: 'writ-vectors/1', setting, test: { text: textOf(base), requests } };
}

/** The step of a base, with its own token. */
function stepsOf(base: Base): object[] | undefined {
  return base.step && [stepOf(base.step, textOf(base))];
}

/** A step without what is expected. */
export function stepOf(
  { do: what, clock, statuses, audience, request, costs, fault }: AuthorizeVector,
  text: string,
): object {
  return { do: what, clock, text, statuses, audience, request, costs, fault, known: true };
}
