import { fromUtf8, utf8 } from '../bytes.ts';
import type { Code } from '../codes.ts';
import type { Decision, Denial, GrantorProof, OpenNeed } from '../decide/decision.ts';
import { ReceiptError } from '../errors.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { importPublicJwk } from '../keys/jwk.ts';
import * as limits from '../limits.ts';
import type { Mission, Task } from '../token/model.ts';

/** One hand of the chain as a receipt keeps it; `key` is a JWK. */
export interface SummaryHand extends Task {
  readonly delegate: string;
  readonly key?: Readonly<Record<string, string | number>>;
  /** The block id in hexadecimal. */
  readonly block: string;
}

/** Evidence that a decision relied on, as a receipt keeps it; `key` is a JWK. */
export type SummaryRelied = { readonly key: Readonly<Record<string, string>>; readonly block: number } & (
  | { readonly kind: 'status'; readonly subject: string; readonly age: number }
  | { readonly kind: 'approval' | 'consent'; readonly iat: number }
);

/**
 * What a receipt keeps of a decision (spec §9.8.2): neither arguments nor anything that was observed, which may be
 * personal. The digest of the arguments is in the invocation, which stands beside it.
 */
export interface Summary {
  readonly verdict: Decision['verdict'];
  readonly code: Code | 'allowed';
  /** Each different one once. */
  readonly denials: readonly Pick<Denial, 'code' | 'block' | 'caveat'>[];
  readonly needs: readonly Pick<OpenNeed, 'kind' | 'block'>[];
  readonly notEstablished: Decision['notEstablished'];
  readonly suite: Decision['suite'];
  readonly now: number;
  readonly audience: string;
  readonly grantor: GrantorProof;
  readonly mission: Mission;
  readonly chain: readonly SummaryHand[];
  readonly request: { readonly action: string; readonly resource: string } | null;
  /** Which evidence the decision relied on, as the decision says it. */
  readonly relied?: readonly SummaryRelied[];
  /** The contradictions of status authorities that it shows. */
  readonly alarms?: Json;
  /** The id of what was reserved. */
  readonly reservation?: string;
}

/** The bytes of the summary of a decision: RFC 8785 JSON. */
export function encodeSummary(decision: Decision): Uint8Array {
  const { verdict, code, notEstablished, suite, now, audience, grantor, mission, chain } = decision;
  const { request, reservation } = decision;
  const { relied, alarms } = decision;
  const summary = {
    ...{ verdict, code, notEstablished, suite, now, audience, grantor, mission, chain, relied, alarms },
    denials: unique(decision.denials.map(({ code, block, caveat }) => ({ code, block, caveat }))),
    needs: unique(decision.needs.map(({ kind, block }) => ({ kind, block }))),
    request: request && { action: request.action, resource: request.resource },
    reservation: reservation?.id,
  };
  // By way of JSON, which leaves out what is undefined and writes keys as JWKs.
  return utf8(canonicalJson(JSON.parse(JSON.stringify(summary))));
}

/** The inverse of {@link encodeSummary}. @throws ReceiptError `receipt.shape` */
export function decodeSummary(bytes: Uint8Array): Summary {
  const text = fromUtf8(bytes) ?? '';
  let value: Json = null;
  try {
    value = parseJson(text);
    if (canonicalJson(value) !== text) value = null;
  } catch {
    // It is none.
  }
  if (!isSummary(value)) throw new ReceiptError('receipt.shape', { detail: 'no summary of a decision' });
  return value as unknown as Summary;
}

// The same limit that hits 256 times would make a receipt too large, and says nothing more.
function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function isSummary(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { verdict, code, denials, needs, notEstablished, suite, now, audience } = value;
  const { grantor, mission, chain, request, reservation = '', relied = [] } = value;
  return (
    (verdict === 'allow' || verdict === 'deny') &&
    (suite === 'ed25519' || suite === 'hmac') &&
    Number.isSafeInteger(now) &&
    areTexts([code, audience, reservation]) &&
    areObjects(denials, ['code', 'caveat']) &&
    areObjects(needs, ['kind']) &&
    Array.isArray(notEstablished) &&
    areTexts(notEstablished) &&
    areObjects([grantor ?? null], ['principal', 'known', 'by']) &&
    ['own-key', 'consent', 'attested'].includes((grantor as { known: string }).known) &&
    areObjects([mission ?? null], ['id', 'purpose']) &&
    areObjects(chain, ['delegate', 'block']) &&
    (request === null || areObjects([request ?? null], ['action', 'resource'])) &&
    Array.isArray(relied) &&
    relied.every(isRelied)
  );
}

function isRelied(value: Json): boolean {
  if (!areObjects([value], ['kind'])) return false;
  const { kind, key, block, subject, age, iat } = value as JsonObject;
  const times = kind === 'status' ? [block, age] : [block, iat];
  return (
    ['status', 'approval', 'consent'].includes(kind as string) &&
    isKey(key) &&
    (kind !== 'status' || typeof subject === 'string') &&
    times.every((time) => typeof time === 'number' && time >= 0 && time < limits.time)
  );
}

function isKey(value: Json | undefined): boolean {
  try {
    return importPublicJwk(value).bytes.length > 0;
  } catch {
    return false;
  }
}

function areTexts(values: readonly (Json | undefined)[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function areObjects(values: Json | undefined, texts: readonly string[]): boolean {
  return (
    Array.isArray(values) &&
    values.every(
      (value: Json) => isJsonObject(value) && areTexts(texts.map((name) => (value as JsonObject)[name])),
    )
  );
}
