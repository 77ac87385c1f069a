import type { CborValue } from '../../src/cbor/value.ts';
import { importTrust } from '../../src/entry/keys.ts';
import {
  type Chain,
  decide,
  decode,
  type Request,
  type Token,
  verify,
  WritError,
} from '../../src/entry/verify.ts';
import { canonicalJson, type Json } from '../../src/json.ts';
import type { ChainFile, ChainVector, RequestVector, Step } from './chain-format.ts';
import { fromHex } from './from-hex.ts';
import { toData } from './to-data.ts';

/** What this implementation makes of a test. */
export interface Outcome {
  readonly stage: Step | null;
  readonly code: string | null;
  readonly token?: Token;
  readonly chain?: Chain;
  /** One for each request, in order. */
  readonly answers: readonly { readonly code: string; readonly decision?: object }[];
}

type Setting = Pick<ChainFile, 'clock' | 'audience' | 'trust'>;

/** Takes a test through decode, verify and decide, and tells where it stopped. */
export function runChain({ text, requests = [] }: ChainVector, setting: Setting): Outcome {
  const token = attempt(() => decode(text));
  if (typeof token === 'string') return { stage: 'decode', code: token, answers: [] };
  const chain = attempt(() => verify(token, importTrust(setting.trust), { now: setting.clock }));
  if (typeof chain === 'string') return { stage: 'verify', code: chain, token, answers: [] };
  const answers = requests.map((request) => answer(chain, request, setting));
  const refused = answers.find(({ code }) => code !== 'allowed');
  return { stage: refused ? 'decide' : null, code: refused?.code ?? null, token, chain, answers };
}

function answer(own: Chain, asked: RequestVector, { clock: now, audience, trust }: Setting) {
  const chain = asked.text === undefined ? own : verify(decode(asked.text), importTrust(trust), { now });
  const request = toRequest(asked.request);
  const { context = {}, handlers = {} } = asked;
  const ext = new Map(Object.entries(handlers).map(([name, values]) => [name, handlerOf(values)]));
  const decision = attempt(() =>
    decide(chain, { audience, ...pickAudience(asked), request, context, ext, now }),
  );
  if (typeof decision === 'string') return { code: decision };
  return { code: decision.code, decision: toData(decision) as object };
}

/** A request as a service has it. */
export function toRequest({ body, ...rest }: RequestVector['request']): Request {
  return (body === undefined ? rest : { ...rest, body: fromHex(body) }) as Request;
}

/** A handler that says yes to these values. */
function handlerOf(values: readonly Json[]): (value: CborValue) => boolean {
  const admitted = values.map((value) => canonicalJson(value));
  return (value) => admitted.includes(canonicalJson(value as Json));
}

function pickAudience({ audience }: RequestVector): { audience?: string } {
  return audience === undefined ? {} : { audience };
}

/** What a call returns, or the code with which it refuses; any other error is none of a test's business. */
function attempt<T extends object>(call: () => T): T | string {
  try {
    return call();
  } catch (error) {
    if (error instanceof WritError) return error.code;
    throw error;
  }
}
