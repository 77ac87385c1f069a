import { hashes } from '@noble/ed25519';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as used from '#backend';
import * as noble from '../../../src/crypto/backend/noble.ts';
import * as node from '../../../src/crypto/backend/node.ts';
import * as sodium from '../../../src/crypto/backend/sodium.ts';
import { isStrongPublicKey, verifyEd25519 } from '../../../src/crypto/ed25519.ts';
import { hex } from '../../support/forge.ts';
import { fromHex } from '../../support/hex.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const data = fc.uint8Array({ maxLength: 300 });

test('each backend says what verifies', () => {
  const names = [noble, node, sodium].map(({ ed25519Backend }) => ed25519Backend);
  expect(names).toEqual(['noble', 'node:crypto', 'sodium-native']);
});

describe('the backends agree', () => {
  test('on the public key of a seed', () => {
    fc.assert(
      fc.property(bytes(32), (seed) => {
        expect(hex(noble.publicKey(seed))).toBe(hex(node.publicKey(seed)));
      }),
      { numRuns: 50 },
    );
  });

  test('on signatures', () => {
    fc.assert(
      fc.property(bytes(32), data, (seed, message) => {
        expect(hex(noble.sign(seed, message))).toBe(hex(node.sign(seed, message)));
      }),
      { numRuns: 50 },
    );
  });

  test('on signatures by bytes that have changed since they signed before', () => {
    const seed = new Uint8Array(32).fill(1);
    const before = hex(node.sign(seed, seed));
    seed.fill(2);
    expect(hex(node.sign(seed, seed))).toBe(hex(noble.sign(seed, seed)));
    expect(hex(node.sign(seed, seed))).not.toBe(before);
  });

  test('on keys that come again after more others than stay read', () => {
    const seeds = Array.from({ length: 1100 }, (_, i) => Uint8Array.from(Buffer.alloc(32, `${i} `)));
    const keys = seeds.map((seed) => node.publicKey(seed));
    const signature = node.sign(seeds[0] as Uint8Array, Uint8Array.of(1));
    const verdicts = [...keys, keys[0] as Uint8Array].map((key) =>
      node.verify(key, Uint8Array.of(1), signature),
    );
    expect(verdicts).toEqual(verdicts.map((_, i) => i === 0 || i === 1100));
  });

  test('on right signatures and on ones with a bit changed', () => {
    fc.assert(
      fc.property(bytes(32), data, fc.nat(511), fc.boolean(), (seed, message, bit, right) => {
        const signature = node.sign(seed, message);
        const at = bit >> 3;
        const tried = right ? signature : signature.with(at, (signature[at] as number) ^ (1 << (bit & 7)));
        const key = node.publicKey(seed);
        const verdicts = [noble, node, sodium].map(({ verify }) => verify(key, message, tried));
        expect(verdicts).toEqual([right, right, right]);
      }),
      { numRuns: 50 },
    );
  });

  test('that arbitrary bytes, on the curve or off it, verify nothing', () => {
    fc.assert(
      fc.property(bytes(32).filter(isStrongPublicKey), data, bytes(64), (key, message, signature) => {
        const verdicts = [noble, node, sodium].map(({ verify }) => verify(key, message, signature));
        expect(verdicts).toEqual([false, false, false]);
      }),
      { numRuns: 100 },
    );
  });

  test('on the hash of every length up to three blocks', () => {
    const lengths = Array.from({ length: 200 }, (_, i) => new Uint8Array(i).fill(i));
    expect(lengths.map(noble.sha256)).toEqual(lengths.map(node.sha256));
  });

  test.each(['sha256', 'publicKey', 'sign', 'randomBytes'] as const)('that %s gives plain bytes', (name) => {
    const zeros = new Uint8Array(32);
    const call = ({ [name]: run }: typeof node) =>
      (run as (...args: unknown[]) => Uint8Array)(name === 'randomBytes' ? 32 : zeros, zeros).constructor
        .name;
    expect([call(noble), call(node)]).toEqual(['Uint8Array', 'Uint8Array']);
  });
});

describe.each([
  ['node', node],
  ['noble', noble],
  ['sodium', sodium],
  ['the one in use', used],
])('with the hash of noble and the global crypto replaced, %s', (_, backend) => {
  // RFC 8032 §7.1, test 2.
  const seed = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
  const key = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
  const signature =
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
  const message = Uint8Array.of(0x72);
  const original = { ...hashes };
  const calls: string[] = [];

  beforeEach(() => {
    calls.length = 0;
    const hostile = (name: string) => {
      calls.push(name);
      return new Uint8Array(64);
    };
    hashes.sha512 = () => hostile('sha512');
    hashes.sha512Async = async () => hostile('sha512Async');
    vi.stubGlobal('crypto', {
      getRandomValues: <T extends Uint8Array>(array: T) => {
        calls.push('getRandomValues');
        return array.fill(7);
      },
      subtle: { digest: async () => hostile('digest').buffer },
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    Object.assign(hashes, original);
  });

  test.each<[string, () => unknown, unknown]>([
    ['derives the same public key', () => hex(backend.publicKey(seed)), key],
    ['makes the same signature', () => hex(backend.sign(seed, message)), signature],
    ['accepts a right signature', () => backend.verify(fromHex(key), message, fromHex(signature)), true],
    [
      'refuses a wrong one',
      () => backend.verify(fromHex(key), Uint8Array.of(0x73), fromHex(signature)),
      false,
    ],
    [
      'hashes alike',
      () => hex(backend.sha256(message)),
      '454349e422f05297191ead13e21d3db520e5abef52055e4964b82fb213f593a1',
    ],
    ['draws from the system', () => backend.randomBytes(8).every((byte) => byte === 7), false],
  ])('%s', (_, call, expected) => {
    expect([call(), calls]).toEqual([expected, []]);
  });
});

test('with the hash of noble and the global crypto replaced, the rule stands', () => {
  const publicKey = node.publicKey(new Uint8Array(32));
  const signature = node.sign(new Uint8Array(32), Uint8Array.of(1));
  const original = { ...hashes };
  hashes.sha512 = () => new Uint8Array(64);
  vi.stubGlobal('crypto', undefined);
  try {
    const verdicts = [1, 2].map((byte) => verifyEd25519(publicKey, Uint8Array.of(byte), signature));
    expect(verdicts).toEqual([true, false]);
  } finally {
    vi.unstubAllGlobals();
    Object.assign(hashes, original);
  }
});
