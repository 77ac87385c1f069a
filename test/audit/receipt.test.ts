import { describe, expect, test } from 'vitest';
import {
  contentOf,
  decodeReceipt,
  EMPTY,
  headAfter,
  RECEIPT_SIZE,
  signReceipt,
  verifyReceipt,
} from '../../src/audit/receipt.ts';
import { utf8 } from '../../src/bytes.ts';
import { textWith } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { cbor, hex, type Item, NOW, sha256, stranger } from '../support/forge.ts';
import { forgeReceipt, recorder } from '../support/forge-log.ts';
import { evidenceOf, otherKey, recordedOf, recorderKey } from '../support/receipts.ts';

const content = contentOf(recordedOf());
const link = sha256('the receipt before');
const torn = { length: 3, sha256: sha256('abc') };

/** The claims of a receipt as the spec numbers them. */
function payloadOf(number: number, changes: readonly (readonly [number, Item])[] = []): Map<number, Item> {
  const claims = new Map<number, Item>([
    [1, number],
    [2, content.token],
    [3, []],
    [4, content.summary],
    [6, NOW],
  ]);
  for (const [key, value] of changes) {
    if (value === undefined) claims.delete(key);
    else claims.set(key, value);
  }
  return claims;
}

describe('signReceipt', () => {
  test.each([
    ['the first', 0, new Uint8Array(), undefined, []],
    ['a later one', 7, link, undefined, []],
    ['one that seals torn bytes', 7, link, torn, [[9, [3, torn.sha256]]] as const],
  ] as const)('of %s gives the bytes and the id of another encoder', (_, size, id, seals, changes) => {
    const forged = forgeReceipt({ payload: payloadOf(size, changes), link: id });
    const { bytes, head } = signReceipt(content, recorderKey, { size, id }, seals);
    expect(hex(bytes)).toBe(hex(forged.bytes));
    expect(head).toEqual({ size: size + 1, id: forged.id });
  });

  test('leaves the token out where it carried a secret', () => {
    const { bytes } = signReceipt({ ...content, token: null }, recorderKey, EMPTY);
    expect(hex(bytes)).toBe(hex(forgeReceipt({ payload: payloadOf(0, [[2, undefined]]) }).bytes));
    expect(decodeReceipt(bytes).token).toBeNull();
  });

  test('of the largest receipt gives one that decodes and verifies', () => {
    const evidence = Array.from({ length: 63 }, () => evidenceOf(16_384));
    const { bytes } = signReceipt(contentOf({ ...recordedOf(), evidence }), recorderKey, EMPTY);
    expect(bytes.length).toBeGreaterThan(1_000_000);
    expect(codeOf(() => verifyReceipt(decodeReceipt(bytes), recorderKey.publicKey, EMPTY))).toBe('accepted');
  });
});

describe('contentOf', () => {
  test.each([
    ['an open token of suite 1', { token: openToken() }],
    ['what is no token', { token: utf8('token') }],
    ['the seed of a bundle', { evidence: [recorder.seed] }],
    ['an item of evidence above 16 KiB', { evidence: [evidenceOf(16_385)] }],
    ['more than 256 items', { evidence: Array.from({ length: 257 }, () => evidenceOf(30)) }],
    ['more than a receipt holds', { evidence: Array.from({ length: 64 }, () => evidenceOf(16_384)) }],
    ['a time before 1970', { decision: { ...recordedOf().decision, now: -1 } }],
  ])('refuses %s', (_, change) => {
    expect(codeOf(() => contentOf({ ...recordedOf(), ...change }))).toBe('receipt.failed');
  });

  test('copies what the caller may change afterwards', () => {
    const item = evidenceOf(30);
    const { evidence } = contentOf({ ...recordedOf(), evidence: [item] });
    item.fill(0);
    expect(evidence).toEqual([evidenceOf(30)]);
  });

  function openToken(): Uint8Array {
    const text = textWith(1, { invocation: null });
    return Uint8Array.from(Buffer.from(text.replace('writ_secret_', ''), 'base64url'));
  }
});

