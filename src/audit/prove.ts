import { toBase64url, toHex } from '../bytes.ts';
import { readCbor } from '../cbor/read.ts';
import { isArray } from '../cbor/value.ts';
import type { Code } from '../codes.ts';
import { WritError } from '../errors.ts';
import type { Trust } from '../keys/trust.ts';
import type { Chain } from '../token/chain.ts';
import { decode } from '../token/decode.ts';
import { verify } from '../token/verify.ts';
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
  /** The kind of each piece of evidence; `undefined` for what is none. */
  readonly evidence: readonly (EvidenceKind | undefined)[];
}

/** The kinds of evidence. */
export type EvidenceKind = 'status' | 'approval' | 'consent';

const KINDS: Readonly<Record<number, EvidenceKind>> = { 1: 'status', 2: 'approval', 3: 'consent' };

/**
 * Verifies the token in a receipt anew, at the time of the decision, and compares it with what the service recorded.
 *
 * It proves who granted what to whom, and that the holder of the last key asked for it. The decision itself, and what
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
  const kinds = evidence.map(kindOf);
  if (token === null) return { refused: 'secret', findings: [], evidence: kinds };
  try {
    const chain = verify(decode(`writ_${toBase64url(token)}`), trust, { now: time });
    return { chain, findings: compare(summary, chain), evidence: kinds };
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    return { refused: error.code, findings: [], evidence: kinds };
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

function kindOf(item: Uint8Array): EvidenceKind | undefined {
  try {
    const items = readCbor(item);
    return isArray(items) ? KINDS[items[0] as number] : undefined;
  } catch {
    return undefined;
  }
}
