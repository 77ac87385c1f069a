/**
 * How bytes are written as text and read back; nothing above knows which platform does it.
 *
 * `#encoding` resolves to Node's Buffer, which takes a small part of the time, under the import condition `node`, and to
 * what every browser has elsewhere.
 */
export interface Encoding {
  /** Lower-case hexadecimal. */
  toHex(bytes: Uint8Array): string;
  /** RFC 4648 §5 base64url without padding. */
  toBase64url(bytes: Uint8Array): string;
  /**
   * The strict inverse of `toBase64url`: no padding, no white space, zero trailing bits.
   *
   * @returns `undefined` where the text is not canonical
   */
  fromBase64url(text: string): Uint8Array | undefined;
}
