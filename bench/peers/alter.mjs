/**
 * The same bytes with one bit of a resource changed, which every block names.
 *
 * @param {Uint8Array} bytes
 */
export function alter(bytes) {
  const altered = Buffer.from(bytes);
  altered[altered.indexOf('reports')] ^= 1;
  return altered;
}
