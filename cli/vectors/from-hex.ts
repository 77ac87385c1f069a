/** The bytes of hexadecimal digits. Not a Buffer: the tests also run in a browser. */
export function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
