import { ED25519, type PublicKey } from '../keys/public-key.ts';
import type { Anchor } from '../keys/trust.ts';
import type { Claimed } from '../token/model.ts';
import type { Kind } from './item.ts';

/** A key that a chain names for a kind of evidence, and where. */
export interface NamedKey {
  /** `null` where the trust anchor does. */
  readonly block: number | null;
  readonly caveat: 'alive' | 'approval' | 'consent';
  readonly key: PublicKey;
}

/** The caveat that each kind of evidence is for. */
export const caveatOf: Readonly<Record<Kind, NamedKey['caveat']>> = {
  status: 'alive',
  approval: 'approval',
  consent: 'consent',
};

/** The keys that may sign evidence for a chain, those of the anchor and of the root first; of other algorithms none can. */
export function namedKeys(
  blocks: Claimed,
  { alive: anchored }: Pick<Partial<Anchor>, 'alive'>,
): readonly NamedKey[] {
  const { consent } = blocks[0].claims;
  const named: NamedKey[] = blocks.flatMap(({ claims: { alive = [], approval = [] } }, block) => [
    ...alive.map(({ key }) => ({ block, caveat: 'alive' as const, key })),
    ...approval.flatMap(({ keys }) => keys.map((key) => ({ block, caveat: 'approval' as const, key }))),
  ]);
  return [
    ...(anchored === undefined ? [] : [{ block: null, caveat: 'alive' as const, key: anchored.key }]),
    ...(consent === undefined ? [] : [{ block: 0, caveat: 'consent' as const, key: consent }]),
    ...named,
  ].filter(({ key }) => key.algorithm === ED25519);
}

/** What each kind of evidence hangs on, of the ids of the root and the last block (spec §5.3). */
export function linksOf(root: Uint8Array, last: Uint8Array): Readonly<Record<Kind, Uint8Array>> {
  return { status: new Uint8Array(), approval: last, consent: root };
}
