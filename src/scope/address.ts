/** A block of IP addresses. */
export interface Network {
  /** The first address: 4 or 16 bytes; the family is the length. */
  readonly address: Uint8Array;
  /** How many leading bits all its addresses share. */
  readonly prefix: number;
}

/**
 * Parses an IPv4 dotted quad without leading zeros, or an IPv6 address in any form of RFC 4291 §2.2, without a zone.
 *
 * @returns 4 or 16 bytes, or `undefined`
 */
export function parseAddress(text: string): Uint8Array | undefined {
  // Ending in a digit, or the platform reads a name: `1.2..` would be four parts.
  const quad = /^[0-9.]*[0-9]$/.test(text);
  const url = quad ? `http://${text}` : `http://[${text}]`;
  if (/[^0-9a-f:.]/i.test(text) || !URL.canParse(url)) return undefined;
  const host = new URL(url).hostname;
  // The platform's parser leaves a canonical quad, or hexadecimal groups with `::` for the zeros that are left out.
  if (quad) return host === text ? Uint8Array.from(host.split('.'), Number) : undefined;
  const [left = [], right] = host.slice(1, -1).split('::').map(splitGroups);
  const groups = right ? [...left, ...Array(8 - left.length - right.length).fill(0), ...right] : left;
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group]));
}

function splitGroups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

/**
 * Parses a network, `address/prefix`, without bits set behind the prefix (spec §5.6.2).
 *
 * @example
 * parseNetwork('10.0.0.0/8') // { address: Uint8Array [10, 0, 0, 0], prefix: 8 }
 * parseNetwork('10.0.0.1/8') // undefined
 */
export function parseNetwork(text: string): Network | undefined {
  const [, first = '', prefix] = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const address = parseAddress(first);
  if (address === undefined || Number(prefix) > address.length * 8) return undefined;
  return toBits(address).slice(Number(prefix)).includes('1')
    ? undefined
    : { address, prefix: Number(prefix) };
}

/** Whether an address lies in a network; never across families, and never where one of the two is missing. */
export function containsAddress(network: Network | undefined, other: Uint8Array | undefined): boolean {
  if (!network || !other || network.address.length !== other.length) return false;
  return toBits(other).startsWith(toBits(network.address).slice(0, network.prefix));
}

function toBits(address: Uint8Array): string {
  return Array.from(address, (byte) => byte.toString(2).padStart(8, '0')).join('');
}
