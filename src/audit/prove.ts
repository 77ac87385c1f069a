import { toBase64url, toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import { decide } from '../decide/decide.ts';
import { WritError } from '../errors.ts';
import { exportJwk } from '../keys/jwk.ts';
import type { Trust } from '../keys/trust.ts';
import { formatTime } from '../time.ts';
import type { Chain } from '../token/chain.ts';
import { decode } from '../token/decode.ts';
import { verify } from '../token/verify.ts';
import { type ProvenEvidence, proveEvidence } from './prove-evidence.ts';
import type { Receipt } from './receipt.ts';
import type { Summary, SummaryRelied } from './summary.ts';

/** One thing that a receipt says and that the token in it proves, or does not. */
export interface Finding {
  readonly about:
    | 'grantor'
    | 'known'
    | 'mission'
    | 'chain'
    | 'delegates'
    | 'audience'
    | 'action'
    | 'resource'
    | 'approval'
    | 'consent'
    | 'verdict';
  readonly recorded: string;
  /** What the token and the evidence say; `null` where they say nothing of it. */
  readonly proven: string | null;
  readonly agrees: boolean;
}

/** What an auditor can prove of a receipt without trusting the service that signed it. */
export interface Proof {
  /** The chain of the token, verified under the auditor's own trust at the time of the decision. */
  readonly chain?: Chain;
  /** Why there is none: a code of decoding or verifying, or `secret` where the token was not kept. */
  readonly refused?: Code | 'secret';
  /** The summary against the chain; empty without one. */
  readonly findings: readonly Finding[];
  /** Each piece of evidence, in order; empty without a chain. */
  readonly evidence: readonly ProvenEvidence[];
}

/**
 * Verifies the token in a receipt anew, at the time of the decision, and compares it with what the service recorded.
 *
 * It proves who granted what to whom, that the holder of the last key asked for it, who approved, and that nothing in the
 * token forbade it then. What the service observed, counted and was given as arguments stays the service's word. In
 * suite 1 it proves this only to those who hold the root secret, each of whom could have made it.
 */
export function proveEntry(
  {
    token,
    evidence,
    time,
    summary,
  }: Pick<Receipt, 'token' | 'evidence' | 'time'> & { readonly summary: Summary },
  trust: Trust,
): Proof {
  if (token === null) return { refused: 'secret', findings: [], evidence: [] };
  try {
    const chain = verify(decode(`writ_${toBase64url(token)}`), trust, { now: time });
    const proven = evidence.map((item) => proveEvidence(item, chain, trust));
    return { chain, findings: compare(summary, chain, proven, time), evidence: proven };
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    return { refused: error.code, findings: [], evidence: [] };
  }
}

function compare(
  summary: Summary,
  proved: Chain,
  evidence: readonly ProvenEvidence[],
  time: number,
): Finding[] {
  const { blocks, invocation, anchor } = proved;
  const [{ claims }] = blocks;
  const find = (about: Finding['about'], recorded: string, proven: string | null): Finding => ({
    ...{ about, recorded, proven },
    agrees: recorded === proven,
  });
  const { grantor, mission, chain, audience, request, relied = [] } = summary;
  const listed = (all: readonly { readonly delegate: string }[]) =>
    all.map(({ delegate }) => delegate).join(' ');
  return [
    find('grantor', grantor.principal, claims.grantor),
    find('known', grantor.known, anchor.kind === 'human' ? 'own-key' : knownBy(grantor, evidence)),
    find('mission', mission.id, claims.mission.id),
    find('chain', chain.map(({ block }) => block).join(' '), blocks.map(({ id }) => toHex(id)).join(' ')),
    find('delegates', listed(chain), listed(blocks.map((block) => block.claims))),
    // A token that is open in truth asks nobody for anything; any other does.
    ...(request === null && invocation === undefined
      ? []
      : [
          find('audience', audience, invocation?.audience ?? null),
          find('action', request?.action ?? 'none', invocation?.action ?? null),
          find('resource', request?.resource ?? 'none', invocation?.resource ?? null),
        ]),
    // A status may be too large to be kept, and then is the service's word.
    ...relied.flatMap((one) =>
      one.kind === 'status' ? [] : [find(one.kind, formatTime(one.iat), timeOf(one, evidence))],
    ),
    ...(summary.verdict === 'allow'
      ? [find('verdict', 'allow', refusalOf(proved, invocation?.audience ?? audience, time))]
      : []),
  ];
}

// What arguments, observations, extensions, stores and evidence would say, the token does not; all else it does.
const UNPROVEN = /^(alive|approval|consent|context|ext|limits|plan)\.|\.arguments$/;

/** The code for which the token could not be allowed at the time; else `allow`. */
function refusalOf(chain: Chain, audience: string, now: number): string {
  try {
    const { denials } = decide(chain, { audience, now });
    return denials.find(({ code }) => !UNPROVEN.test(code))?.code ?? 'allow';
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    return error.code;
  }
}

// That a consent was there and was not relied on is no lie.
function knownBy(
  { known }: Summary['grantor'],
  evidence: readonly ProvenEvidence[],
): Summary['grantor']['known'] {
  const consents = evidence.some(({ kind, by }) => kind === 'consent' && by !== undefined);
  return known === 'consent' && consents ? 'consent' : 'attested';
}

/** When the evidence that was relied on was given, where it is there and says yes. */
function timeOf(
  { kind, key, iat }: Exclude<SummaryRelied, { kind: 'status' }>,
  evidence: readonly ProvenEvidence[],
): string | null {
  const found = evidence.some(({ by, item }) => {
    if (by === undefined || item?.kind !== kind) return false;
    const yes = item.kind === 'consent' || item.claims.approved;
    return yes && item.claims.iat === iat && exportJwk(by).x === key.x;
  });
  return found ? formatTime(iat) : null;
}
