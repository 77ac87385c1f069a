import { toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import type { Decision, Denial } from '../decide/decision.ts';
import { isLeftToStore } from '../decide/left-to-store.ts';
import { RequestError, StoreError } from '../errors.ts';
import { denyAlso } from '../evidence/deny-also.ts';
import type { Wanting } from '../evidence/finding.ts';
import { isOver } from '../evidence/is-over.ts';
import type { Weighed } from '../evidence/weigh.ts';
import type { Chain } from '../token/chain.ts';
import type { InvocationClaims } from '../token/model.ts';
import { ask, ofStore } from './ask.ts';
import { note, raise } from './note.ts';
import {
  type Costs,
  countersOf,
  findUnstated,
  invocationDigest,
  nonceOf,
  type Placed,
  strikesOf,
  unitsOf,
} from './operations.ts';
import { refusalsOf } from './refusals.ts';
import { rememberEvidence } from './remember.ts';
import type { Store } from './store.ts';

/** What `charge` needs beside the chain and its decision. */
export interface ChargeOptions {
  /** `null` where there is none: limits and plans are denied then. */
  readonly store: Store | null;
  /** Without a store: `required` denies, `reported` allows and says that replay is not established. */
  readonly replay: 'required' | 'reported';
  /** What the request costs, by unit. */
  readonly costs: Costs;
  /** For how many seconds costs that are not exact stay reserved. */
  readonly reserveFor: number;
}

/**
 * Asks the store what logic left open, in one atomic call, and gives the final decision (spec §9.6).
 *
 * A request that logic allows is charged with its nonce, limits and plans. One that falls outside of scope, arguments
 * or plan is counted where a limit of `denial` watches. Whatever fails in the store denies.
 *
 * @throws RequestError `cost.malformed`
 */
export async function charge(chain: Chain, weighed: Weighed, options: ChargeOptions): Promise<Decision> {
  const { decision } = weighed;
  const { store } = options;
  const { invocation } = chain;
  const { request } = decision;
  if (invocation === undefined || request === null) return decision;
  if (store === null) return chargeNothing(weighed, options);
  const denials = decision.denials.filter((denial) => !isLeftToStore(denial));
  const needs = decision.needs.filter(({ kind }) => kind !== 'store');
  if (denials.length > 0) {
    const struck = isOutside(denials) ? strikesOf(chain, invocation, decision.audience) : [];
    const left = isOver(denials) ? { ...weighed, said: [], approval: null } : weighed;
    const { found, alarmed } = await note(store, chain, invocation, left, struck);
    return denyAlso({ ...alarmed, denials, needs }, found);
  }
  checkCosts(options.costs);
  const unstated = findUnstated(chain, options.costs);
  if (unstated.length > 0) {
    const { found, alarmed } = await note(store, chain, invocation, weighed, []);
    return denyAlso({ ...alarmed, denials: unstated, needs: [] }, found);
  }
  const asked = { audience: decision.audience, ...request };
  const remembered = rememberEvidence(chain, invocation, weighed);
  const placed: Placed[] = [
    nonceOf(chain, invocation, weighed.approval),
    ...remembered,
    ...countersOf(chain, asked, options.costs),
  ];
  const reservation = reserve(chain, invocation, decision, options);
  const outcome = await ask(store, {
    now: decision.now,
    operations: placed.map(({ operation }) => operation),
    ...(reservation && { reservation }),
  });
  if (outcome instanceof StoreError)
    return denyAlso({ ...decision, denials: [], needs: [] }, [{ denial: ofStore(outcome) }]);
  const others = decision.notEstablished.filter((what) => what !== 'replay' && what !== 'order');
  const answered = raise(decision, remembered, outcome.standing.slice(1));
  const notEstablished = store.durable ? others : ([...others, 'durability'] as const);
  const refused = refusalsOf(placed, outcome);
  if (refused.length > 0) {
    const denials = refused.map(({ denial }) => denial);
    const struck = isOutside(denials) ? strikesOf(chain, invocation, decision.audience) : [];
    const { found } = await note(store, chain, invocation, { ...weighed, said: [], approval: null }, struck);
    return denyAlso({ ...answered, notEstablished, denials: [], needs: [] }, [...refused, ...found]);
  }
  return {
    ...answered,
    notEstablished,
    verdict: 'allow',
    code: 'allowed',
    denials: [],
    needs: [],
    ...(reservation && { reservation }),
  };
}

// A denial that nothing removes needs no store; all others do, beside what else they need.
function chargeNothing({ decision, approval }: Weighed, { replay }: ChargeOptions): Decision {
  const { denials, needs } = decision;
  if (needs.length < denials.length) return decision;
  const missing: Wanting[] = [
    ...(replay !== 'reported' ? [withoutStore('invocation.store', 'invocation')] : []),
    ...(approval === 'used' ? [withoutStore('approval.store', 'approval')] : []),
  ];
  if (missing.length === 0) return decision;
  const denied = denyAlso({ ...decision, denials: [], needs: [] }, missing);
  return { ...denied, denials: [...denied.denials, ...denials], needs: [...denied.needs, ...needs] };
}

function withoutStore(code: Code, caveat: Denial['caveat']): Wanting {
  return {
    denial: { code, block: null, caveat, expected: null, actual: null },
    need: { kind: 'store', block: null },
  };
}

function checkCosts(costs: Costs): void {
  for (const cost of Object.values(costs)) {
    const most = typeof cost === 'object' ? cost?.atMost : cost;
    if (!Number.isSafeInteger(most) || most < 0) throw new RequestError('cost.malformed');
  }
}

// Of a request that is authentic, for this service and this moment; whatever else is said against it. A step that is
// closed is not outside: others can bring it about, by taking it first or by withholding the request until then.
function isOutside(denials: readonly Denial[]): boolean {
  const unrelated: readonly Denial['caveat'][] = ['invocation', 'aud', 'exp', 'nbf', 'iat'];
  const outside = /^scope\.|^plan\.(step|early)$/;
  return (
    denials.some(({ code }) => outside.test(code)) &&
    !denials.some(({ caveat }) => unrelated.includes(caveat))
  );
}

function reserve(
  chain: Chain,
  invocation: InvocationClaims,
  { now }: Decision,
  { costs, reserveFor }: ChargeOptions,
): Decision['reservation'] {
  const most = Object.entries(costs).flatMap(([unit, cost]) =>
    typeof cost === 'object' && unitsOf(chain).includes(unit) ? [[unit, cost.atMost] as const] : [],
  );
  if (most.length === 0) return undefined;
  const id = toHex(invocationDigest(chain, invocation));
  return { id, until: now + reserveFor, costs: Object.fromEntries(most) };
}
