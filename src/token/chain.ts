import { createBrand } from '../brand.ts';
import type { Suite } from '../keys/suite.ts';
import type { Anchor } from '../keys/trust.ts';
import type { GrantClaims, HopClaims, InvocationClaims } from './model.ts';

declare const verified: unique symbol;

/** A verified block: its claims are what the signer in the block before said. */
export interface ChainBlock<C> {
  readonly id: Uint8Array;
  readonly claims: C;
}

/**
 * A chain whose every signature or MAC holds, back to a trust anchor. Only `verify` makes one.
 *
 * It is a fact of the moment: anchors have windows, so a service verifies at every request.
 */
export interface Chain {
  readonly [verified]: true;
  readonly suite: Suite;
  readonly anchor: Anchor;
  readonly blocks: readonly [ChainBlock<GrantClaims>, ...ChainBlock<HopClaims>[]];
  /** What the holder sealed; absent in an open token, which can be inspected and delegated but not decided. */
  readonly invocation?: InvocationClaims | undefined;
}

// The brand keeps a Token out at compile time; this keeps it out at run time too.
const chains = createBrand();

/** Marks a chain as verified. Called by `verify` alone. */
export function brandChain(chain: Omit<Chain, typeof verified>): Chain {
  chains.add(chain);
  return chain as Chain;
}

/** @throws TypeError where the value did not come from `verify` */
export function assertChain(chain: Chain): void {
  if (!chains.has(chain)) throw new TypeError('not from verify()');
}
