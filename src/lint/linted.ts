import type { Code } from '../codes.ts';
import type { Warning, WarningCode } from '../inspect/warning.ts';
import type { PublicKey } from '../keys/public-key.ts';

/** Where a token was found: the name that its input was given, and a line of it. */
export interface TokenPlace {
  readonly name: string;
  /** From 1; absent where the whole input is meant. */
  readonly line?: number | undefined;
}

/** A text to lint. */
export interface LintInput extends TokenPlace {
  readonly text: string;
}

/** A warning about a token, which may be about another token too. */
export interface LintWarning extends Warning {
  /** The token that this one repeats (`duplicate`), or that allows all of it (`overlap`). */
  readonly other?: TokenPlace;
}

/** A token as the report shows it; neither its text nor a secret is in it. */
export interface LintedToken extends TokenPlace {
  readonly grantor: string;
  /** The mission id. */
  readonly mission: string;
  /** The last delegate. */
  readonly holder: string;
  /** The holder's key; absent in suite 1, where whoever has the token holds it. */
  readonly key?: PublicKey | undefined;
  readonly sealed: boolean;
  /** When all of it or its sealed request ends, in Unix seconds. */
  readonly expires: number;
  /** Those of `inspect`, then `duplicate` and `overlap`. */
  readonly warnings: readonly LintWarning[];
}

/** A text that is no token, or that the trust does not reach. Nothing in it is relied on. */
export interface LintRefusal extends TokenPlace {
  readonly code: Code;
  readonly path?: string | undefined;
}

/** The tokens of one holder for one mission of one human. */
export interface TokenGroup extends Pick<LintedToken, 'grantor' | 'mission' | 'holder' | 'key'> {
  /** Indices into the tokens of the report. */
  readonly tokens: readonly number[];
  /** The first and the last expiry, in Unix seconds. */
  readonly earliest: number;
  readonly latest: number;
  /** The index of the open token that provably allows all that the others do, and more than one of them. */
  readonly broadest?: number | undefined;
}

/** What `lint` found. */
export interface LintReport {
  /** The clock reading that it was made with, in Unix seconds. */
  readonly now: number;
  /** Whether all tokens were verified. Unless so, all of this is what somebody wrote. */
  readonly verified: boolean;
  readonly tokens: readonly LintedToken[];
  readonly refused: readonly LintRefusal[];
  /** By grantor, then mission, then holder. */
  readonly groups: readonly TokenGroup[];
  /** How often each warning and each refusal occurs. */
  readonly counts: { readonly [C in WarningCode | Code]?: number };
  /** How many tokens were not compared with all others of their holder, because it would take too long. */
  readonly unfinished: number;
}

/** A place as people write it, such as `tokens.txt:3`. */
export function formatPlace({ name, line }: TokenPlace): string {
  return line === undefined ? name : `${name}:${line}`;
}
