import type { Verification } from '../../src/index.ts';
import { formatDuration } from '../../src/time.ts';
import type { Colour } from '../output.ts';

/** How far a time is from a clock reading, such as `in 5m` or `5m ago`. */
export function fromNow(time: number, now: number): string {
  return time > now ? `in ${formatDuration(time - now)}` : `${formatDuration(now - time)} ago`;
}

/** A caveat in words; of a time that still comes, or an end that has come, people want to know how far it is. */
export function tellCaveat(words: string, now: number): string {
  const [, what, text = ''] = /^(expires|not before) (\S+)$/.exec(words) ?? [];
  const time = Date.parse(text) / 1000;
  if (what === undefined || (what === 'not before' && time <= now)) return words;
  return `${time > now ? what : 'expired'} ${text}, ${fromNow(time, now)}`;
}

/**
 * Blocks by number, those that follow one another in short.
 *
 * @example
 * nameBlocks([0, 2, 3, 4]) // 'blocks 0, 2–4'
 */
export function nameBlocks(blocks: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const block of blocks.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.[1] === block - 1) run[1] = block;
    else runs.push([block, block]);
  }
  const named = runs.map(([first, last]) => {
    if (first === last) return `${first}`;
    return `${first}${last === first + 1 ? ', ' : '–'}${last}`;
  });
  return `block${blocks.length > 1 ? 's' : ''} ${named.join(', ')}`;
}

/** Whether a chain holds, in words, and their colour. */
export function describeVerification(verification: Verification): [Colour, string] {
  switch (verification.status) {
    case 'untried':
      return ['yellow', 'NOT VERIFIED: no trust file was given, so all of this is what somebody wrote'];
    case 'failed':
      return ['red', `NOT VERIFIED: ${verification.code}; all of this is what somebody wrote`];
    case 'held': {
      const how = verification.kind === 'human' ? 'by their own key' : 'an authority that attests the human';
      return ['green', `VERIFIED back to ${verification.by}, ${how}`];
    }
  }
}
