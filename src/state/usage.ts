import type { Limit } from '../caveats/limits.ts';
import type { Step } from '../caveats/plan.ts';
import { meetAudiences } from '../token/audience.ts';
import { type Counted, countersOf } from './operations.ts';
import type { Standing, Store } from './store.ts';

/** What is used of one limit. */
export interface LimitUsage extends Limit {
  /** Of `denial`: how many requests of this branch were counted. */
  readonly used: number;
  readonly left: number;
  /** When the oldest use leaves the window, in Unix seconds. */
  readonly frees?: number | undefined;
  /** Of `denial`: the block whose holder, or those below it, were counted: that of the limit, or the next one. */
  readonly branch?: number | undefined;
}

/** How far a plan has come. */
export interface PlanUsage {
  readonly steps: readonly (Step & { readonly taken: number })[];
  /** The step that was taken last, from 0; those before it are closed. */
  readonly position: number;
}

/** What is used of the limits and the plan of one block. */
export interface Usage {
  readonly block: number;
  readonly limits: readonly LimitUsage[];
  readonly plan?: PlanUsage | undefined;
}

/**
 * What is used of every limit and plan of a chain, for people; a decision asks the store itself.
 *
 * Nothing where the blocks do not leave exactly one service: no such request is ever allowed.
 *
 * @throws StoreError `store.*`
 * @example
 * const [{ limits }] = await lookUsage(chain, store, now)
 * limits[0].left // calls that are left
 */
export async function lookUsage(chain: Counted, store: Store, now: number): Promise<Usage[]> {
  const claims = chain.blocks.map((block) => block.claims);
  const audiences = claims.flatMap(({ limits, plan }, block) =>
    (limits ?? plan) ? [meetAudiences(claims.slice(0, block + 1))] : [],
  );
  const audience = audiences[0]?.[0];
  if (audience === undefined || audiences.some((names) => names?.length !== 1)) return [];
  const placed = countersOf(chain, { audience, action: '', resource: '', args: {} }, {});
  const standing = await store.look({ now, operations: placed.map(({ operation }) => operation) });
  const found = placed.map(({ block, of }, i) => ({ block, of, standing: standing[i] as Standing }));
  const blocks = [...new Set(placed.map(({ block }) => block as number))];
  return blocks.map((block) => {
    const own = found.filter((entry) => entry.block === block);
    const plan = own.find(({ of }) => Array.isArray(of));
    return {
      block,
      limits: (chain.blocks[block]?.claims.limits ?? []).map((limit) =>
        usageOf(
          limit,
          block,
          own.filter(({ of }) => of === limit).map((entry) => entry.standing),
        ),
      ),
      ...(plan && { plan: progressOf(plan.of as readonly Step[], plan.standing) }),
    };
  });
}

// A limit of `denial` watches two branches, of which the one that is closer to its end counts.
function usageOf(limit: Limit, block: number, standing: readonly Standing[]): LimitUsage {
  const counts = standing.map((one) => one.used);
  const used = Math.max(...counts);
  const [frees] = standing.map((one) => one.frees);
  return {
    ...limit,
    used,
    left: Math.max(0, limit.amount - used),
    ...(frees !== undefined && { frees }),
    ...(limit.unit === 'denial' && { branch: block + counts.lastIndexOf(used) }),
  };
}

function progressOf(steps: readonly Step[], { taken = [], position = 0 }: Standing): PlanUsage {
  return { steps: steps.map((step, i) => ({ ...step, taken: taken[i] ?? 0 })), position };
}
