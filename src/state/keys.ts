import { toHex, utf8 } from '../bytes.ts';
import type { Limit } from '../caveats/limits.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { PublicKey } from '../keys/public-key.ts';

/**
 * The key under which the nonce of an invocation is remembered (spec §9.6.2).
 *
 * @param block the id of the last block
 */
export function nonceKey(block: Uint8Array, nonce: Uint8Array): string {
  return latin1(block) + latin1(nonce);
}

/** The key of a limit's counter: its block's, at one service (spec §9.6.3). */
export function limitKey(block: Uint8Array, audience: string, { unit, amount, window = 0 }: Limit): string {
  return `c${latin1(block)}${audience} ${unit} ${amount} ${window}`;
}

/** Where the keys of all branches begin. */
export const BRANCHES = 'b';

/** The key under which the refused requests of a branch are counted: of a limit's block, and the one below it (spec §9.6.4). */
export function branchKey(block: Uint8Array, below: Uint8Array, audience: string, amount: number): string {
  return `${BRANCHES}${latin1(block)}${latin1(below)}${audience} ${amount}`;
}

/** The two blocks that the key of a branch names, in hexadecimal: the limit's, and the one below it. */
export function blocksOfBranch(key: string): readonly [string, string] {
  const bytes = Uint8Array.from(key.slice(1, 65), (character) => character.charCodeAt(0));
  return [toHex(bytes.subarray(0, 32)), toHex(bytes.subarray(32))];
}

/** The key of a plan's progress, at one service (spec §9.6.5). */
export function planKey(block: Uint8Array, audience: string): string {
  return `${latin1(block)}${audience}`;
}

/** The key under which is kept what a status authority said last of a subject (spec §9.7.4). */
export function statusKey({ algorithm, bytes }: PublicKey, subject: string): string {
  return `m${latin1(sha256(utf8(JSON.stringify([algorithm, latin1(bytes), subject]))))}`;
}

/** The key under which is kept what approvers said of an invocation, in whatever seal (spec §9.7.4). */
export function answerKey(block: Uint8Array, nonce: Uint8Array): string {
  return `a${latin1(block)}${latin1(nonce)}`;
}

/** Bytes as a text of as many characters. */
export function latin1(bytes: Uint8Array): string {
  // Twice as fast as spreading them.
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
