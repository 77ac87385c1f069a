import { equal, toHex } from '../bytes.ts';
import { WritError } from '../errors.ts';
import type { ApprovalClaims } from '../evidence/approval.ts';
import { authenticate, isSigner } from '../evidence/authentic.ts';
import type { Kind } from '../evidence/item.ts';
import { caveatOf, linksOf, namedKeys } from '../evidence/named-keys.ts';
import { type Evidence, readEvidence } from '../evidence/read-evidence.ts';
import { isSameRequest } from '../evidence/weigh-approval.ts';
import { keyId } from '../keys/key-id.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Trust } from '../keys/trust.ts';
import type { Chain } from '../token/chain.ts';

/** A piece of evidence in a receipt, and what an auditor can prove of it. */
export interface ProvenEvidence {
  /** Absent for what is no evidence. */
  readonly kind?: Kind;
  /**
   * The key that signed it for this chain, where the chain names that key for this kind and, of a consent, it is the
   * grantor's own; else nothing it says counts.
   */
  readonly by?: PublicKey;
  /** Who holds that key, where the auditor's trust says so. */
  readonly principal?: string;
  /** What it says, which may be a no; of an approval only where it is for the very request. */
  readonly item?: Evidence;
}

/** Verifies a piece of evidence under the keys that a verified chain names for it (spec §9.7). */
export function proveEvidence(bytes: Uint8Array, chain: Chain, trust: Trust): ProvenEvidence {
  const item = attempt(() => readEvidence(bytes, 'evidence'));
  if (item === undefined) return {};
  const { kind } = item;
  const { blocks, anchor } = chain;
  const links = linksOf(blocks[0].id, (blocks.at(-1) ?? blocks[0]).id);
  const own = namedKeys(blocks, anchor).filter(({ caveat }) => caveat === caveatOf[kind]);
  const by = own.find(({ key }) => isSigner(item, key))?.key;
  const holds =
    by !== undefined && attempt(() => authenticate(item, by, links[kind], 'evidence') === undefined);
  if (!holds || (item.kind === 'approval' && !isForRequest(item.claims, chain))) return { kind };
  const signer = trust.get(toHex(keyId(by)));
  const principal = signer?.principal;
  // Whoever signed the root named the key, and could have named one of its own.
  const grantors = signer?.kind === 'human' && principal === blocks[0].claims.grantor;
  if (kind === 'consent' && !grantors) return { kind };
  return { kind, by, item, ...(principal !== undefined && { principal }) };
}

function isForRequest(claims: ApprovalClaims, { invocation }: Chain): boolean {
  return (
    invocation !== undefined && isSameRequest(claims, invocation) && equal(claims.nonce, invocation.nonce)
  );
}

function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof WritError) return undefined;
    throw error;
  }
}