describe('decodeReceipt', () => {
  test('gives what was recorded', () => {
    const { bytes } = forgeReceipt({ payload: payloadOf(3, [[3, [utf8('status')]], [9, [3, torn.sha256]]]), link }); // biome-ignore format: short
    const { number, token, evidence, summary, time, torn: found, kid } = decodeReceipt(bytes);
    expect({ number, token, evidence, summary, time, torn: found, kid }).toEqual({
      ...{ ...content, number: 3, torn, kid: recorder.kid },
      evidence: [utf8('status')],
    });
  });

  const { item: items } = forgeReceipt({ payload: payloadOf(0) });
  const [header, unprotected, payload, signature] = items;
  test.each<[string, Item]>([
    ['no array', 7],
    ['a fifth element', [...items, 0]],
    ['a key id of another length', [cbor(new Map<number, Item>([[1, -19], [4, new Uint8Array(31)]])), unprotected, payload, signature]], // biome-ignore format: short
    ['a header of another algorithm', [cbor(new Map<number, Item>([[1, -8], [4, recorder.kid]])), unprotected, payload, signature]], // biome-ignore format: short
    ['an unprotected header', [header, new Map([[1, 1]]), payload, signature]],
    ['a signature of 63 bytes', [header, unprotected, payload, new Uint8Array(63)]],
    ['a payload that is no map', [header, unprotected, cbor([]), signature]],
    ['a payload with a float', [header, unprotected, cbor(new Map([[1, 1.5]])), signature]],
    ['an unknown claim', [header, unprotected, cbor(payloadOf(0, [[5, 0]])), signature]],
    ['a claim whose name is a text', [header, unprotected, cbor(new Map<Item, Item>([...payloadOf(0), ['a', 0]])), signature]], // biome-ignore format: short
    ...[1, 3, 4, 6].map((claim): [string, Item] => [
      `no claim ${claim}`,
      [header, unprotected, cbor(payloadOf(0, [[claim, undefined]])), signature],
    ]),
    ['a negative number', [header, unprotected, cbor(payloadOf(-1)), signature]],
    ['a time of 2^33', [header, unprotected, cbor(payloadOf(0, [[6, 2 ** 33]])), signature]],
    ['a digest of 31 bytes', [header, unprotected, cbor(payloadOf(0, [[9, [3, new Uint8Array(31)]]])), signature]], // biome-ignore format: short
    ['an item of evidence above 16 KiB', [header, unprotected, cbor(payloadOf(0, [[3, [new Uint8Array(16_385)]]])), signature]], // biome-ignore format: short
  ])('refuses %s', (_, item) => {
    expect(codeOf(() => decodeReceipt(cbor(item)))).toBe('receipt.shape');
  });

  test('refuses more than a receipt may have', () => {
    expect(codeOf(() => decodeReceipt(cbor(new Uint8Array(RECEIPT_SIZE))))).toBe('receipt.shape');
  });
});

describe('verifyReceipt', () => {
  const head = { size: 3, id: link };
  const codeFor = (made: ReturnType<typeof forgeReceipt>, key = recorderKey) =>
    codeOf(() => verifyReceipt(decodeReceipt(made.bytes), key.publicKey, head));

  test('accepts one that follows', () => {
    expect(codeFor(forgeReceipt({ payload: payloadOf(3), link }))).toBe('accepted');
  });

  test.each([
    ['another number', { payload: payloadOf(4), link }, 'receipt.link'],
    ['another receipt before', { payload: payloadOf(3), link: sha256('another') }, 'receipt.signature'],
    ['another kind of object', { payload: payloadOf(3), link, label: 'status' }, 'receipt.signature'],
    ['another key', { payload: payloadOf(3), link, signer: stranger }, 'receipt.key'],
    ['a key that takes the id of the right one', { payload: payloadOf(3), link, signer: { ...stranger, kid: recorder.kid } }, 'receipt.signature'], // biome-ignore format: short
  ])('refuses %s', (_, recipe, code) => {
    expect(codeFor(forgeReceipt(recipe))).toBe(code);
  });

  test('refuses a key that did not sign', () => {
    expect(codeFor(forgeReceipt({ payload: payloadOf(3), link }), otherKey)).toBe('receipt.key');
  });
});

test('headAfter is the head that signing gave', () => {
  const { bytes, head } = signReceipt(content, recorderKey, { size: 3, id: link });
  expect(headAfter({ size: 3, id: link }, decodeReceipt(bytes))).toEqual(head);
});
