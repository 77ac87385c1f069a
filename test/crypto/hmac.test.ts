import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { take, utf8 } from '../../src/bytes.ts';
import { hmac, verifyHmac } from '../../src/crypto/hmac.ts';
import { hex } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';

const long = utf8('Test Using Larger Than Block-Size Key - Hash Key First');
const longer = utf8(
  'This is a test using a larger than block-size key and a larger than block-size data. ' +
    'The key needs to be hashed before being used by the HMAC algorithm.',
);

// RFC 4231 §4; case 5 is of a truncated tag.
const RFC_4231 = [
  [
    'case 1',
    '0b'.repeat(20),
    utf8('Hi There'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    'case 2',
    hex(utf8('Jefe')),
    utf8('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'case 3',
    'aa'.repeat(20),
    fromHex('dd'.repeat(50)),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    'case 4',
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    fromHex('cd'.repeat(50)),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
  ['case 6', 'aa'.repeat(131), long, '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54'],
  ['case 7', 'aa'.repeat(131), longer, '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2'],
] as const;

describe('RFC 4231', () => {
  test.each(RFC_4231)('%s', (_, key, data, tag) => {
    expect(hex(hmac(fromHex(key), data))).toBe(tag);
  });

  test('case 5: the published 128 bits are the beginning of the tag', () => {
    const tag = hmac(fromHex('0c'.repeat(20)), utf8('Test With Truncation'));
    expect(hex(tag.subarray(0, 16))).toBe('a3b6167473100ee06e0c796c2955552b');
  });
});

describe('beside the HMAC of node:crypto', () => {
  const reference = (secret: Uint8Array, data: Uint8Array) =>
    createHmac('sha256', secret).update(data).digest('hex');

  test.each([0, 1, 32, 63, 64, 65, 200])('the same with a secret of %i bytes', (length) => {
    const secret = new Uint8Array(length).fill(0xaa);
    expect(hex(hmac(secret, secret))).toBe(reference(secret, secret));
  });

  test.each([959, 960, 961, 5000])('the same with %i bytes of data', (length) => {
    const message = new Uint8Array(length).fill(0xbb);
    expect(hex(hmac(message.subarray(0, 32), message))).toBe(reference(message.subarray(0, 32), message));
  });

  test('the same with any secret and data', () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
    fc.assert(
      fc.property(bytes(150), bytes(300), (secret, message) => {
        expect(hex(hmac(secret, message))).toBe(reference(secret, message));
      }),
    );
  });
});

describe('verifyHmac', () => {
  const secret = fromHex('07'.repeat(32));
  const data = utf8('data');
  const tag = hmac(secret, data);

  test('accepts the whole tag', () => {
    expect(verifyHmac(secret, data, tag)).toBe(true);
  });

  test.each([0, 1, 16, 31])('refuses the first %i bytes of the tag', (length) => {
    expect(verifyHmac(secret, data, tag.subarray(0, length))).toBe(false);
  });

  test('refuses the tag with a byte behind it', () => {
    expect(verifyHmac(secret, data, Uint8Array.of(...tag, 0))).toBe(false);
  });

  test.each([...tag.keys()])('refuses the tag with byte %i changed', (at) => {
    expect(verifyHmac(secret, data, tag.with(at, (tag[at] as number) ^ 1))).toBe(false);
  });

  test('refuses the tag of other data', () => {
    expect(verifyHmac(secret, utf8('date'), tag)).toBe(false);
  });

  test('refuses the tag under another secret', () => {
    expect(verifyHmac(fromHex('08'.repeat(32)), data, tag)).toBe(false);
  });
});

test('nothing that a key was put into is left in the room that others share', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => 200 + i);
  // More than is ever left, so that what comes next shares its buffer.
  const shared = take(5000);
  hmac(secret, utf8('data'));
  const found = [0x36, 0x5c].filter((pad) =>
    Buffer.from(shared.buffer).includes(Buffer.from(secret.map((byte) => byte ^ pad))),
  );
  expect(found).toEqual([]);
});
