import { chainOf } from './chain.ts';
import type { Peer } from './peer.ts';
import { LENGTHS, LONGEST, NARROWED, REFUSED, REQUEST } from './scenario.ts';

/**
 * Proves that a peer does the work before it is timed: allows the good request, refuses the others and what was tampered
 * with.
 *
 * @throws Error that says what the peer did not do
 */
export async function prove(peer: Peer): Promise<void> {
  const party = await peer.gather();
  const chain = await chainOf(party, LONGEST, true);
  for (const blocks of LENGTHS) {
    const held = chain[blocks - 1];
    const of = (what: string) => `it ${what} at ${blocks} blocks`;
    // An own one for each, since a service may protect itself from replay.
    const answer = async (asked = REQUEST, alter = (sent: unknown) => sent) =>
      party.authorize(alter(await party.seal(held, asked)), asked);
    if (!(await answer())) throw new Error(of('refuses the good request'));
    if (party.decide?.(await party.seal(held, REQUEST), REQUEST) === false) {
      throw new Error(of('decides against the good request'));
    }
    if (await answer(REQUEST, (sent) => party.tamper(sent))) throw new Error(of('allows what was altered'));
    if (blocks >= (peer.refusesBelow ?? Number.POSITIVE_INFINITY)) continue;
    for (const asked of blocks === 1 ? REFUSED : [...REFUSED, NARROWED]) {
      if (await answer(asked)) throw new Error(of(`allows ${asked.action} ${asked.resource}`));
    }
  }
}
