import { toBase64url, toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import { WritError } from '../errors.ts';
import type { Trust } from '../keys/trust.ts';
import type { Chain } from '../token/chain.ts';
import { decode } from '../token/decode.ts';
import { verify } from '../token/verify.ts';
import { type ProvenEvidence, proveEvidence } from './prove-evidence.ts';
import type { Receipt } from './receipt.ts';
import type { Summary } from './summary.ts';

/** One thing that a receipt says and that the token in it proves, or does not. */
export interface Finding {
  readonly about: 'grantor' | 'mission' | 'chain' | 'audience' | 'action' | 'resource';
  readonly recorded: string;
  /** What the token says; `null` where it has no invocation. */
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
 * It proves who granted what to whom, that the holder of the last key asked for it, and who approved. The decision itself, and what
 * the service observed, stay the service's word. In suite 1 it proves this only to those who hold the root secret,
 * each of whom could have made it.
 *
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
    return {
      chain,
      findings: compare(summary, chain),
      evidence: evidence.map((item) => proveEvidence(item, chain, trust)),
    };
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    return { refused: error.code, findings: [], evidence: [] };
  }
}

function compare(summary: Summary, { blocks, invocation }: Chain): Finding[] {
  const [{ claims }] = blocks;
  const find = (about: Finding['about'], recorded: string, proven: string | null): Finding => ({
    ...{ about, recorded, proven },
    agrees: recorded === proven,
  });
  const { grantor, mission, chain, audience, request } = summary;
  return [
    find('grantor', grantor.principal, claims.grantor),
    find('mission', mission.id, claims.mission.id),
    find('chain', chain.map(({ block }) => block).join(' '), blocks.map(({ id }) => toHex(id)).join(' ')),
    find('audience', audience, invocation?.audience ?? null),
    ...(request === null
      ? []
      : [
          find('action', request.action, invocation?.action ?? null),
          find('resource', request.resource, invocation?.resource ?? null),
        ]),
  ];
}
