import type { Code } from './codes.ts';

/** Where in the input a problem lies, and what is not in the code already; every part is optional. */
export interface Where {
  /** A path through the structure, such as `block 2, scope, 0`. */
  readonly path?: string | undefined;
  /** The byte at which the reader stopped, counted from the start of the item that it read. */
  readonly offset?: number | undefined;
  readonly detail?: string | undefined;
}

/**
 * The base of every error that this package throws on purpose.
 *
 * `code` is stable, and its meaning in words is in the registry of codes; `message` may change. Neither holds a
 * token, a key or a caveat value. Wrong use of the API by the caller's own code is a `TypeError` instead.
 *
 * @example
 * try { decode(text) } catch (e) { if (e instanceof WritError) console.error(e.code) }
 */
export class WritError extends Error {
  readonly code: Code;
  readonly where: Where;

  constructor(code: Code, where: Where = {}) {
    const { detail, path, offset } = where;
    super([code, detail, path, offset !== undefined && `byte ${offset}`].filter(Boolean).join(', '));
    this.name = new.target.name;
    this.code = code;
    this.where = where;
  }
}

/** Foreign bytes are malformed or over a limit; no cryptography has run. Thrown by `decode` (spec §7). */
export class DecodeError extends WritError {}

/** Refuses foreign bytes. @throws DecodeError always */
export function refuse(code: Code, path?: string): never {
  throw new DecodeError(code, { path });
}

/** A key or a trust file cannot be used (spec §4). */
export class KeyError extends WritError {}

/** The chain does not hold: trust, signature, MAC or holder. The token decoded. Thrown by `verify` (spec §8). */
export class VerifyError extends WritError {}

/** The service's own request, context or cost is outside the grammar. Thrown by `decide` and by a verifier (spec §9). */
export class RequestError extends WritError {}

/** What was to be minted is malformed, wider than its parent or wrongly signed. Thrown by `grant`, `delegate` and `invoke`. */
export class MintError extends WritError {}

/** The store cannot count: it is missing, damaged, older than it was, full, or its time is ahead. Nothing was allowed (spec §9.6). */
export class StoreError extends WritError {}

/** The log of receipts does not hold, or cannot be written (spec §9.8). */
export class ReceiptError extends WritError {}
