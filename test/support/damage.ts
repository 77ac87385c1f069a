/** Every copy of bytes with one bit of the given range flipped. */
export function flips(bytes: Uint8Array, from = 0, to: number = bytes.length): Uint8Array[] {
  return Array.from({ length: (to - from) * 8 }, (_, bit) => {
    const copy = Uint8Array.from(bytes);
    const at = from + (bit >> 3);
    copy[at] = (copy[at] as number) ^ (1 << (bit & 7));
    return copy;
  });
}

/** Every proper beginning of a text or of bytes, the empty one included. */
export function beginnings<T extends { slice(from: number, to: number): T; readonly length: number }>(
  whole: T,
): T[] {
  return Array.from({ length: whole.length }, (_, length) => whole.slice(0, length));
}

/** The distinct results of a call for each of its inputs. */
export function outcomes<T>(inputs: readonly T[], call: (input: T) => string): string[] {
  return [...new Set(inputs.map(call))].sort();
}
