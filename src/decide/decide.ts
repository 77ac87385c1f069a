import { toHex } from '../bytes.ts';
import { type Caveats, caveatNames, caveats } from '../caveats/all.ts';
import type { Caveat } from '../caveats/caveat.ts';
import type { Reason } from '../codes.ts';
import { RequestError } from '../errors.ts';
import type { Delegate, ExtHandlers, Facts, Need } from '../facts.ts';
import { canonicalJson, isJsonObject, type JsonObject } from '../json.ts';
import type { Anchor } from '../keys/trust.ts';
import * as limits from '../limits.ts';
import { isAction, isName } from '../names.ts';
import { isResource } from '../scope/pattern.ts';
import { checkTime, systemTime } from '../time.ts';
import { type Arguments, type CheckedArguments, checkArguments } from '../token/arguments.ts';
import { narrowAudiences } from '../token/audience.ts';
import { assertChain, type Chain, type ChainBlock } from '../token/chain.ts';
import { defaultSubject } from '../token/claims.ts';
import type { Claimed, InvocationClaims, Task } from '../token/model.ts';
import type { Decision, Denial } from './decision.ts';

/**
 * The request that the service is about to serve. Without `action` and `resource`, the invocation's own are decided,
 * and the decision says that no request was compared.
 */
export type Request = Arguments &
  (
    | { readonly action: string; readonly resource: string }
    | { readonly action?: undefined; readonly resource?: undefined }
  );

/** What a service knows when it decides. */
export interface DecideOptions {
  /** The service's own name, compared exactly. */
  readonly audience: string;
  readonly request?: Request;
  /** What the service observed, by name; what it leaves out denies where a caveat asks for it. */
  readonly context?: JsonObject;
  /** Handlers of extensions; an extension without one denies. */
  readonly ext?: ExtHandlers | undefined;
  /** The one clock reading of the decision, in Unix seconds; by default the system's clock. */
  readonly now?: number;
}

/** What caveats are read from: the blocks, and what an anchor adds to them. */
export interface Judged {
  readonly blocks: Claimed;
  readonly anchor: Partial<Anchor>;
}

interface Located extends Denial {
  readonly need?: Need;
}

/**
 * Decides a request against every caveat of every block; pure logic, no store is asked (spec §9).
 *
 * @throws RequestError `request.malformed`, `context.malformed`; TypeError where the chain is not from `verify`
 * @example
 * const decision = decide(chain, { audience: 'https://files.acme.example', request: { action: 'read', resource: 'reports/q3.pdf' } })
 * if (decision.verdict === 'allow') serve(decision.request)
 */
export function decide(chain: Chain, options: DecideOptions): Decision {
  assertChain(chain);
  const { audience, request = {}, context = {}, ext, now = systemTime() } = options;
  checkTime(now);
  const checked = checkArguments(request);
  checkRequest(audience, request, context);
  const { invocation } = chain;
  const notEstablished =
    request.action === undefined ? (['request', 'replay'] as const) : (['replay'] as const);
  if (invocation === undefined) {
    const base = { now, audience, notEstablished, request: null };
    return conclude(chain, base, [ofInvocation('missing', null, null)]);
  }
  const { action, resource } = request.action === undefined ? invocation : request;
  const decided = { action, resource, args: checked.args };
  const facts: Facts = { now, audience, action, resource, args: checked.args, context, ext };
  const denials = [...checkInvocation(invocation, facts, checked), ...checkBlocks(chain, facts)];
  return conclude(chain, { now, audience, notEstablished, request: decided }, denials);
}

/** What a service gets wrong by itself is its error and no denial (spec §9.1). @throws RequestError */
export function checkRequest(audience: string, { action, resource }: Request, context: JsonObject): void {
  const known = action === undefined ? resource === undefined : isAction(action) && isResource(resource);
  if (!isName(audience) || !known) throw new RequestError('request.malformed');
  try {
    if (!isJsonObject(context)) throw context;
    canonicalJson(context);
  } catch {
    throw new RequestError('context.malformed');
  }
}

