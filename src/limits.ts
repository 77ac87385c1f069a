// The limits of the format, all checked before any cryptography (spec §3.2). Sizes are bytes, times seconds.
// Constants and no object, so that bundlers resolve `limits.depth` to a number.

/** A decoded token. */
export const token = 65_536;

export const blocks = 32;

/** Arrays and maps around an item; the outermost is 1, a byte-string-wrapped item counts afresh. */
export const depth = 16;

/** A text string. */
export const text = 4096;

/** Entries of an array, or pairs of a map. */
export const entries = 256;

/** Pieces of evidence that are presented with one token. */
export const evidence = 16;

/** One piece of evidence. */
export const evidenceSize = 16_384;

/** Times are below 2^33. */
export const time = 8_589_934_592;

/** How far in the future `nbf`, `iat` and `issued` may lie. */
export const skew = 30;

/** The longest life of an invocation. */
export const invocation = 300;

/** A text of evidence that an operator loads, decoded. */
export const feed = 67_108_864;
