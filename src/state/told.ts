import type { Operation } from './store.ts';

/** A nonce that a store on a server said is charged, and until when it must be there. */
export type Told = readonly [key: string, until: number];

// One would do, were it not that the last may just come to its end.
const REMEMBERED = 8;

/** The last nonces that a store was told are charged, by which it notices a server that went back (spec §9.6.6). */
export function lastTold(before: readonly Told[], charged: readonly Operation[]): readonly Told[] {
  const nonces = charged.flatMap(({ kind, key, until }): Told[] => (kind === 'once' ? [[key, until]] : []));
  return [...before, ...nonces].slice(-REMEMBERED);
}