/** Time, audience, request: what binds the invocation to this moment, this service and this request (spec §9.2). */
function checkInvocation(invocation: InvocationClaims, facts: Facts, checked: CheckedArguments): Located[] {
  const denials: Located[] = [];
  const demand = (holds: boolean, reason: Reason<'invocation'>, expected: unknown, actual: unknown) => {
    if (!holds) denials.push(ofInvocation(reason, expected, actual));
  };
  const { exp, iat, arguments: sealed } = invocation;
  demand(facts.now < exp, 'expired', exp, facts.now);
  demand(iat <= facts.now + limits.skew, 'early', iat, facts.now);
  for (const name of ['audience', 'action', 'resource'] as const) {
    demand(invocation[name] === facts[name], name, invocation[name], facts[name]);
  }
  const digest = (bytes: Uint8Array | undefined) => (bytes ? toHex(bytes) : null);
  const expected = digest(sealed?.digest);
  const actual = digest(sealed?.mode === 'body' ? checked.body : checked.jcs);
  demand(expected === actual, 'arguments', expected, actual);
  return denials;
}

function ofInvocation(reason: Reason<'invocation'>, expected: unknown, actual: unknown): Located {
  return { code: `invocation.${reason}`, block: null, caveat: 'invocation', expected, actual };
}

/** Every caveat of every block, by block and then by key; those that need a store come last (spec §9.3). */
export function checkBlocks({ blocks, anchor }: Judged, facts: Facts): Located[] {
  const [{ claims: root }] = blocks;
  const subject = defaultSubject(root);
  const { now } = facts;
  const found: Located[] = [];
  const counted: Located[] = [];
  if (root.iat > now + limits.skew)
    found.push({ code: 'iat.early', block: 0, caveat: 'iat', expected: root.iat, actual: now });
  let audiences: readonly string[] | undefined;
  // It gets shorter block by block: a copy for each would make the work grow with the square of the hops.
  const below = claimsOf({ blocks, anchor });
  for (const block of blocks.keys()) {
    const own = below.shift() as Caveats;
    audiences = narrowAudiences(audiences, own);
    for (const name of caveatNames(own)) {
      const caveat = caveats[name] as Caveat<unknown>;
      for (const finding of caveat.check(own[name], facts, { below, audiences, subject }))
        (caveat.counted ? counted : found).push({ ...finding, block, caveat: name });
    }
  }
  return [...found, ...counted];
}

/** What the blocks of a chain say. An anchor may demand a status of every chain under it, as if the root did. */
export function claimsOf({ blocks, anchor }: Judged): (Caveats & Delegate)[] {
  const claims: (Caveats & Delegate)[] = blocks.map((block) => block.claims);
  if (anchor.alive) claims[0] = { ...blocks[0].claims, alive: [...(claims[0]?.alive ?? []), anchor.alive] };
  return claims;
}

function conclude(
  { suite, anchor, blocks }: Chain,
  base: Pick<Decision, 'now' | 'audience' | 'request' | 'notEstablished'>,
  located: readonly Located[],
): Decision {
  const [{ claims: root }] = blocks;
  const needs = located.flatMap(({ need, block }) => (need ? [{ ...need, block }] : []));
  return {
    verdict: located.length === 0 ? 'allow' : 'deny',
    code: located[0]?.code ?? 'allowed',
    denials: located.map(({ need: _, ...denial }) => denial),
    needs: needs.length === located.length ? needs : [],
    ...base,
    suite,
    grantor: {
      principal: root.grantor,
      known: anchor.kind === 'human' ? 'own-key' : 'attested',
      by: anchor.principal,
    },
    mission: root.mission,
    chain: (blocks as readonly ChainBlock<Delegate & Task>[]).map(
      ({ id, claims: { delegate, key, task, reference, instruction } }) => ({
        block: toHex(id),
        delegate,
        key,
        task,
        reference,
        instruction,
      }),
    ),
  };
}
