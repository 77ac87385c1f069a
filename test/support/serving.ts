import { WritError } from '../../src/errors.ts';
import type { Status } from '../../src/evidence/status.ts';
import { memoryStore } from '../../src/state/memory.ts';
import type { Store } from '../../src/state/store.ts';
import { createVerifier } from '../../src/verifier.ts';
import { type Change, longScene, trust } from './chains.ts';
import { approvalText, boss, keeper, type Making, readAll, second } from './evidence.ts';
import {
  AUDIENCE,
  type Forged,
  forge,
  type Item,
  invocationPayload,
  NOW,
  type Pair,
  sha256,
} from './forge.ts';

// A service that weighs evidence, and sealed tokens that ask for some.

/** A service with a store of its own, by default in memory. */
export interface Service {
  readonly store?: Store | null;
  /** What it has loaded, as text. */
  readonly feed?: string;
  readonly now?: number;
  readonly anchors?: typeof trust;
}

/** The verifier of a service, for the requests that are sealed. */
export function serviceOf({ store = memoryStore(), feed = '', now = NOW, anchors = trust }: Service = {}) {
  const statuses = readAll(feed) as Status[];
  const verifier = createVerifier({
    trust: anchors,
    audience: AUDIENCE,
    store,
    clock: () => now,
    statuses: () => statuses,
  });
  return (text: string) => verifier.authorize(text);
}

/** How a service answers: the code of the decision, with `+` where it says what it needs, or the class and code of the error. */
export async function answer(text: string, service: Service = {}): Promise<string> {
  try {
    const { code, needs } = await serviceOf(service)(text);
    return needs.length > 0 ? `${code} +` : code;
  } catch (error) {
    if (error instanceof WritError) return `${error.name} ${error.code}`;
    throw error;
  }
}

/** The answers to one presentation after the other. */
export async function answers(texts: readonly string[], service: Service = {}): Promise<string[]> {
  const shared = { store: memoryStore(), ...service };
  const all: string[] = [];
  for (const text of texts) all.push(await answer(text, shared));
  return all;
}

/** A sealed token of hops under a grant; `n` tells its nonce from others. */
export function sealed(
  suite: 1 | 2,
  { root = [], hops = [[]], n = 1, invocation = [] }: Asking = {},
): Forged {
  const nonce = sha256(`nonce ${n}`).slice(0, 16);
  const made = longScene(suite, hops, [[11, [9]], ...root]);
  return forge({ ...made, invocation: { payload: invocationPayload([[7, nonce], ...invocation]) } });
}

/** What a sealed token is to be. */
export interface Asking {
  readonly root?: Change;
  readonly hops?: readonly Change[];
  readonly n?: number;
  readonly invocation?: Change;
}

/** The claim that a status of the keeper, 60 seconds old at most, says that the mission is active. */
export const ALIVE: Change = [[12, [[keeper.publicKey, 60]]]];

/** The claim that one of two people, or so many, approve. */
export const approvedBy = (need = 1, keys: readonly Pair[] = [boss, second], unless: Item = []): Change => [
  [13, [[unless, keys.map(({ publicKey }) => publicKey).sort(Buffer.compare), need, 600]]],
];

/** A sealed token with an approval of it. */
export function approvedText(
  forged: Forged,
  by: Pair = boss,
  changes: Change = [],
  made: Making = {},
): string {
  return forged.text + approvalText(forged, by, changes as [number, Item][], made);
}
