import { toHex } from '../bytes.ts';
import { type CaveatName, type Caveats, caveatNames } from '../caveats/all.ts';
import type { CaveatForm, Enforcement } from '../caveats/caveat.ts';
import { forms } from '../caveats/forms.ts';
import type { Code } from '../codes.ts';
import { effectiveAuthority } from '../decide/effective.ts';
import { WritError } from '../errors.ts';
import type { Suite } from '../keys/suite.ts';
import type { Anchor, Trust } from '../keys/trust.ts';
import { parseText } from '../text.ts';
import { checkTime, systemTime } from '../time.ts';
import { decode } from '../token/decode.ts';
import { linkBlocks } from '../token/links.ts';
import type { GrantClaims, HopClaims, InvocationClaims, Token } from '../token/model.ts';
import { verify } from '../token/verify.ts';
import { caveatNotes, suiteNotes } from './enforcement.ts';
import { type InspectedEvidence, inspectEvidence } from './evidence.ts';
import { review } from './review.ts';
import { type Size, sizeOf } from './size.ts';
import type { Warning } from './warning.ts';
import { type Change, compareAuthority, describeAuthority, type Phrase } from './words.ts';

/** One caveat of a block. */
export interface InspectedCaveat {
  readonly name: CaveatName;
  /** A line each. */
  readonly words: readonly string[];
  /** What enforcing it takes (spec §5.5). */
  readonly enforcement: Enforcement;
  /** What must not be taken for granted about it. */
  readonly notes: readonly string[];
}

/** One block: who handed what to whom, and what that took away. */
export interface InspectedBlock<Claims = GrantClaims | HopClaims> {
  /** The block id in hexadecimal. */
  readonly id: string;
  /** Who delegated: the grantor of the root, then the delegate of the block above. */
  readonly from: string;
  readonly claims: Claims;
  readonly caveats: readonly InspectedCaveat[];
  /** How the authority changed against the block above; empty for the root. */
  readonly changes: readonly Change[];
  /** The effective authority after this block. */
  readonly authority: readonly Phrase[];
  readonly size: Size;
}

/** Whether the chain holds. Unless `held`, all of the inspection is what somebody wrote. */
export type Verification =
  | { readonly status: 'untried' }
  | { readonly status: 'held'; readonly by: string; readonly kind: Anchor['kind'] }
  | { readonly status: 'failed'; readonly code: Code; readonly path?: string | undefined };

/** Everything that can be said of a token without deciding a request. */
export interface Inspection {
  readonly suite: Suite;
  readonly sealed: boolean;
  /** Whether the text is a secret: a bundle, or an open token of suite 1. */
  readonly secret: boolean;
  /** The clock reading that it was made with, in Unix seconds. */
  readonly now: number;
  readonly verification: Verification;
  /** From the root to the holder. */
  readonly blocks: readonly [InspectedBlock<GrantClaims>, ...InspectedBlock<HopClaims>[]];
  readonly invocation: { readonly claims: InvocationClaims; readonly size: Size } | null;
  /** The pieces that are attached, in their order. */
  readonly evidence: readonly InspectedEvidence[];
  /** What the suite leaves unproven. */
  readonly notes: readonly string[];
  readonly warnings: readonly Warning[];
  /** Characters of the text, and bytes of the token in it. */
  readonly size: { readonly characters: number; readonly bytes: number };
}

/** What `inspect` may be given beside a token. */
export interface InspectOptions {
  /** The trust anchors to verify with; without them nothing is verified. */
  readonly trust?: Trust;
  /** The clock reading in Unix seconds; by default the system's clock. */
  readonly now?: number;
}

/**
 * Reads all that a token says, computes what it adds up to after every hop, and warns of what its owner would want to
 * know. It decides nothing, and holds no secret.
 *
 * @throws DecodeError where the text is no token; TypeError where `now` is no integer
 * @example
 * const { blocks, warnings } = inspect(text, { trust })
 * console.log(blocks.at(-1)?.authority.flatMap(({ words }) => words))
 */
export function inspect(text: string, { trust, now = systemTime() }: InspectOptions = {}): Inspection {
  checkTime(now);
  const token = decode(text);
  const { suite, blocks, invocation, secret } = token;
  const [verification, anchor] = tryVerify(token, trust, now);
  const authorities = effectiveAuthority(blocks, anchor);
  const links = linkBlocks(suite, blocks);
  const inspected = blocks.map((block, i): InspectedBlock => {
    const { claims } = block;
    const [before, after] = [authorities[i - 1], authorities[i]];
    return {
      id: toHex(links[i]?.id ?? new Uint8Array()),
      from: i === 0 ? blocks[0].claims.grantor : (blocks[i - 1]?.claims.delegate ?? ''),
      claims,
      caveats: inspectCaveats(claims, suite),
      changes: before && after ? compareAuthority(before, after) : [],
      authority: after ? describeAuthority(after) : [],
      size: sizeOf(block),
    };
  });
  return {
    suite,
    sealed: invocation !== undefined,
    secret: secret !== undefined,
    now,
    verification,
    blocks: inspected as unknown as Inspection['blocks'],
    invocation: invocation === undefined ? null : { claims: invocation.claims, size: sizeOf(invocation) },
    evidence: inspectEvidence(token, anchor),
    notes: suiteNotes(suite),
    warnings: review({ blocks, invocation: invocation?.claims, authorities, now }),
    size: { characters: text.length, bytes: parseText(text).token.length },
  };
}

function inspectCaveats(caveats: Caveats, suite: Suite): InspectedCaveat[] {
  return caveatNames(caveats).map((name) => {
    const { describe, enforcement } = forms[name] as CaveatForm<unknown>;
    return {
      name,
      words: describe(caveats[name]),
      enforcement,
      notes: caveatNotes(name, caveats, suite),
    };
  });
}

/** Verifies where there is trust; what fails is said and not thrown. */
export function tryVerify(token: Token, trust: Trust | undefined, now: number): [Verification, Anchor?] {
  if (trust === undefined) return [{ status: 'untried' }];
  try {
    const { anchor } = verify(token, trust, { now, evidence: 'apart' });
    return [{ status: 'held', by: anchor.principal, kind: anchor.kind }, anchor];
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    return [{ status: 'failed', code: error.code, path: error.where.path }];
  }
}
