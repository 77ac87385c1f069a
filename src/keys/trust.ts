import { matchPrincipal } from '../names.ts';
import { MacKey } from './mac-key.ts';
import { type PublicKey, thumbprint } from './public-key.ts';

/** Whose status statements are needed, and how old they may be (spec §5.5.6). */
export interface Alive {
  readonly key: PublicKey;
  /** The greatest age in seconds. */
  readonly within: number;
  /** What the statement is about; by default the grantor and mission of the root. */
  readonly subject?: string | undefined;
}

/** A key that a verifier trusts to sign root grants, and what it trusts the key for (spec §4.3). */
export interface Anchor {
  readonly key: PublicKey | MacKey;
  /** Who holds the key. */
  readonly principal: string;
  /** A human grants for themselves; an authority grants for those it may speak for. */
  readonly kind: 'human' | 'authority';
  /** Principal patterns; empty for a human. */
  readonly speaksFor: readonly string[];
  /** The window `from <= now < until` in which the key is trusted, in seconds. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** A status that every chain under this anchor needs, as if its root demanded it. */
  readonly alive?: Alive | undefined;
}

/** The trust anchors of a verifier, by the hexadecimal of their key ids. */
export type Trust = ReadonlyMap<string, Anchor>;

/** An anchor's key id: the thumbprint of a public key, the kept id of a secret. */
export function anchorId({ key }: Anchor): Uint8Array {
  return key instanceof MacKey ? key.kid : thumbprint(key);
}

/** Whether the anchor may grant in the name of a principal (spec §4.3). */
export function speaksFor({ kind, principal, speaksFor }: Anchor, grantor: string): boolean {
  return kind === 'human'
    ? principal === grantor
    : speaksFor.some((pattern) => matchPrincipal(pattern, grantor));
}
