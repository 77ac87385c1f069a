import { describe, expect, test } from 'vitest';
import { readEvidence } from '../../src/evidence/read-evidence.ts';
import { codeOf } from '../support/code-of.ts';
import {
  ACTIVE,
  entryOf,
  evidenceOf,
  keeper,
  type Making,
  SUBJECT,
  statusPayload,
} from '../support/evidence.ts';
import { AUDIENCE, cbor, claims, headerOf, type Item, NOW, sha256 } from '../support/forge.ts';

type Kind = 'status' | 'approval' | 'consent';

const asked: [number, Item][] = [
  [1, 'pay'],
  [2, 'invoices/7'],
  [3, AUDIENCE],
  [4, NOW + 60],
  [6, NOW],
  [7, sha256('nonce').slice(0, 16)],
  [8, [1, sha256('{}')]],
  [10, true],
];
const right: Readonly<Record<Kind, Map<number, Item>>> = {
  status: statusPayload(NOW, entryOf(ACTIVE, sha256('a'), sha256('b'))),
  approval: claims(asked),
  consent: claims([[6, NOW]]),
};
const read = (kind: Kind, payload: Item = right[kind], made: Making = {}) =>
  readEvidence(evidenceOf(kind, keeper, payload, made), 'evidence 0');
const refusal = (kind: Kind, changes: [number, Item][], made: Making = {}) =>
  codeOf(() => read(kind, claims(right[kind], changes), made));

describe('a piece of evidence is read', () => {
  test('a status', () => {
    const { kind, kid, claims: own } = read('status');
    expect([kind, kid]).toEqual(['status', keeper.kid]);
    expect(own).toMatchObject({ exp: NOW + 3600, issued: NOW });
    const entry = 'subjects' in own ? own.subjects.get(SUBJECT) : undefined;
    expect([entry?.state, entry?.revoked.size, entry?.revoked.has(sha256('b'))]).toEqual(['active', 2, true]);
  });

  test('an approval', () => {
    expect(read('approval').claims).toEqual({
      action: 'pay',
      resource: 'invoices/7',
      audience: AUDIENCE,
      exp: NOW + 60,
      iat: NOW,
      nonce: sha256('nonce').slice(0, 16),
      arguments: { mode: 'jcs', digest: sha256('{}') },
      approved: true,
    });
  });

  test('a consent', () => {
    expect(read('consent').claims).toEqual({ iat: NOW });
  });

  test('with a header and payload of its own, for the signature to cover', () => {
    const bytes = evidenceOf('consent', keeper, right.consent);
    const item = readEvidence(bytes, 'evidence 0');
    expect([item.bytes, item.header, item.payload]).toEqual([
      bytes,
      cbor(headerOf(2, keeper.kid)),
      cbor(right.consent),
    ]);
  });

  test.each([1, 2, 3, 4])('a mission in state %i', (state) => {
    expect(refusal('status', [[8, new Map([['s', [state, []]]])]])).toBe('accepted');
  });

  test('a status of more than 256 ids and subjects', () => {
    const many = Array.from({ length: 300 }, (_, i) => [`subject ${i}`, entryOf()] as const);
    const ids = Array.from({ length: 300 }, (_, i) => sha256(`${i}`));
    expect(refusal('status', [[8, new Map([...many, ['s', entryOf(ACTIVE, ...ids)]])]])).toBe('accepted');
  });
});

