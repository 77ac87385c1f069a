import { checkBlocks, checkRequest } from '../decide/decide.ts';
import type { Denial, OpenNeed } from '../decide/decision.ts';
import { type Authority, effectiveAuthority } from '../decide/effective.ts';
import { RequestError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { checkTime, systemTime } from '../time.ts';
import { checkArguments } from '../token/arguments.ts';
import { decode } from '../token/decode.ts';
import { type InspectOptions, tryVerify, type Verification } from './inspect.ts';
import { type Nearest, nearestPermission, type Wanted } from './nearest.ts';

/** A request that somebody thinks of making. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly args?: JsonObject;
  /** The service; by default the first that all blocks name. */
  readonly audience?: string;
  /** What the service would observe. */
  readonly context?: JsonObject;
}

/** Whether a request would pass, and what decides it. */
export interface Answer {
  /** `need`: it would, with what `needs` names. */
  readonly verdict: 'allow' | 'need' | 'deny';
  /** Every caveat that denies, in the order of the checks; the first decides. */
  readonly denials: readonly Denial[];
  /** What would turn the answer into an allow, all of it together; empty where nothing would. */
  readonly needs: readonly OpenNeed[];
  readonly request: Wanted & { readonly audience: string | null };
  /** The permissions that admit the request or come nearest to it, one for each scope in force. */
  readonly nearest: readonly (Nearest & { readonly blocks: readonly number[] })[];
  readonly verification: Verification;
  readonly now: number;
}

/**
 * Whether a request would be allowed if the holder sealed it now, which caveat of which block decides, and which
 * permission comes nearest. A preview: without trust, it takes the token's word for everything.
 *
 * @throws DecodeError; RequestError `request.malformed`, `context.malformed`; TypeError where `now` is no integer
 * @example
 * why(text, { action: 'write', resource: 'reports/q3.pdf' }).nearest[0]?.changes // ['ask for read instead of write']
 */
export function why(
  text: string,
  question: Question,
  { trust, now = systemTime() }: InspectOptions = {},
): Answer {
  checkTime(now);
  const { action, resource, context = {}, audience: named } = question;
  const { args } = checkArguments(question.args === undefined ? {} : { args: question.args });
  if (action === undefined) throw new RequestError('request.malformed');
  checkRequest(named ?? 'any', { action, resource }, context);

  const token = decode(text);
  const [verification, anchor = {}] = tryVerify(token, trust, now);
  const { conditions } = effectiveAuthority(token.blocks, anchor).at(-1) as Authority;
  const audience = named ?? conditions.aud?.[0]?.value[0];
  const facts = { now, audience: audience ?? '', action, resource, args, context };
  const located = checkBlocks({ blocks: token.blocks, anchor }, facts);
  const needs = located.flatMap(({ need, block }) => (need && block !== null ? [{ ...need, block }] : []));
  const needed = located.length > 0 && needs.length === located.length;
  const wanted: Wanted = { action, resource, args };
  return {
    verdict: located.length === 0 ? 'allow' : needed ? 'need' : 'deny',
    denials: located.map(({ need: _, ...denial }) => denial),
    needs: needed ? needs : [],
    request: { ...wanted, audience: audience ?? null },
    nearest: (conditions.scope ?? []).flatMap(({ value, blocks }) => {
      const nearest = nearestPermission(value, wanted);
      return nearest === undefined ? [] : [{ ...nearest, blocks }];
    }),
    verification,
    now,
  };
}
