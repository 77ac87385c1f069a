import type { Peer } from './peer.ts';
import { prove } from './prove.ts';

/** The files of `bench/peers/` that have peers, by the names that `--only` takes. */
export const MODULES = [
  'writ',
  'writ-sodium',
  'biscuit',
  'macaroon',
  'macaroons-js',
  'jose',
  'cose',
  'iso-ucan',
  'ucanto',
  'ucans',
] as const;

/** One of them. */
export type Module = (typeof MODULES)[number];

/** What could not be measured, and why. */
export interface Failure {
  readonly name: string;
  readonly why: string;
}

/** Loads peers and proves them; what fails is named, and the others go on. */
export async function load(
  modules: readonly Module[],
  tell: (done: string) => void,
): Promise<{ peers: Peer[]; failures: Failure[] }> {
  const peers: Peer[] = [];
  const failures: Failure[] = [];
  for (const module of modules) {
    try {
      const { peers: all } = await import(new URL(`../peers/${module}.mjs`, import.meta.url).href);
      for (const peer of all as readonly Peer[]) {
        await prove(peer);
        peers.push(peer);
        tell(`proved ${peer.name}`);
      }
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      failures.push({ name: module, why });
      tell(`failed ${module}: ${why}`);
    }
  }
  return { peers, failures };
}
