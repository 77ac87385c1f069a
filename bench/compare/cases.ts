import { chainOf, repeat } from './chain.ts';
import type { Case } from './interleave.ts';
import type { Party, Peer } from './peer.ts';
import { LENGTHS, LONGEST, REQUEST } from './scenario.ts';

/** How a case of a peer is called: `mint`, `attenuate`, `cold4`, `warm4`, `pure4`. */
export function caseName(peer: string, what: string): string {
  return `${peer}: ${what}`;
}

interface Use {
  readonly party: Party;
  readonly sent: unknown;
}

// Preparing them takes about as long as running them, or longer.
const MOST = 48;

/** What is timed of a peer. */
export async function casesOf(peer: Peer): Promise<Case[]> {
  const party = await peer.gather();
  const chain = await chainOf(party, LONGEST, true);
  const name = (what: string) => caseName(peer.name, what);
  const authorize = ({ party, sent }: Use) => party.authorize(sent, REQUEST);
  const cases: Case<Use>[] = [
    { name: name('mint'), prepare: (count) => repeat(count, () => bare(party)), run: () => party.mint(true) },
    {
      name: name('attenuate'),
      prepare: (count) => repeat(count, () => bare(party)),
      run: () => party.attenuate(chain[2], 3, true),
    },
  ];
  for (const blocks of LENGTHS) {
    const held = chain[blocks - 1];
    if (!peer.remembers) {
      const use = { party, sent: await party.seal(held, REQUEST) };
      cases.push({ name: name(`cold${blocks}`), prepare: (count) => Array(count).fill(use), run: authorize });
      continue;
    }
    const strangers = (count: number) => repeat(count, () => gatherAt(peer, blocks));
    cases.push({ name: name(`cold${blocks}`), prepare: strangers, run: authorize, most: MOST });
    if (party.decide !== undefined) {
      const decide = ({ party, sent }: Use) => party.decide?.(sent, REQUEST);
      cases.push({ name: name(`pure${blocks}`), prepare: strangers, run: decide, most: MOST });
    }
    const request = async () => ({ party, sent: await party.seal(held, REQUEST) });
    const known = async (count: number) => {
      // Seen again before each batch: what a service remembers is bounded, and strangers came between.
      await authorize(await request());
      return repeat(count, request);
    };
    cases.push({ name: name(`warm${blocks}`), prepare: known, run: authorize, most: MOST });
  }
  return cases.map((one) => ({ ...one, renew: peer.renew })) as Case[];
}

const bare = (party: Party): Use => ({ party, sent: undefined });

/** A party of its own, and what its last delegate sends: no key and no chain of it was ever seen. */
async function gatherAt(peer: Peer, blocks: number): Promise<Use> {
  const party = await peer.gather();
  const chain = await chainOf(party, blocks, true);
  return { party, sent: await party.seal(chain[blocks - 1], REQUEST) };
}
