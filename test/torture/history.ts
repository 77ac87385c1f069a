import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the logs of workers say of requests. */
export interface History {
  readonly tried: ReadonlySet<number>;
  /** The log in which each was allowed. */
  readonly allowed: ReadonlyMap<number, string>;
  /** Those that were allowed again after they had been. */
  readonly twice: readonly number[];
  /** The log in which each of the others was presented without an answer: the worker was killed in between, or the store failed. */
  readonly unanswered: ReadonlyMap<number, string>;
  readonly settled: ReadonlySet<number>;
  /** The other answers, such as `limits.spent`. */
  readonly refusals: ReadonlySet<string>;
}

/** Reads all logs of a folder; each is of one worker, which does one thing after the other. */
export function readHistory(folder: string): History {
  const tried = new Set<number>();
  const allowed = new Map<number, string>();
  const twice: number[] = [];
  const unanswered = new Map<number, string>();
  const settled = new Set<number>();
  const refusals = new Set<string>();
  for (const log of readdirSync(folder).filter((name) => name.endsWith('.log'))) {
    let open: number | undefined;
    // What follows the last line break was cut off.
    for (const line of readFileSync(join(folder, log), 'utf8').split('\n').slice(0, -1)) {
      const [word = '', digits] = line.split(' ');
      const number = Number(digits);
      tried.add(number);
      open = word === 'try' ? number : undefined;
      if (word === 'allowed' && allowed.has(number)) twice.push(number);
      else if (word === 'allowed') allowed.set(number, log);
      else if (word === 'settled') settled.add(number);
      else if (word !== 'try') refusals.add(word);
      // Whether it was counted is not known.
      if (word.startsWith('store.')) unanswered.set(number, log);
    }
    if (open !== undefined) unanswered.set(open, log);
  }
  // What was allowed already comes again, and may go unheard then.
  for (const number of allowed.keys()) unanswered.delete(number);
  return { tried, allowed, twice, unanswered, settled, refusals };
}
