import { describe, expect, test } from 'vitest';
import { authenticate, isSigner } from '../../src/evidence/authentic.ts';
import type { Evidence } from '../../src/evidence/read-evidence.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { codeOf } from '../support/code-of.ts';
import { boss, consentText, keeper, readAll, statusText, watchProof } from '../support/evidence.ts';
import { forge, NOW, scene, sha256 } from '../support/forge.ts';

const NONE: Uint8Array = new Uint8Array();
const key = new PublicKey(keeper.publicKey);
const [status] = readAll(statusText(keeper)) as [Evidence];
const forged = forge(scene(2));
const consent = () => readAll(consentText(forged, keeper))[0] as Evidence;
const id = forged.blocks[0]?.id as Uint8Array;
const check = (item: Evidence, by = key, link = NONE) =>
  codeOf(() => authenticate(item, by, link, 'evidence 0'));

describe('an item is authentic', () => {
  test('of its key and on its link', () => {
    expect([check(status), check(consent(), key, id)]).toEqual(['accepted', 'accepted']);
  });

  test.each<[string, Evidence, PublicKey, Uint8Array]>([
    ['of another key', consent(), new PublicKey(boss.publicKey), id],
    ['on another link', consent(), key, sha256('other')],
    ['on no link', consent(), key, NONE],
    ['with another payload', { ...consent(), payload: new Uint8Array(9) }, key, id],
    ['of another kind', { ...consent(), kind: 'approval' } as Evidence, key, id],
  ])('and not %s', (_, item, by, link) => {
    expect(check(item, by, link)).toBe('evidence.signature');
  });

  test('by a key of small order it is not', () => {
    expect(check(consent(), new PublicKey(new Uint8Array(32)), id)).toBe('key.weak');
  });
});

describe('a signature is verified', () => {
  test('of a status once, however often it is asked for', () => {
    const [item, reads] = watchProof(readAll(statusText(keeper))[0] as Evidence);
    for (let i = 0; i < 5; i++) expect(check(item)).toBe('accepted');
    expect(reads()).toBe(1);
  });

  test('of a status that does not verify every time', () => {
    const bad = { ...status, proof: new Uint8Array(64) };
    expect([check(bad), check(bad)]).toEqual(['evidence.signature', 'evidence.signature']);
  });

  test('of anything else each time, since it hangs on a link', () => {
    const item = consent();
    expect(check(item, key, id)).toBe('accepted');
    expect(check(item, key, sha256('other'))).toBe('evidence.signature');
  });
});

describe('the signer of an item', () => {
  test('is told by the thumbprint', () => {
    expect(isSigner(status, key)).toBe(true);
    expect(isSigner(status, new PublicKey(boss.publicKey))).toBe(false);
  });

  test('has no key of an unknown algorithm', () => {
    expect(isSigner(status, new PublicKey(keeper.publicKey, -8))).toBe(false);
  });

  test('is asked of two keys in turn', () => {
    const other = new PublicKey(boss.publicKey);
    expect([key, other, key, other].map((one) => isSigner(status, one))).toEqual([true, false, true, false]);
  });
});

test('what is dated does not matter here', () => {
  const [old] = readAll(statusText(keeper, NOW - 99_999)) as [Evidence];
  expect(check(old)).toBe('accepted');
});
