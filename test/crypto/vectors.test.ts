import { expect, test } from 'vitest';
import * as noble from '../../src/crypto/backend/noble.ts';
import * as node from '../../src/crypto/backend/node.ts';
import * as sodium from '../../src/crypto/backend/sodium.ts';
import { isStrongPublicKey, verifyEd25519 } from '../../src/crypto/ed25519.ts';
import { hmac, verifyHmac } from '../../src/crypto/hmac.ts';
import { describeForeign } from '../support/foreign.ts';
import { hex } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { readPublished } from '../support/published.ts';

const HASHES = {
  'cctv-ed25519.json': 'b38e84caf3e7e89170ff520292dbeae421b0a794c27408ce5ce973018fe3d7f9',
  'speccheck-ed25519.json': '08e47a36d9aead288664930505584f353fff113ab854f2800db1e4f5b3540450',
  'wycheproof-ed25519.json': '752d2ea7d7c6cf4736381b6cbacb61f8182b126ab7cd9b058f00c50084975536',
  'wycheproof-hmac-sha256.json': '2d201cfa61d1bf95e6f5d07d96634b4a348b31e8eaa277ad7c8d09677b7a743f',
};

function load<T>(file: keyof typeof HASHES): T {
  return readPublished<T>(file, HASHES[file]);
}

/** One case, whatever the file: what is verified, and a name to find it by. */
interface Case {
  readonly id: number;
  readonly key: Uint8Array;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
  readonly flags: readonly string[];
  readonly result?: string;
}

interface WycheproofTest {
  readonly tcId: number;
  readonly msg: string;
  readonly sig: string;
  readonly flags: readonly string[];
  readonly result: string;
}

function wycheproof(): Case[] {
  type File = { testGroups: { publicKey: { pk: string }; tests: WycheproofTest[] }[] };
  return load<File>('wycheproof-ed25519.json').testGroups.flatMap(({ publicKey, tests }) =>
    tests.map(({ tcId, msg, sig, flags, result }) => ({
      id: tcId,
      key: fromHex(publicKey.pk),
      data: fromHex(msg),
      signature: fromHex(sig),
      flags,
      result,
    })),
  );
}

function cctv(): Case[] {
  type File = { number: number; key: string; sig: string; msg: string; flags: string[] | null }[];
  return load<File>('cctv-ed25519.json').map(({ number, key, sig, msg, flags }) => ({
    id: number,
    key: fromHex(key),
    data: new TextEncoder().encode(msg),
    signature: fromHex(sig),
    flags: flags ?? [],
  }));
}

function speccheck(): Case[] {
  type File = { message: string; pub_key: string; signature: string }[];
  return load<File>('speccheck-ed25519.json').map(({ message, pub_key, signature }, id) => ({
    id,
    key: fromHex(pub_key),
    data: fromHex(message),
    signature: fromHex(signature),
    flags: [],
  }));
}

function accepted(cases: readonly Case[]): number[] {
  return cases.filter(({ key, data, signature }) => verifyEd25519(key, data, signature)).map(({ id }) => id);
}

const REFUSED_FLAGS = [
  'low_order_A',
  'low_order_R',
  'non_canonical_A',
  'non_canonical_R',
  'low_order_residue',
  'reencoded_k',
];

describeForeign('Ed25519 on the vectors of others', () => {
  test('Wycheproof: of 151 exactly the valid ones are accepted', () => {
    const cases = wycheproof();
    const valid = cases.filter(({ result }) => result === 'valid').map(({ id }) => id);
    expect([cases.length, accepted(cases)]).toEqual([151, valid]);
  });

  test('CCTV: of 914 exactly the 43 are accepted whose points are canonical, of large order, and leave no residue', () => {
    const cases = cctv();
    const sound = cases.filter(({ flags }) => !flags.some((flag) => REFUSED_FLAGS.includes(flag)));
    expect([cases.length, sound.length, accepted(cases)]).toEqual([914, 43, sound.map(({ id }) => id)]);
  });

  test('speccheck: of 12 only the one at index 3 is accepted', () => {
    const cases = speccheck();
    expect([cases.length, accepted(cases)]).toEqual([12, [3]]);
  });

  test('all backends give one verdict on all 1077, once lengths, S and points have been checked', () => {
    const cases = [...wycheproof(), ...cctv(), ...speccheck()];
    const checked = cases.filter(
      ({ key, signature }) =>
        signature.length === 64 && isStrongPublicKey(key) && isStrongPublicKey(signature.subarray(0, 32)),
    );
    const verdicts = ({ verify }: Pick<typeof node, 'verify'>) =>
      checked.map(({ key, data, signature }) => verify(key, data, signature));
    expect(cases.length).toBe(1077);
    expect([verdicts(noble), verdicts(sodium)]).toEqual([verdicts(node), verdicts(node)]);
  });

  test('WebCrypto agrees on all of CCTV that pass the checks of the points', async () => {
    const checked = cctv().filter(
      ({ key, signature }) => isStrongPublicKey(key) && isStrongPublicKey(signature.subarray(0, 32)),
    );
    const verdicts = await Promise.all(
      checked.map(async ({ key, data, signature }) => {
        const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
        return crypto.subtle.verify('Ed25519', imported, signature, data);
      }),
    );
    expect(checked.filter((_, i) => verdicts[i]).map(({ id }) => id)).toEqual(accepted(checked));
  });
});

interface MacGroup {
  readonly tagSize: number;
  readonly tests: readonly { tcId: number; key: string; msg: string; tag: string; result: string }[];
}

function macTests(tagSize: number): MacGroup['tests'] {
  const { testGroups } = load<{ testGroups: MacGroup[] }>('wycheproof-hmac-sha256.json');
  return testGroups.filter((group) => group.tagSize === tagSize).flatMap(({ tests }) => tests);
}

describeForeign('HMAC-SHA-256 on the vectors of others', () => {
  const verified = (tests: MacGroup['tests']) =>
    tests
      .filter(({ key, msg, tag }) => verifyHmac(fromHex(key), fromHex(msg), fromHex(tag)))
      .map(({ tcId }) => tcId);

  test('Wycheproof: of 87 whole tags exactly the valid ones are accepted', () => {
    const tests = macTests(256);
    const valid = tests.filter(({ result }) => result === 'valid').map(({ tcId }) => tcId);
    expect([tests.length, verified(tests)]).toEqual([87, valid]);
  });

  test('Wycheproof: of 87 truncated tags none is accepted', () => {
    const tests = macTests(128);
    expect([tests.length, verified(tests)]).toEqual([87, []]);
  });

  test('Wycheproof: the truncated tags of valid cases are the beginning of ours', () => {
    const valid = macTests(128).filter(({ result }) => result === 'valid');
    const ours = valid.map(({ key, msg }) => hex(hmac(fromHex(key), fromHex(msg))).slice(0, 32));
    expect(ours).toEqual(valid.map(({ tag }) => tag));
  });
});
