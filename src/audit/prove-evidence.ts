import { equal, toHex } from '../bytes.ts';
import { WritError } from '../errors.ts';
import type { ApprovalClaims } from '../evidence/approval.ts';
import { authenticate, isSigner } from '../evidence/authentic.ts';
import type { Kind } from '../evidence/item.ts';
import { type Evidence, readEvidence } from '../evidence/read-evidence.ts';
import { keyId } from '../keys/key-id.ts';
import { ED25519, type PublicKey } from '../keys/public-key.ts';
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
  const [root] = chain.blocks;
  const links = { status: new Uint8Array(), approval: chain.blocks.at(-1)?.id ?? root.id, consent: root.id };
  const by = keysOf(kind, chain).find((key) => isSigner(item, key));
  const holds =
    by !== undefined && attempt(() => authenticate(item, by, links[kind], 'evidence') === undefined);
  if (!holds || (item.kind === 'approval' && !isForRequest(item.claims, chain))) return { kind };
  const anchor = by.algorithm === ED25519 ? trust.get(toHex(keyId(by))) : undefined;
  const principal = anchor?.principal;
  // Whoever signed the root named the key, and could have named one of its own.
  const own = anchor?.kind === 'human' && principal === root.claims.grantor;
  if (kind === 'consent' && !own) return { kind };
  return { kind, by, item, ...(principal !== undefined && { principal }) };
}

function keysOf(kind: Kind, { blocks, anchor }: Chain): PublicKey[] {
  const [root] = blocks;
  if (kind === 'consent') return root.claims.consent === undefined ? [] : [root.claims.consent];
  if (kind === 'approval')
    return blocks.flatMap(({ claims }) => (claims.approval ?? []).flatMap(({ keys }) => keys));
  const own = anchor.alive === undefined ? [] : [anchor.alive.key];
  return [...own, ...blocks.flatMap(({ claims }) => (claims.alive ?? []).map(({ key }) => key))];
}

function isForRequest(claims: ApprovalClaims, { invocation }: Chain): boolean {
  if (invocation === undefined) return false;
  const { action, resource, audience, nonce, arguments: digest } = claims;
  const named = invocation.arguments;
  return (
    action === invocation.action &&
    resource === invocation.resource &&
    audience === invocation.audience &&
    equal(nonce, invocation.nonce) &&
    digest?.mode === named?.mode &&
    (digest === undefined || named === undefined || equal(digest.digest, named.digest))
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
