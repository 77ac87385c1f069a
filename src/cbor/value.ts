/** A CBOR data item of the encoding profile (spec §3.1). */
export type CborValue = number | string | boolean | Uint8Array | readonly CborValue[] | CborMap;

/** A map whose keys are integers or text, in the order of their encodings. */
export type CborMap = ReadonlyMap<number | string, CborValue>;

/** Whether a value is an array; `Array.isArray` alone does not narrow a readonly one. */
export function isArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}

/** Whether a value is a byte string. */
export function isBytes(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** Whether a value is a map. */
export function isMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map;
}
