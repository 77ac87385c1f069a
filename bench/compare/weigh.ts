import { chainOf } from './chain.ts';
import type { Peer } from './peer.ts';
import { LENGTHS, LONGEST, REQUEST } from './scenario.ts';

/** Bytes on the wire at 1, 4 and 16 blocks. */
export interface Bytes {
  /** Of what is held, with realistic names of delegates. */
  readonly named: readonly number[];
  /** The same with no names, or the shortest that the format allows. */
  readonly bare: readonly number[];
  /** Of what is sent with a request, with names. */
  readonly sent?: readonly number[];
}

/** Bytes that a hop adds to what is held. */
export function perHop(sizes: readonly number[]): number {
  return ((sizes.at(-1) ?? 0) - (sizes[0] ?? 0)) / (LONGEST - 1);
}

/** Says how large a peer's tokens are. */
export async function weigh(peer: Peer): Promise<Bytes> {
  const party = await peer.gather();
  const heldOf = async (named: boolean) => {
    const chain = await chainOf(party, LONGEST, named);
    return LENGTHS.map((blocks) => chain[blocks - 1]);
  };
  const [named, bare] = [await heldOf(true), await heldOf(false)];
  const sent: number[] = [];
  for (const held of named) sent.push(party.sizeSent(await party.seal(held, REQUEST)));
  return {
    named: named.map((held) => party.sizeHeld(held)),
    bare: bare.map((held) => party.sizeHeld(held)),
    sent,
  };
}
