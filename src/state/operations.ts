import { utf8 } from '../bytes.ts';
import type { Limit } from '../caveats/limits.ts';
import type { Step } from '../caveats/plan.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { Denial, OpenNeed } from '../decide/decision.ts';
import type { Said } from '../evidence/finding.ts';
import type { Weighed } from '../evidence/weigh.ts';
import type { Facts } from '../facts.ts';
import { isUnit } from '../names.ts';
import { admitsRequest } from '../scope/permission.ts';
import type { ChainBlock } from '../token/chain.ts';
import type { HopClaims, InvocationClaims } from '../token/model.ts';
import { branchKey, latin1, limitKey, nonceKey, planKey } from './keys.ts';
import type { Admission, Operation, Standing } from './store.ts';

/** What a request costs in a unit: exactly, or at most, to be settled when it is known. */
export type Cost = number | { readonly atMost: number };

/** What a request costs, by unit; the units `call` and `denial` are not the service's. */
export type Costs = Readonly<Record<string, Cost>>;

/** An operation, what it counts for, and the denial that it is where it refuses. */
export interface Placed {
  readonly operation: Operation;
  /** The block whose caveat it is for; `null` for the nonce and the answers of approvers. */
  readonly block: number | null;
  readonly of: Limit | readonly Step[] | Said | null;
  readonly deny: (standing: Standing) => Denial;
  /** What could be brought, where it refuses. */
  readonly need?: (standing: Standing) => OpenNeed | undefined;
  /** Of what keeps a status: whose, and of what. */
  readonly status?: Pick<Said, 'key' | 'subject'>;
}

type Asked = Pick<Facts, 'audience' | 'action' | 'resource' | 'args'>;

/** What counters are read from: blocks with their ids. */
export interface Counted {
  readonly blocks: readonly ChainBlock<HopClaims>[];
}

/** The units that the limits of a chain name, which the service must state a cost in. */
export function unitsOf({ blocks }: Counted): readonly string[] {
  const units = new Set<string>();
  for (const { claims } of blocks) for (const { unit } of claims.limits ?? []) units.add(unit);
  return [...units].filter(isOfService);
}

/** Whether a service states what a request costs in a unit; `call` and `denial` are counted by the verifier. */
export function isOfService(unit: string): boolean {
  return isUnit(unit) && unit !== 'call' && unit !== 'denial';
}

/** The limits whose cost the service did not state, as denials (spec §9.6.3). */
export function findUnstated({ blocks }: Counted, costs: Costs): Denial[] {
  const found: Denial[] = [];
  for (const [block, { claims }] of blocks.entries())
    for (const limit of claims.limits ?? [])
      if (isOfService(limit.unit) && !Object.hasOwn(costs, limit.unit))
        found.push({ code: 'limits.cost', block, caveat: 'limits', expected: limit, actual: null });
  return found;
}

/**
 * The nonce of an allowed request, to be remembered: as long as the invocation lives or, where an approval is used up
 * with it, as long as the chain, under which it could be sealed again (spec §9.6.2).
 */
export function nonceOf(
  chain: Counted,
  { nonce, exp }: InvocationClaims,
  approval: Weighed['approval'],
): Placed {
  const { id } = chain.blocks.at(-1) as ChainBlock<HopClaims>;
  return {
    operation: {
      kind: 'once',
      key: nonceKey(id, nonce),
      until: approval === null ? exp : Math.max(exp, endOfChain(chain)),
    },
    block: null,
    of: null,
    deny: () => ({
      code: 'invocation.replay',
      block: null,
      caveat: 'invocation',
      expected: null,
      actual: null,
    }),
  };
}

/** When no request under a chain can pass any more, in Unix seconds. */
export function endOfChain({ blocks }: Counted): number {
  return endsOf(blocks).at(-1) as number;
}

/** The limits and plans of a chain, as operations. */
export function countersOf({ blocks }: Counted, asked: Asked, costs: Costs): Placed[] {
  const ends = endsOf(blocks);
  return blocks.flatMap(({ claims: { limits = [], plan }, id }, block) => {
    const place = { blocks, block, id, audience: asked.audience, until: ends[block] as number };
    const counters = limits.flatMap((limit) => placeLimit(limit, place, costs));
    return plan === undefined ? counters : [...counters, placePlan(plan, place, asked)];
  });
}

/**
 * What a request outside of what is granted asks of a store: to be counted, once for each invocation, in each branch
 * that a limit of `denial` watches; nothing where none does (spec §9.6.4).
 */
