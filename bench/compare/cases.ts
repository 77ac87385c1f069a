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
    const { strangers: most } = peer;
    if (most === undefined) {
      const use = { party, sent: await party.seal(held, REQUEST) };
      cases.push({ name: name(`cold${blocks}`), prepare: (count) => Array(count).fill(use), run: authorize });
      continue;
    }
    const strangers = async (count: number) => {
      const service = await peer.gather();
      return repeat(count, () => strangerAt(service, blocks));
    };
    cases.push({ name: name(`cold${blocks}`), prepare: strangers, run: authorize, most });
    if (party.decide !== undefined) {
      const decide = ({ party, sent }: Use) => party.decide?.(sent, REQUEST);
      cases.push({ name: name(`pure${blocks}`), prepare: strangers, run: decide, most });
    }
    const request = async () => ({ party, sent: await party.seal(held, REQUEST) });
    const known = async (count: number) => {
      // Seen again before each batch: what a service remembers is bounded, and strangers came between.
      await authorize(await request());
      return repeat(count, request);
    };
    cases.push({ name: name(`warm${blocks}`), prepare: known, run: authorize });
  }
  return cases.map((one) => ({ ...one, renew: peer.renew })) as Case[];
}

const bare = (party: Party): Use => ({ party, sent: undefined });

/** A party before a service that never saw a key or a chain of it, and what its last delegate sends. */
async function strangerAt(service: Party, blocks: number): Promise<Use> {
  const party = service.stranger?.() as Party;
  const chain = await chainOf(party, blocks, true);
  return { party, sent: await party.seal(chain[blocks - 1], REQUEST) };
}
