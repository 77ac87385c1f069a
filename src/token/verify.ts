import { equal, toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import { signedBytes } from '../cose.ts';
import { verifyEd25519 } from '../crypto/ed25519.ts';
import { hmac } from '../crypto/hmac.ts';
import { VerifyError } from '../errors.ts';
import type { MacKey } from '../keys/mac-key.ts';
import { keyProblem, type PublicKey } from '../keys/public-key.ts';
import { type Anchor, speaksFor, type Trust } from '../keys/trust.ts';
import * as limits from '../limits.ts';
import { systemTime } from '../time.ts';
import { brandChain, type Chain, type ChainBlock } from './chain.ts';
import { assertToken } from './decode.ts';
import type { Known, KnownBlocks } from './known-blocks.ts';
import { type Link, linkBlocks } from './links.ts';
import type { GrantClaims, HopClaims, Signed, Token } from './model.ts';

/** What `verify` needs beside token and trust. */
export interface VerifyOptions {
  /** The one clock reading of the decision, in Unix seconds; by default the system's clock. */
  readonly now?: number;
  /**
   * Who reads the evidence: by default nobody, and a token with any is refused; `apart`: the caller does, as
   * `createVerifier` does after this.
   */
  readonly evidence?: 'apart';
  /** Where a verifier looks up and keeps the blocks that held; by default every signature is verified. */
  readonly known?: KnownBlocks | undefined;
}

/**
 * Verifies every signature or MAC of a token, from a trust anchor to the seal (spec §8). It judges no caveat.
 *
 * @throws VerifyError `anchor.*`, `key.weak`, `key.algorithm`, `signature.invalid`, `mac.invalid`,
 *   `evidence.unsupported`; the token decoded, and nothing in it is to be trusted
 * @example
 * const chain = verify(decode(text), importTrust(jwkSet))
 */
export function verify(token: Token, trust: Trust, options: VerifyOptions = {}): Chain {
  const { now = systemTime(), evidence, known } = options;
  assertToken(token);
  const anchor = findAnchor(token, trust, now);
  const met = known?.recall(token.blocks) ?? [];
  const links = linkBlocks(token.suite, token.blocks, met);
  const parts = signedParts(token, links);
  if ('secret' in anchor.key) verifyTag(token, parts, anchor.key);
  else {
    const keys = verifySignatures(token, parts, anchor.key, met);
    known?.add(token.blocks, met, links, keys);
  }
  if (evidence !== 'apart' && token.evidence.length > 0) fail('evidence.unsupported');
  return brandChain({
    suite: token.suite,
    anchor,
    blocks: token.blocks.map(({ claims }, i) => ({ id: (links[i] as Link).id, claims })) as unknown as [
      ChainBlock<GrantClaims>,
      ...ChainBlock<HopClaims>[],
    ],
    invocation: token.invocation?.claims,
  });
}

function findAnchor({ suite, blocks }: Token, trust: Trust, now: number): Anchor {
  const [{ kid, claims }] = blocks;
  const anchor = trust.get(toHex(kid));
  if (anchor === undefined || 'secret' in anchor.key !== (suite === 'hmac')) fail('anchor.unknown');
  const { from = 0, until = limits.time } = anchor;
  if (!(from <= now && now < until)) fail('anchor.window');
  if (!speaksFor(anchor, claims.grantor)) fail('anchor.grantor');
  return anchor;
}

// What is signed or tagged: each block, and the invocation where there is one.
function signedParts({ suite, invocation }: Token, links: readonly Link[]): Uint8Array[] {
  const parts = links.map(({ signed }) => signed);
  if (invocation === undefined) return parts;
  const { header, payload } = invocation;
  return [...parts, signedBytes(suite, 'invocation', (links.at(-1) as Link).id, header, payload)];
}

/** @returns the keys that signed the blocks, and the holder's */
function verifySignatures(
  { blocks, invocation }: Token,
  parts: readonly Uint8Array[],
  root: PublicKey,
  met: readonly (Known | undefined)[],
): PublicKey[] {
  // Required in this suite, so the decoder has seen to it.
  const keys = [root, ...blocks.map(({ claims }) => claims.key as PublicKey)];
  for (const [i, signed] of parts.entries()) {
    const key = keys[i] as PublicKey;
    if (met[i]?.isSignedBy(key)) continue;
    const path = blocks[i] ? `block ${i}` : 'invocation';
    const { proof } = (blocks[i] ?? invocation) as Pick<Signed<unknown>, 'proof'>;
    const problem = keyProblem(key);
    if (problem) fail(problem, path);
    if (!proof || !verifyEd25519(key.bytes, signed, proof)) fail('signature.invalid', path);
  }
  return keys;
}

// A block of suite 1 carries no tag of its own; the last one stands for all, open or as the key of the seal.
function verifyTag({ invocation, secret }: Token, parts: readonly Uint8Array[], root: MacKey): void {
  const tag = parts.reduce(hmac, root.secret.expose());
  const proof = invocation ? invocation.proof : secret?.expose();
  if (!proof || !equal(tag, proof)) fail('mac.invalid');
}

function fail(code: Code, path?: string): never {
  throw new VerifyError(code, { path });
}
