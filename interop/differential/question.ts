import type { Line } from '../../cli/vectors/line.ts';
import { type Base, textOf } from './bases.ts';

/** What is put to both implementations. */
export interface Question {
  /** By which it can be made again. */
  readonly name: string;
  readonly line: Line;
}

/** The line that asks about a token what its base asks: some requests, or one request to a store. */
export function lineOf(name: string, base: Base): Line {
  const { type, setting, requests, step, before, rules } = base;
  const text = textOf(base);
  if (step === undefined) {
    return { id: name, type, format: 'writ-vectors/1', setting, test: { text, requests } };
  }
  const steps = [...(before ?? []), { ...step, text }];
  return { id: name, type, format: 'writ-sequences/1', setting, test: { ...rules, steps } };
}
