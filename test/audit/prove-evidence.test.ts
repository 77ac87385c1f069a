import { describe, expect, test } from 'vitest';
import { proveEvidence } from '../../src/audit/prove-evidence.ts';
import { chainOf, textWith, trust } from '../support/chains.ts';
import {
  AUDIENCE,
  cbor,
  cfo,
  claims,
  headerOf,
  hex,
  type Item,
  lookup,
  NOW,
  type Pair,
  pair,
  sha256,
  signEd25519,
  signedBytes,
} from '../support/forge.ts';

const authority = pair('status authority');
const chain = chainOf(
  textWith(2, {
    root: [
      [12, [[authority.publicKey, 60]]],
      [13, [[[], [cfo.publicKey], 1, 600]]],
      [17, cfo.publicKey],
    ],
  }),
);
const [root, hop] = chain.blocks.map(({ id }) => id) as [Uint8Array, Uint8Array];
const NONE = new Uint8Array();

/** A piece of evidence that shares no code with `src`. */
function forgeItem(kind: 1 | 2 | 3, payload: Item, by: Pair, link: Uint8Array): Uint8Array {
  const label = (['status', 'approval', 'consent'] as const)[kind - 1] as string;
  const header = cbor(headerOf(2, by.kid));
  const encoded = cbor(payload);
  const signature = signEd25519(by, signedBytes(2, label, link, header, encoded));
  return cbor([kind, [header, new Map(), encoded, signature]]);
}

const approvalOf = (changes: readonly (readonly [number, Item])[] = []) =>
  claims(
    [
      [1, 'read'],
      [2, 'reports/q3.pdf'],
      [3, AUDIENCE],
      [4, NOW + 600],
      [6, NOW],
      [7, sha256('nonce').slice(0, 16)],
      [10, true],
    ],
    changes,
  );
const consent = new Map([[6, NOW]]);
const status = new Map<number, Item>([
  [4, NOW + 60],
  [6, NOW],
  [8, new Map([['mailto:cfo@acme.example#q3-report', [1, []]]])],
]);

test.each([
  ['status', forgeItem(1, status, authority, NONE), authority, undefined],
  ['approval', forgeItem(2, approvalOf(), cfo, hop), cfo, 'mailto:cfo@acme.example'],
  ['consent', forgeItem(3, consent, cfo, root), cfo, 'mailto:cfo@acme.example'],
] as const)('%s is proven, with its key and who holds it', (kind, item, by, principal) => {
  const proven = proveEvidence(item, chain, trust);
  expect([proven.kind, hex(proven.by?.bytes ?? NONE), proven.principal]).toEqual([
    ...[kind, hex(by.publicKey), principal],
  ]);
});

describe('nothing is proven by', () => {
  test.each([
    ['a status of a key that the chain does not name', forgeItem(1, status, cfo, NONE)],
    ['an approval by another key', forgeItem(2, approvalOf(), lookup, hop)],
    ['an approval of another chain', forgeItem(2, approvalOf(), cfo, root)],
    ['an approval of another action', forgeItem(2, approvalOf([[1, 'write']]), cfo, hop)],
    ['an approval of another resource', forgeItem(2, approvalOf([[2, 'reports/q4.pdf']]), cfo, hop)],
    ['an approval for another service', forgeItem(2, approvalOf([[3, 'https://a.example']]), cfo, hop)],
    ['an approval of another nonce', forgeItem(2, approvalOf([[7, new Uint8Array(16)]]), cfo, hop)],
    ['an approval of other arguments', forgeItem(2, approvalOf([[8, [1, sha256('')]]]), cfo, hop)],
    ['a consent to another grant', forgeItem(3, consent, cfo, hop)],
  ])('%s', (_, item) => {
    const { by, item: said } = proveEvidence(item, chain, trust);
    expect([by, said]).toEqual([undefined, undefined]);
  });

  test('a consent by a key that is not the grantor’s own, though the grant names it', () => {
    const own = chainOf(textWith(2, { root: [[17, lookup.publicKey]] }));
    const item = forgeItem(3, consent, lookup, own.blocks[0].id);
    expect(proveEvidence(item, own, trust)).toEqual({ kind: 'consent' });
  });

  test('bytes that are no evidence', () => {
    expect(proveEvidence(cbor([9, []]), chain, trust)).toEqual({});
  });
});
