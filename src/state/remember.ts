import type { Code } from '../codes.ts';
import type { Alarm, Denial } from '../decide/decision.ts';
import type { Said } from '../evidence/finding.ts';
import { digestSubject, isFinal } from '../evidence/status.ts';
import type { Weighed } from '../evidence/weigh.ts';
import * as limits from '../limits.ts';
import type { ChainBlock } from '../token/chain.ts';
import type { HopClaims, InvocationClaims } from '../token/model.ts';
import { answerKey, latin1, statusKey } from './keys.ts';
import { type Counted, endOfChain, type Placed } from './operations.ts';
import type { Kept, Operation } from './store.ts';

/** An operation that keeps what evidence said; it takes effect whatever becomes of the request. */
export interface Remembered extends Placed {
  /** The contradiction that what is kept shows. */
  readonly alarm: (kept: Kept | undefined) => Alarm | undefined;
}

/**
 * What a store is to remember of the evidence that was weighed: the latest status of each subject, and the answers of
 * approvers (spec §9.7.4).
 */
export function rememberEvidence(
  chain: Counted,
  invocation: InvocationClaims,
  { said, approval }: Omit<Weighed, 'decision'>,
): Remembered[] {
  return [
    ...said.map((one) => rememberStatus(one, chain)),
    ...(approval === null ? [] : [rememberAnswer(chain, invocation, approval)]),
  ];
}

function rememberStatus(said: Said, { blocks: [root] }: Counted): Remembered {
  const { block, key, subject, issued, entry, within } = said;
  const final = isFinal(entry.state);
  const what = `${entry.state} ${latin1(digestSubject(entry))}`;
  // A hop names whom it likes, and must not fill the store beyond the life of its grant.
  const most = block === 0 ? limits.time : (root?.claims.exp ?? 0);
  const until = Math.min(issued + within, most);
  const ofStatus = (code: Code, expected: unknown): Denial => ({
    code,
    block,
    caveat: 'alive',
    expected,
    actual: issued,
  });
  return {
    operation: { kind: 'keep', key: statusKey(key, subject), until, at: issued, what, final },
    block,
    of: said,
    status: said,
    need: ({ kept }) => (kept?.final ? undefined : { kind: 'status', block, key, within, subject }),
    deny({ kept }) {
      // Of what is final, the state stands in front.
      const [state = ''] = kept?.what.split(' ') ?? [];
      if (kept?.final) return { ...ofStatus(`alive.${state}` as Code, 'active'), actual: state };
      return ofStatus(kept?.at === issued ? 'alive.conflict' : 'alive.older', kept?.at ?? null);
    },
    alarm(kept) {
      if (kept === undefined || kept.what === what) return undefined;
      if (kept.at === issued) return { kind: 'conflict', key, subject, issued };
      // Of two that say how a mission ended, neither revives it.
      const revived = kept.final !== final && (kept.final ? issued > kept.at : issued < kept.at);
      return revived ? { kind: 'revived', key, subject, issued: Math.max(issued, kept.at) } : undefined;
    },
  };
}

// A yes is kept too, so that one operation both asks whether there was a no and says what is said now.
function rememberAnswer(
  chain: Counted,
  { nonce }: InvocationClaims,
  approval: 'used' | 'refused',
): Remembered {
  const no = approval === 'refused';
  const { id } = chain.blocks.at(-1) as ChainBlock<HopClaims>;
  const operation: Operation = {
    kind: 'keep',
    key: answerKey(id, nonce),
    until: endOfChain(chain),
    at: no ? 1 : 0,
    what: approval,
    final: no,
  };
  return {
    operation,
    block: null,
    of: null,
    deny: () => ({
      code: 'approval.refused',
      block: null,
      caveat: 'approval',
      expected: null,
      actual: null,
    }),
    alarm: () => undefined,
  };
}
