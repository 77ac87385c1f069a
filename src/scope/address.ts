/** A block of IP addresses. */
export interface Network {
  /** The bits of its first address; the family is their number, 32 or 128. */
  readonly bits: string;
  /** How many leading bits all its addresses share. */
  readonly prefix: number;
}

/**
 * Parses an IPv4 dotted quad without leading zeros, or an IPv6 address in any form of RFC 4291 §2.2, without a zone.
 *
 * @returns its 32 or 128 bits as a text of `0` and `1`, or `undefined`
 */
export function parseAddress(text: string): string | undefined {
  // No address is longer, and arguments may be.
  if (text.length > 45) return undefined;
  if (!text.includes(':')) {
    const quad = text.split('.');
    const isQuad = quad.length === 4 && quad.every((part) => String(Number(part) & 255) === part);
    return isQuad ? toBits(quad, 10, 8) : undefined;
  }
  const url = `http://[${text}]`;
  if (/[^0-9a-f:.]/i.test(text) || !URL.canParse(url)) return undefined;
  // The platform's parser leaves hexadecimal groups with `::` for the zeros that are left out.
  const [left = '', right] = new URL(url).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => toBits(half.split(':').filter(Boolean), 16, 16));
  return right === undefined ? left : left.padEnd(128 - right.length, '0') + right;
}

function toBits(parts: readonly string[], radix: number, width: number): string {
  return parts.map((part) => Number.parseInt(part, radix).toString(2).padStart(width, '0')).join('');
}

/**
 * Parses a network, `address/prefix`, without bits set behind the prefix (spec §5.6.2).
 *
 * @example
 * parseNetwork('10.0.0.0/8')?.prefix // 8
 * parseNetwork('10.0.0.1/8') // undefined
 */
export function parseNetwork(text: string): Network | undefined {
  const [, address = '', length] = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const bits = parseAddress(address);
  const prefix = Number(length);
  return bits === undefined || prefix > bits.length || bits.slice(prefix).includes('1')
    ? undefined
    : { bits, prefix };
}

/** Whether an address lies in a network; never across families, and never where one of the two is missing. */
export function containsAddress(network: Network | undefined, address: string | undefined): boolean {
  if (network === undefined || address?.length !== network.bits.length) return false;
  return address.startsWith(network.bits.slice(0, network.prefix));
}
