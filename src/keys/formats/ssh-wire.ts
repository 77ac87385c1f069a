import { concat } from '../../bytes.ts';
import { refuseFormat } from './format.ts';

/** Takes the parts of an SSH structure off its bytes, in order (RFC 4251 §5). */
export interface SshReader {
  /** @throws KeyError `key.format` where fewer bytes are left, as all methods */
  take(length: number): Uint8Array;
  uint32(): number;
  /** The bytes of a `string`, which carries its length. */
  string(): Uint8Array;
  /** All bytes that are left. */
  rest(): Uint8Array;
}

/** Starts to read an SSH structure. */
export function sshReader(bytes: Uint8Array): SshReader {
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) return refuseFormat('it is cut short');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const uint32 = (): number => take(4).reduce((sum, byte) => sum * 256 + byte, 0);
  return { take, uint32, string: () => take(uint32()), rest: () => take(bytes.length - at) };
}

/** A `string` of SSH: its length in four bytes, and then itself. */
export function sshString(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0, 0, bytes.length >> 8, bytes.length), bytes);
}
