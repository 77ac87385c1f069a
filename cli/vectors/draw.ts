import { concat, utf8 } from '../../src/bytes.ts';
import { sha256 } from '../../src/crypto/sha256.ts';

/** A stream of bytes that looks random and is the same wherever it is made (test-vectors/README.md). */
export interface Draws {
  /** The next bytes. */
  bytes(length: number): Uint8Array;
  /** An integer below a bound, by the next four bytes. */
  below(bound: number): number;
  /** One of a list, by an integer below its length. */
  pick<T>(from: readonly T[]): T;
}

/**
 * The stream of one token: SHA-256 of the seed, the number of the token and a counter, block after block.
 *
 * @example
 * drawsOf('writ', 0).below(2) // 0
 */
export function drawsOf(seed: string, index: number): Draws {
  const start = concat(utf8(seed), uint64(index));
  let block = new Uint8Array();
  let [at, counter] = [0, 0];
  const next = () => {
    if (at === block.length) {
      block = Uint8Array.from(sha256(concat(start, uint64(counter))));
      [at, counter] = [0, counter + 1];
    }
    at += 1;
    return block[at - 1] as number;
  };
  const bytes = (length: number) => new Uint8Array(length).map(next);
  const below = (bound: number) => new DataView(bytes(4).buffer).getUint32(0) % bound;
  return { bytes, below, pick: (from) => from[below(from.length)] as (typeof from)[number] };
}

function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
