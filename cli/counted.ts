import { toHex } from '../src/bytes.ts';
import type { Code } from '../src/codes.ts';
import {
  type LimitUsage,
  lookUsage,
  type PlanUsage,
  type Step,
  type Store,
  type Token,
} from '../src/index.ts';
import { meetAudiences } from '../src/token/audience.ts';
import { linkBlocks } from '../src/token/links.ts';

/** What is used of a limit; of `denial`, also where. */
export interface CountedLimit extends Omit<LimitUsage, 'branch'> {
  readonly frozen?: boolean;
  /** The id of the block that begins the branch, in hexadecimal: that of the limit, or the one below. */
  readonly branch?: string;
}

/** A step: behind the plan, open, full, or not open before an earlier one has its least count. */
export interface CountedStep extends Step {
  readonly taken: number;
  readonly state: 'closed' | 'open' | 'full' | 'waiting';
}

/** What is used of the limits and the plan of one block. */
export interface CountedBlock {
  readonly block: number;
  readonly id: string;
  readonly delegate: string;
  /** When the block ends and its counts are forgotten, in Unix seconds. */
  readonly expires: number;
  readonly limits: readonly CountedLimit[];
  readonly plan?: readonly CountedStep[];
}

/** What a store counted for the blocks of a token. Nothing of the token is verified. */
export interface Report {
  readonly verified: false;
  readonly now: number;
  /** The one service that counts; absent where there is nothing to count, or no such service. */
  readonly audience?: string;
  /** Why every request is denied, and by which block, where there is no such service. */
  readonly denied?: { readonly code: Code; readonly block: number };
  readonly blocks: readonly CountedBlock[];
}

/** Whether any block of a token has limits or a plan. */
export function isCounted({ blocks }: Token): boolean {
  return blocks.some(({ claims }) => claims.limits ?? claims.plan);
}

/** Looks up what is used of a token, open or sealed. @throws StoreError `store.*` */
export async function reportCounts(token: Token, store: Store, now: number): Promise<Report> {
  const links = linkBlocks(token.suite, token.blocks);
  const blocks = token.blocks.map(({ claims }, i) => ({
    claims,
    id: (links[i] as (typeof links)[number]).id,
  }));
  const claims = blocks.map((block) => block.claims);
  const base = { verified: false, now } as const;
  const counting = claims.flatMap((own, i) => ((own.limits ?? own.plan) ? [i] : []));
  const services = counting.map((i) => meetAudiences(claims.slice(0, i + 1)) ?? []);
  const wrong = services.findIndex(({ length }) => length !== 1);
  if (wrong !== -1) {
    const block = counting[wrong] as number;
    const code = claims[block]?.limits ? 'limits.audience' : 'plan.audience';
    return { ...base, denied: { code, block }, blocks: [] };
  }
  const usage = await lookUsage({ blocks }, store, now);
  const idOf = (i: number) => toHex((blocks[i] as (typeof blocks)[number]).id);
  return {
    ...base,
    ...(services[0]?.[0] !== undefined && { audience: services[0][0] }),
    blocks: usage.map(({ block, limits, plan }) => ({
      block,
      id: idOf(block),
      delegate: claims[block]?.delegate ?? '',
      expires: Math.min(...claims.slice(0, block + 1).map(({ exp }) => exp ?? Number.POSITIVE_INFINITY)),
      limits: limits.map(({ branch, ...limit }) =>
        branch === undefined ? limit : { ...limit, frozen: limit.used >= limit.amount, branch: idOf(branch) },
      ),
      ...(plan && { plan: judgeSteps(plan) }),
    })),
  };
}

function judgeSteps({ steps, position }: PlanUsage): CountedStep[] {
  let reached = true;
  return steps.map((step, i) => {
    if (i < position) return { ...step, state: 'closed' };
    const state = !reached ? 'waiting' : step.taken < step.max ? 'open' : 'full';
    reached &&= step.taken >= step.min;
    return { ...step, state };
  });
}
