import type { CborValue } from './cbor/value.ts';
import type { Code } from './codes.ts';
import type { JsonObject } from './json.ts';
import type { PublicKey } from './keys/public-key.ts';

/** What one decision is about; caveats read nothing else (spec §9). */
export interface Facts {
  /** The one clock reading, in Unix seconds. */
  readonly now: number;
  /** The name of the service that decides. */
  readonly audience: string;
  readonly action: string;
  readonly resource: string;
  /** The arguments; without any, the empty object. */
  readonly args: JsonObject;
  /** What the service observed, by name. */
  readonly context: JsonObject;
  /** What the service enforces of extensions, by name. */
  readonly ext?: ExtHandlers | undefined;
}

/**
 * Whether the value of an extension admits a request. What is not exactly `true`, a promise too, denies. More values
 * must never admit more: it is asked once for each block that has the extension, and each must say yes.
 */
export type ExtHandler = (value: CborValue, facts: Facts) => boolean;

/** Handlers of extensions, by the name of the extension. */
export type ExtHandlers = ReadonlyMap<string, ExtHandler>;

/** Who a block delegates to. */
export interface Delegate {
  readonly delegate: string;
  /** The delegate's key; in suite 2 only. */
  readonly key?: PublicKey | undefined;
}

/** Where in the chain a caveat stands. */
export interface Place {
  /** The delegates of all blocks below this one, in order. */
  readonly below: readonly Delegate[];
  /** The services that all blocks down to this one leave; `undefined` where none of them names any. */
  readonly audiences: readonly string[] | undefined;
  /** The default subject of statuses: the grantor and mission of the root. */
  readonly subject: string;
}

/** What a caveat found missing or violated. What is expected and actual is JSON data for the verifier's owner, never shown unescaped. */
export interface Finding {
  readonly code: Code;
  readonly expected: unknown;
  readonly actual: unknown;
  /** What would turn the finding into an allow. */
  readonly need?: Need;
}

/** Something that can be brought: a store, or a piece of evidence (spec §9.4). */
export type Need =
  | { readonly kind: 'store' }
  | { readonly kind: 'status'; readonly key: PublicKey; readonly within: number; readonly subject: string }
  | {
      readonly kind: 'approval';
      readonly keys: readonly PublicKey[];
      readonly need: number;
      readonly within: number;
      /** The sealed token, for the approver's own tool to check; there where a verifier decided. */
      readonly presentation?: string;
      /** The arguments that the digest in it is of; the body that they were parsed from, where it is of that. */
      readonly args?: JsonObject;
      readonly body?: string;
    }
  | { readonly kind: 'consent'; readonly key: PublicKey };
