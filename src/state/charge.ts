import { toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import type { Decision, Denial } from '../decide/decision.ts';
import { RequestError, StoreError } from '../errors.ts';
import type { Wanting } from '../evidence/finding.ts';
import { mergeAlarms } from '../evidence/merge-alarms.ts';
import type { Weighed } from '../evidence/weigh.ts';
import type { Chain } from '../token/chain.ts';
import type { InvocationClaims } from '../token/model.ts';
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
import { type Remembered, rememberEvidence } from './remember.ts';
import type { Charge, Operation, Outcome, Standing, Store } from './store.ts';

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
  const answered: Decision = {
    ...raise(decision, remembered, outcome.standing.slice(1)),
    notEstablished: store.durable ? others : [...others, 'durability'],
  };
  const refused = refusalsOf(placed, outcome);
  if (refused.length > 0) {
    const denials = refused.map(({ denial }) => denial);
    const struck = isOutside(denials) ? strikesOf(chain, invocation, decision.audience) : [];
    const { found } = await note(store, chain, invocation, { ...weighed, said: [], approval: null }, struck);
    return denyAlso({ ...answered, denials: [], needs: [] }, [...refused, ...found]);
  }
  return {
    ...answered,
    verdict: 'allow',
    code: 'allowed',
    denials: [],
    needs: [],
    ...(reservation && { reservation }),
  };
}

/** Whether a denial of logic is none yet: a store decides it. */
export function isLeftToStore({ code }: Denial): boolean {
  return code === 'limits.store' || code === 'plan.store';
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
  const own = denials.map((denial, i) => ({ denial, need: needs[i] }));
  return denyAlso({ ...decision, denials: [], needs: [] }, [...missing, ...own]);
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

// A chain that can never pass here leaves nothing: whoever ever held one could else fill the store, by hops of their own.
function isOver(denials: readonly Denial[]): boolean {
  return denials.some(({ caveat }) => caveat === 'aud' || caveat === 'exp' || caveat === 'delegation');
}

// What a denied request still leaves in the store: what evidence said of it, and that it was outside of what is granted.
async function note(
  store: Store,
  chain: Chain,
  invocation: InvocationClaims,
  { decision, said, approval }: Weighed,
  struck: readonly Operation[],
): Promise<{ readonly found: readonly Wanting[]; readonly alarmed: Decision }> {
  const refusal = approval === 'refused' ? approval : null;
  const remembered = rememberEvidence(chain, invocation, { said, approval: refusal });
  const kept = await askFor(
    store,
    decision,
    remembered.map(({ operation }) => operation),
  );
  // In a charge of its own: a status that is older than another must not keep a request from being counted.
  const counted = await askFor(store, decision, struck);
  const [failed] = [kept, counted].filter((outcome) => outcome instanceof StoreError);
  if (failed !== undefined) return { found: [{ denial: ofStore(failed) }], alarmed: decision };
  const { refused, standing } = kept as Outcome;
  return {
    // A mission that ended before, above all: nobody should be asked to approve then.
    found: refused
      .map((i) => wantingOf(remembered[i] as Placed, standing[i] as Standing))
      .filter(({ denial }, i, all) => {
        const told = [...decision.denials, ...all.slice(0, i).map((one) => one.denial)];
        return !told.some(({ code, block }) => code === denial.code && block === denial.block);
      }),
    alarmed: raise(said.length === 0 ? decision : withOrder(decision), remembered, standing),
  };
}

function withOrder(decision: Decision): Decision {
  return { ...decision, notEstablished: decision.notEstablished.filter((what) => what !== 'order') };
}

async function askFor(
  store: Store,
  { now }: Decision,
  operations: readonly Operation[],
): Promise<Outcome | StoreError> {
  return operations.length === 0 ? { refused: [], standing: [] } : ask(store, { now, operations });
}

/** The decision with the contradictions that a store knows of. */
function raise(
  decision: Decision,
  remembered: readonly Remembered[],
  standing: readonly Standing[],
): Decision {
  const found = remembered.flatMap(({ alarm }, i) => alarm(standing[i]?.kept) ?? []);
  const { alarms: known = [] } = decision;
  const alarms = mergeAlarms(known, found);
  return alarms.length === known.length ? decision : { ...decision, alarms };
}

// Whatever an adapter throws, or gives that is no answer, the request is not allowed.
async function ask(store: Store, charge: Charge): Promise<Outcome | StoreError> {
  try {
    const outcome = await store.charge(charge);
    return isAnswer(outcome, charge) ? outcome : new StoreError('store.failed');
  } catch (error) {
    return error instanceof StoreError ? error : new StoreError('store.failed');
  }
}

function isAnswer({ refused, standing }: Outcome, { operations }: Charge): boolean {
  return (
    Array.isArray(refused) &&
    refused.every((i) => typeof operations[i] === 'object') &&
    operations.every((_, i) => typeof standing[i]?.used === 'number')
  );
}

function ofStore({ code, where }: StoreError): Denial {
  return { code, block: null, caveat: 'store', expected: null, actual: where.detail ?? null };
}

// Of a nonce that was used before, what its first use was charged says nothing more; and one limit refuses once.
function refusalsOf(placed: readonly Placed[], { refused, standing }: Outcome): Wanting[] {
  const indices = refused.includes(0) ? [0] : refused;
  const of = indices.map((i) => placed[i]?.of);
  return indices
    .filter((_, n) => of.indexOf(of[n]) === n)
    .map((i) => wantingOf(placed[i] as Placed, standing[i] as Standing));
}

function wantingOf({ deny, need }: Placed, standing: Standing): Wanting {
  return { denial: deny(standing), need: need?.(standing) };
}

/** The decision with more denials behind its own; its needs stay open where each of all of them has one. */
function denyAlso(decision: Decision, found: readonly Wanting[]): Decision {
  const denials = [...decision.denials, ...found.map(({ denial }) => denial)];
  const needs = [...decision.needs, ...found.flatMap(({ need }) => need ?? [])];
  const [{ code }] = denials as [Denial];
  return { ...decision, verdict: 'deny', code, denials, needs: needs.length === denials.length ? needs : [] };
}

function reserve(
  chain: Chain,
  invocation: InvocationClaims,
  { now }: Decision,
  { costs, reserveFor }: ChargeOptions,
): Decision['reservation'] {
  const most = unitsOf(chain).flatMap((unit) => {
    const cost = costs[unit];
    return typeof cost === 'object' ? [[unit, cost.atMost] as const] : [];
  });
  if (most.length === 0) return undefined;
  const id = toHex(invocationDigest(chain, invocation));
  return { id, until: now + reserveFor, costs: Object.fromEntries(most) };
}
