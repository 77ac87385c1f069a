import { decide } from '../../src/decide/decide.ts';
import type { Decision } from '../../src/decide/decision.ts';
import type { Weighed } from '../../src/evidence/weigh.ts';
import { type ChargeOptions, charge } from '../../src/state/charge.ts';
import { memoryStore } from '../../src/state/memory.ts';
import type { Store } from '../../src/state/store.ts';
import type { Chain } from '../../src/token/chain.ts';
import { type Change, type Changes, chainOf, REQUEST, textWith } from './chains.ts';
import { AUDIENCE, cbor, type Item, NOW, sha256 } from './forge.ts';

/** The claims of a block with limits, for the service of the scene alone; `cti` as a hop needs it. */
export function limited(...limits: readonly (readonly Item[])[]): Change {
  const sorted = [...limits].sort((a, b) => Buffer.compare(cbor(a), cbor(b)));
  return [[3, [AUDIENCE]], [7, sha256('cti').slice(0, 16)], [15, sorted]]; // biome-ignore format: claims in a row
}

/** The claims of a block with a plan of steps `[action, min, max]`, for the service of the scene alone. */
export function planned(...steps: readonly (readonly [string, number, number])[]): Change {
  const plan = steps.map(([action, min, max]) => [[[action], ['reports/**']], min, max]);
  return [[3, [AUDIENCE]], [7, sha256('cti').slice(0, 16)], [10, [[['*'], ['reports/**']]]], [16, plan]]; // biome-ignore format: claims in a row
}

/** The claims of an invocation with the nth nonce. */
export function nth(n: number, more: Change = []): Change {
  return [[7, sha256(`nonce ${n}`).slice(0, 16)], ...more];
}

/** The chain of the nth invocation of the scene with changes, for an action that the scene may not grant. */
export function nthChain(n: number, changes: Changes = {}, action: string = REQUEST.action): Chain {
  return chainOf(
    textWith(2, { ...changes, invocation: nth(n, [[1, action], ...(changes.invocation ?? [])]) }),
  );
}

/** What a service decides of a chain with a store: by default a new one in memory. */
export function chargeFor(
  chain: Chain,
  options: Partial<ChargeOptions> & {
    readonly now?: number;
    readonly request?: { action: string; resource: string };
  } = {},
): Promise<Decision> {
  const { now = NOW, request, ...rest } = options;
  const { action, resource } = chain.invocation ?? REQUEST;
  const decision = decide(chain, { audience: AUDIENCE, request: request ?? { action, resource }, now });
  return charge(chain, withoutEvidence(decision), {
    store: memoryStore(),
    replay: 'required',
    costs: {},
    reserveFor: 300,
    ...rest,
  });
}

/** A decision for which there was no evidence to weigh. */
export function withoutEvidence(decision: Decision): Weighed {
  return { decision, said: [], approval: null };
}

/** A store whose charges end in what a function gives or throws. */
export function brokenStore(charge: () => unknown): Store {
  return { ...memoryStore(), charge: charge as Store['charge'] };
}
