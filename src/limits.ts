/** The limits of the format, all checked before any cryptography (spec §3.2). Sizes are bytes, times seconds. */
export const limits = {
  /** A decoded token. */
  token: 65_536,
  blocks: 32,
  /** Arrays and maps around an item; the outermost is 1, a byte-string-wrapped item counts afresh. */
  depth: 16,
  /** A text string. */
  text: 4096,
  /** Entries of an array, or pairs of a map. */
  entries: 256,
  /** Pieces of evidence that are presented with one token. */
  evidence: 16,
  /** One piece of evidence. */
  evidenceSize: 16_384,
  /** Times are below 2^33. */
  time: 8_589_934_592,
  /** How far in the future `nbf`, `iat` and `issued` may lie. */
  skew: 30,
  /** The longest life of an invocation. */
  invocation: 300,
} as const;
