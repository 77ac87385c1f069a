import { equal } from '../bytes.ts';
import type { Code } from '../codes.ts';
import type { OpenNeed } from '../decide/decision.ts';
import { sameKey } from '../keys/key-claim.ts';
import type { PublicKey } from '../keys/public-key.ts';
import * as limits from '../limits.ts';
import type { Chain } from '../token/chain.ts';
import type { InvocationClaims } from '../token/model.ts';
import type { ApprovalItem } from './approval.ts';
import { isSigner } from './authentic.ts';
import type { Finding } from './finding.ts';

/** What an entry of `approval` asks; its `unless` does not admit the request. */
export type AskedApproval = Extract<OpenNeed, { kind: 'approval' }>;

/** What approvals are compared with. */
interface Asking {
  readonly blocks: Chain['blocks'];
  readonly invocation: InvocationClaims;
  /** The items by a key that any `approval` of the chain names. */
  readonly known: ReadonlySet<ApprovalItem>;
  readonly now: number;
}

/**
 * Weighs the approvals at hand for one entry of `approval`: so many of its keys say yes, and none says no (spec §9.7.2).
 */
export function weighApproval(need: AskedApproval, items: readonly ApprovalItem[], asking: Asking): Finding {
  const counted = new Map<PublicKey, number>();
  const against: Code[] = [];
  for (const item of items) {
    const judged = judge(item, need, asking);
    if (typeof judged === 'string') against.push(judged);
    else if (judged !== undefined) {
      if (counted.has(judged)) against.push('approval.twice');
      else counted.set(judged, item.claims.iat);
    }
  }
  const refused = against.includes('approval.refused');
  const { block } = need;
  if (counted.size >= need.need && !refused) {
    const relied = Array.from(
      counted,
      ([key, iat]) => ({ kind: 'approval', block: block as number, key, iat }) as const,
    );
    return { wanting: [], relied, said: [], alarms: [] };
  }
  const code = refused ? 'approval.refused' : (against[0] ?? 'approval.required');
  const denial = { code, block, caveat: 'approval', expected: need.need, actual: counted.size } as const;
  return { wanting: [{ denial, ...(!refused && { need }) }], relied: [], said: [], alarms: [] };
}

/** Which of the keys approves; or why the item does not count; or nothing, where it is for another entry. */
function judge(
  item: ApprovalItem,
  { keys, within }: AskedApproval,
  { blocks, invocation, known, now }: Asking,
): PublicKey | Code | undefined {
  const { claims } = item;
  const key = keys.find((own) => isSigner(item, own));
  if (key === undefined) return known.has(item) ? undefined : 'approval.approver';
  const sameNonce = equal(claims.nonce, invocation.nonce);
  // Before all else: a further hop, to whoever said no, must not take the no away.
  if (!claims.approved && sameNonce) return 'approval.refused';
  if (blocks.some((block) => block.claims.key !== undefined && sameKey(block.claims.key, key)))
    return 'approval.delegate';
  if (!isSameRequest(claims, invocation)) return 'approval.request';
  if (!sameNonce) return 'approval.nonce';
  if (claims.iat > now + limits.skew) return 'approval.early';
  return now - claims.iat > within || now >= claims.exp ? 'approval.stale' : key;
}

type Asked = Pick<InvocationClaims, 'action' | 'resource' | 'audience' | 'arguments'>;

/** Whether two are about the same request: its action, resource, service and arguments. */
export function isSameRequest(a: Asked, b: Asked): boolean {
  return (
    a.action === b.action &&
    a.resource === b.resource &&
    a.audience === b.audience &&
    a.arguments?.mode === b.arguments?.mode &&
    (a.arguments === undefined || equal(a.arguments.digest, (b.arguments as typeof a.arguments).digest))
  );
}
