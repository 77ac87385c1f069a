/** Makes a value and all that it holds unchangeable, but for the bytes of typed arrays, which cannot be made so. */
export function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  Object.freeze(value);
  for (const item of Object.values(value)) freeze(item);
}
