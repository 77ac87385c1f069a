import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsAddress, parseAddress, parseNetwork } from '../../src/scope/address.ts';

const fromBits = (bits: string): string =>
  BigInt(`0b${bits}`)
    .toString(16)
    .padStart(bits.length / 4, '0');
const read = (text: string): string | undefined => {
  const bits = parseAddress(text);
  return bits && fromBits(bits);
};
const lies = (network: string, address: string): boolean =>
  containsAddress(parseNetwork(network), parseAddress(address));

describe('an address', () => {
  test.each([
    ['0.0.0.0', '00000000'],
    ['10.1.2.3', '0a010203'],
    ['255.255.255.255', 'ffffffff'],
    ['::', '0'.repeat(32)],
    ['::1', '1'.padStart(32, '0')],
    ['1::', `0001${'0'.repeat(28)}`],
    ['2001:db8::8:800:200c:417a', '20010db80000000000080800200c417a'],
    ['2001:DB8::8:800:200C:417A', '20010db80000000000080800200c417a'],
    ['2001:0db8:0000:0000:0008:0800:200c:417a', '20010db80000000000080800200c417a'],
    ['1:0:2:3:4:5:6:7', '00010000000200030004000500060007'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['::2:3:4:5:6:7:8', '00000002000300040005000600070008'],
    ['::13.1.68.3', `${'0'.repeat(24)}0d014403`],
    ['::ffff:129.144.52.38', `${'0'.repeat(20)}ffff81903426`],
    ['1:2:3:4:5:6:1.2.3.4', '00010002000300040005000601020304'],
  ])('may be %s', (text, bytes) => {
    expect(read(text)).toBe(bytes);
  });

  test.each([
    ['a leading zero', '010.1.2.3'],
    ['a leading zero at the end', '10.1.2.03'],
    ['two zeros', '00.0.0.0'],
    ['three parts', '10.1.3'],
    ['two parts', '10.1'],
    ['one part', '167837955'],
    ['five parts', '10.1.2.3.4'],
    ['hexadecimal parts', '0xa.1.2.3'],
    ['a hexadecimal number', '0x0a010203'],
    ['a part above 255', '10.1.2.256'],
    ['a trailing dot', '10.1.2.3.'],
    ['a leading dot', '.10.1.2.3'],
    ['an empty part', '10..2.3'],
    ['a space', ' 10.1.2.3'],
    ['a line feed', '10.1.2.3\n'],
    ['a port', '10.1.2.3:80'],
    ['a prefix', '10.1.2.3/32'],
    ['fullwidth digits', '\uff11\uff10.1.2.3'],
    ['nothing', ''],
    ['a name', 'localhost'],
    ['a dot alone', '.'],
    ['empty parts at the end', '10.1..'],
    ['an empty part at the end', '10.1.2.'],
    ['a zone', 'fe80::1%eth0'],
    ['an encoded zone', 'fe80::1%25eth0'],
    ['brackets', '[::1]'],
    ['a bracket', '::1]'],
    ['two gaps', '1::2::3'],
    ['a gap of no groups', '1:2:3:4::5:6:7:8'],
    ['seven groups', '1:2:3:4:5:6:7'],
    ['nine groups', '1:2:3:4:5:6:7:8:9'],
    ['a group of five digits', '12345::'],
    ['a colon alone', ':'],
    ['three colons', ':::'],
    ['a trailing colon', '1:2:3:4:5:6:7:'],
    ['a leading colon', ':1:2:3:4:5:6:7'],
    ['a short dotted tail', '::1.2.3'],
    ['a dotted tail with a leading zero', '::1.2.3.04'],
    ['a dotted tail above 255', '::1.2.3.256'],
    ['a dotted part in front', '1.2.3.4::'],
    ['a dotted tail as ninth and tenth group', '1:2:3:4:5:6:7:1.2.3.4'],
    ['other letters', '::g'],
  ])('is refused with %s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  test('is read exactly where the platform sees one, but for zones', () => {
    const part = fc.constantFrom('0', '1', '25', 'f', ':', '::', '.', '1.2.3.4');
    const near = fc.string({ unit: part, maxLength: 10 });
    fc.assert(
      fc.property(fc.oneof(near, fc.ipV4(), fc.ipV6(), fc.ipV4Extended()), (text) => {
        expect(parseAddress(text)?.length ?? 0).toBe({ 0: 0, 4: 32, 6: 128 }[isIP(text)]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a network', () => {
  test.each([
    ['0.0.0.0/0', '00000000', 0],
    ['10.0.0.0/8', '0a000000', 8],
    ['10.128.0.0/9', '0a800000', 9],
    ['10.1.2.3/32', '0a010203', 32],
    ['::/0', '0'.repeat(32), 0],
    ['2001:db8::/32', `20010db8${'0'.repeat(24)}`, 32],
    ['::1/128', '1'.padStart(32, '0'), 128],
  ])('may be %s', (text, address, prefix) => {
    const network = parseNetwork(text);
    expect([network && fromBits(network.bits), network?.prefix]).toEqual([address, prefix]);
  });

  test.each([
    ['a bit behind the prefix', '10.0.0.1/8'],
    ['a bit just behind the prefix', '10.128.0.0/8'],
    ['the last bit', '10.0.0.1/31'],
    ['any bit behind the prefix 0', '0.0.0.1/0'],
    ['a bit behind an IPv6 prefix', '2001:db8::1/64'],
    ['the prefix 33', '10.0.0.0/33'],
    ['the prefix 129', '::/129'],
    ['no prefix', '10.0.0.0'],
    ['an empty prefix', '10.0.0.0/'],
    ['a leading zero in the prefix', '10.0.0.0/08'],
    ['a prefix of two zeros', '0.0.0.0/00'],
    ['a sign in the prefix', '10.0.0.0/+8'],
    ['a negative prefix', '10.0.0.0/-8'],
    ['a fraction', '10.0.0.0/8.0'],
    ['a netmask', '10.0.0.0/255.0.0.0'],
    ['two prefixes', '10.0.0.0/8/8'],
    ['a space', '10.0.0.0 /8'],
    ['a line feed', '10.0.0.0/8\n'],
    ['a short address', '10/8'],
    ['a leading zero in the address', '010.0.0.0/8'],
    ['a zone', 'fe80::%eth0/64'],
    ['no address', '/8'],
  ])('is refused with %s', (_, text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });
});

describe('containsAddress', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0', true],
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '9.255.255.255', false],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/9', '10.127.255.255', true],
    ['10.0.0.0/9', '10.128.0.0', false],
    ['10.1.2.3/32', '10.1.2.3', true],
    ['10.1.2.3/32', '10.1.2.2', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['::/0', 'ffff::', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['2001:db8::/33', '2001:db8:7fff::', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['::1/128', '0:0:0:0:0:0:0:1', true],
    ['::ffff:10.0.0.0/104', '::ffff:10.1.2.3', true],
  ])('%s has %s: %s', (network, address, expected) => {
    expect(lies(network, address)).toBe(expected);
  });

  test.each([
    ['0.0.0.0/0', '::'],
    ['0.0.0.0/0', '::ffff:10.1.2.3'],
    ['10.0.0.0/8', '::ffff:10.1.2.3'],
    ['10.0.0.0/8', 'a00::'],
    ['::/0', '10.1.2.3'],
    ['::ffff:0.0.0.0/96', '10.1.2.3'],
  ])('%s never has %s, of the other family', (network, address) => {
    expect(lies(network, address)).toBe(false);
  });

  test('is false where either is missing, and where both are', () => {
    const [network, address] = [parseNetwork('10.0.0.0/8'), parseAddress('10.0.0.1')];
    const found = [
      containsAddress(undefined, address),
      containsAddress(network, undefined),
      containsAddress(undefined, undefined),
    ];
    expect(found).toEqual([false, false, false]);
  });
});