export function strikesOf({ blocks }: Counted, invocation: InvocationClaims, audience: string): Operation[] {
  const ends = endsOf(blocks);
  const strikes = blocks.flatMap(({ claims, id }, block) =>
    (claims.limits ?? [])
      .filter(({ unit }) => unit === 'denial')
      .map(
        ({ amount }): Operation => ({
          kind: 'spend',
          key: branchKey(id, idBelow(blocks, block), audience, amount),
          until: ends[block] as number,
          amount: Number.MAX_SAFE_INTEGER,
          cost: 1,
        }),
      ),
  );
  if (strikes.length === 0) return [];
  return [
    { kind: 'once', key: latin1(invocationDigest({ blocks }, invocation)), until: invocation.exp },
    ...strikes,
  ];
}

type Blocks = Counted['blocks'];

interface Place {
  readonly blocks: Blocks;
  readonly block: number;
  readonly id: Uint8Array;
  readonly audience: string;
  readonly until: number;
}

function placeLimit(limit: Limit, place: Place, costs: Costs): Placed[] {
  return limit.unit === 'denial' ? placeBranches(limit, place) : [placeCounter(limit, place, costs)];
}

function placeCounter(limit: Limit, { block, id, audience, until }: Place, costs: Costs): Placed {
  const { unit, amount, window } = limit;
  const cost = unit === 'call' ? 1 : Object.hasOwn(costs, unit) ? (costs[unit] as Cost) : 0;
  const most = typeof cost === 'object' ? cost.atMost : cost;
  const key = limitKey(id, audience, limit);
  const later = typeof cost === 'object' ? unit : undefined;
  return {
    operation: { kind: 'spend', key, until, amount, window, cost: most, unit: later },
    block,
    of: limit,
    deny: ({ used, frees }) => ({
      code: 'limits.spent',
      block,
      caveat: 'limits',
      expected: limit,
      actual: { used, cost: most, frees },
    }),
  };
}

// A holder that is frozen would else hand the token to itself and go on; so what it did counts for all below it.
function placeBranches(limit: Limit, { blocks, block, id, audience, until }: Place): Placed[] {
  const { amount } = limit;
  const branches = block === blocks.length - 1 ? [id] : [id, idBelow(blocks, block)];
  return branches.map((below) => ({
    // Nothing is added here; what was counted must have stayed below the amount.
    operation: {
      kind: 'spend',
      key: branchKey(id, below, audience, amount),
      until,
      amount: amount - 1,
      cost: 0,
    },
    block,
    of: limit,
    deny: ({ used }) => ({
      code: 'limits.frozen',
      block,
      caveat: 'limits',
      expected: limit,
      actual: { used },
    }),
  }));
}

function placePlan(steps: readonly Step[], { block, id, audience, until }: Place, asked: Asked): Placed {
  const admissions: Admission[] = steps.map(({ permission, min, max }) => ({
    min,
    max,
    admits: admitsRequest(permission, asked),
  }));
  return {
    operation: { kind: 'step', key: planKey(id, audience), until, steps: admissions },
    block,
    of: steps,
    deny: ({ taken = [], position = 0 }) => ({
      code: isEarly(admissions, taken, position) ? 'plan.early' : 'plan.closed',
      block,
      caveat: 'plan',
      expected: steps,
      actual: { taken, position, action: asked.action, resource: asked.resource },
    }),
  };
}

// Where a step behind admits the request too, it may only have been late, or another of the branch the faster.
function isEarly(steps: readonly Admission[], taken: readonly number[], position: number): boolean {
  const blocking = steps.findIndex(({ min }, i) => i >= position && (taken[i] ?? 0) < min);
  const admitting = steps.findIndex(({ admits }) => admits);
  return blocking !== -1 && admitting > blocking;
}

// When each block ends: past it, every chain through the block is denied anyway.
function endsOf(blocks: Blocks): number[] {
  let end = Number.POSITIVE_INFINITY;
  return blocks.map(({ claims }) => {
    end = Math.min(end, claims.exp ?? end);
    return end;
  });
}

// The last block has none below: its holder is a branch of its own.
function idBelow(blocks: Blocks, block: number): Uint8Array {
  return (blocks[block + 1] ?? (blocks[block] as Blocks[number])).id;
}

/**
 * What tells an invocation from all others, for good: the digest of all its claims. A holder can use a nonce again, for
 * another request at once, and for any when it is forgotten. Equal claims are equal bytes.
 */
export function invocationDigest(
  { blocks }: Counted,
  { action, resource, exp, iat, nonce, ...rest }: InvocationClaims,
): Uint8Array {
  const digest = rest.arguments && [rest.arguments.mode, latin1(rest.arguments.digest)];
  const claims = [
    action,
    resource,
    exp,
    iat,
    latin1(nonce),
    digest,
    rest.task,
    rest.reference,
    rest.instruction,
  ];
  const { id } = blocks.at(-1) as Blocks[number];
  return sha256(utf8(JSON.stringify([latin1(id), ...claims.map((claim) => claim ?? null)])));
}
