import { toHex as hex } from '../../src/bytes.ts';

/** A value as JSON data: keys as JWK, bytes in hexadecimal, absent members left out. */
export function toData(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, item) => (item instanceof Uint8Array ? hex(item) : item)));
}