describe('a piece of evidence is refused where', () => {
  const consent = evidenceOf('consent', keeper, right.consent);
  const signed: Item[] = [cbor(headerOf(2, keeper.kid)), new Map(), cbor(right.consent), new Uint8Array(64)];

  test.each<[string, Uint8Array, string]>([
    ['it is empty', new Uint8Array(), 'cbor.truncated'],
    ['a byte follows', Uint8Array.from([...consent, 0]), 'cbor.trailing'],
    ['a byte is missing', consent.slice(0, -1), 'cbor.truncated'],
    ['it is no array', cbor(3), 'evidence.shape'],
    ['it has three parts', cbor([3, signed, 0]), 'evidence.shape'],
    ['nothing is signed', cbor([3, 0]), 'evidence.shape'],
    ['the signed part has three', cbor([3, signed.slice(0, 3)]), 'evidence.shape'],
    ['the signed part has five', cbor([3, [...signed, 0]]), 'evidence.shape'],
    ['the header is a map', cbor([3, signed.with(0, headerOf(2, keeper.kid))]), 'token.header'],
    ['the payload is a map', cbor([3, signed.with(2, right.consent)]), 'evidence.shape'],
    ['the proof is a text', cbor([3, signed.with(3, 'x')]), 'evidence.shape'],
    ['the kind is a text', cbor(['consent', signed]), 'evidence.kind'],
    ['the kind is a list of it', cbor([[3], signed]), 'evidence.kind'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(() => readEvidence(bytes, 'evidence 0'))).toBe(code);
  });

  test.each<[string, Making, string]>([
    ['the kind is unknown', { kind: 4 }, 'evidence.kind'],
    ['the kind is 0', { kind: 0 }, 'evidence.kind'],
    ['the header names no key', { header: headerOf(2) }, 'token.header'],
    ['the header names a short key', { header: headerOf(2, keeper.kid.slice(1)) }, 'token.header'],
    ['the algorithm is HMAC', { header: headerOf(1, keeper.kid) }, 'token.header'],
    ['the algorithm is EdDSA', { header: new Map<number, Item>([[1, -8], [4, keeper.kid]]) }, 'token.header'],
    ['the header has more', { header: new Map<number, Item>([[1, -19], [4, keeper.kid], [5, 0]]) }, 'token.header'],
    ['something is unprotected', { unprotected: new Map([[1, -19]]) }, 'token.header'],
    ['what is unprotected is no map', { unprotected: [] }, 'token.header'],
    ['the signature is short', { proof: new Uint8Array(63) }, 'evidence.shape'],
    ['the signature is long', { proof: new Uint8Array(65) }, 'evidence.shape'],
    ['the payload has a byte more', { payloadBytes: Uint8Array.from([...cbor(right.consent), 0]) }, 'cbor.trailing'],
  ])('%s', (_, made, code) => {
    expect(codeOf(() => read('consent', right.consent, made))).toBe(code);
  }); // biome-ignore format: a row a line

  const list = (...entries: Item[]): [number, Item][] => [[8, new Map([['s', [1, entries]]])]];
  const [low, high] = [new Uint8Array(32), new Uint8Array(32).fill(9)];
  const nonce = sha256('nonce');

  test.each<[string, Kind, [number, Item][], string]>([
    ['a status has no end', 'status', [[4, undefined]], 'claim.missing'],
    ['a status has no time', 'status', [[6, undefined]], 'claim.missing'],
    ['a status has no subjects', 'status', [[8, undefined]], 'claim.missing'],
    ['a status has something else', 'status', [[1, 'x']], 'claim.unknown'],
    ['a status is of nothing', 'status', [[8, new Map()]], 'claim.value'],
    ['the subjects are a list', 'status', [[8, ['s']]], 'claim.value'],
    ['a subject is a number', 'status', [[8, new Map([[1, entryOf()]])]], 'claim.value'],
    ['a time is past 2^33', 'status', [[6, 2 ** 33]], 'claim.value'],
    ['a time is negative', 'status', [[6, -1]], 'claim.value'],
    ['a state is 0', 'status', [[8, new Map([['s', [0, []]]])]], 'claim.value'],
    ['a state is 5', 'status', [[8, new Map([['s', [5, []]]])]], 'claim.value'],
    ['a state is a text', 'status', [[8, new Map([['s', ['1', []]]])]], 'claim.value'],
    ['a state is true', 'status', [[8, new Map([['s', [true, []]]])]], 'claim.value'],
    ['a subject has no list', 'status', [[8, new Map([['s', [1]]])]], 'claim.value'],
    ['a subject has more', 'status', [[8, new Map([['s', [1, [], 0]]])]], 'claim.value'],
    ['an id has no time', 'status', list([low]), 'claim.value'],
    ['an id is short', 'status', list([low.slice(1), 9]), 'claim.value'],
    ['an id is long', 'status', list([new Uint8Array(33), 9]), 'claim.value'],
    ['an id is a text', 'status', list(['x', 9]), 'claim.value'],
    ['the time of an id is past 2^33', 'status', list([low, 2 ** 33]), 'claim.value'],
    ['ids are not in order', 'status', list([high, 9], [low, 9]), 'claim.set'],
    ['an id stands there twice', 'status', list([low, 9], [low, 9]), 'claim.set'],
    ['an id has two times', 'status', list([low, 8], [low, 9]), 'claim.degenerate'],
    ['an approval says neither', 'approval', [[10, undefined]], 'claim.missing'],
    ['an approval says 1', 'approval', [[10, 1]], 'claim.value'],
    ['an approval has no nonce', 'approval', [[7, undefined]], 'claim.missing'],
    ['an approval has a nonce of 15 bytes', 'approval', [[7, nonce.slice(0, 15)]], 'claim.value'],
    ['an approval has a task', 'approval', [[9, new Map([[2, 'x']])]], 'claim.unknown'],
    ['an approval ends as it begins', 'approval', [[4, NOW]], 'claim.value'],
    ['an approval ends before', 'approval', [[4, NOW - 1]], 'claim.value'],
    ['an approval has a short digest', 'approval', [[8, [1, low.slice(1)]]], 'claim.value'],
    ['an approval has a digest of mode 3', 'approval', [[8, [3, low]]], 'claim.value'],
    ['an approval is of no action', 'approval', [[1, '*']], 'claim.value'],
    ['an approval is of no resource', 'approval', [[2, '../x']], 'claim.value'],
    ['a consent has no time', 'consent', [[6, undefined]], 'claim.missing'],
    ['a consent ends', 'consent', [[4, NOW + 1]], 'claim.unknown'],
  ])('%s', (_, kind, changes, code) => {
    expect(refusal(kind, changes)).toBe(code);
  });

  test('the payload of an approval is no map', () => {
    expect(codeOf(() => read('approval', [1]))).toBe('claim.value');
  });

  test('anything but a status has more than 256 entries', () => {
    const long = Array.from({ length: 300 }, (_, i) => i);
    expect(refusal('approval', [[8, long]])).toBe('limit.entries');
  });
});
