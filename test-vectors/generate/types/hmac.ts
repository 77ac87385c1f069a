import {
  cbor,
  domain,
  headerOf,
  hex,
  hmac,
  rootSecret,
  sha256,
  signedBytes,
} from '../../../test/support/forge.ts';
import type { Cases } from '../case.ts';
import { type Named, passes } from '../row.ts';

// The chain of tags in suite 1 (spec §5.3). Headers and payloads are bytes here, and nobody looks into them.

type Kind = 'grant' | 'hop' | 'invocation';

/** One object of a chain; its header is by default the right one. */
interface Part {
  readonly kind: Kind;
  readonly payload: Uint8Array;
  readonly header?: Uint8Array;
}

const grant = (payload = cbor('grant')): Part => ({ kind: 'grant', payload });
const hop = (payload = cbor('hop')): Part => ({ kind: 'hop', payload });
const invocation = (payload = cbor('invocation')): Part => ({ kind: 'invocation', payload });
/** A grant and as many hops as make a chain of this length, each with a payload of its own. */
const chain = (length: number) => [
  grant(),
  ...Array.from({ length: length - 1 }, (_, i) => hop(cbor(i + 1))),
];

function tags(named: Named, parts: readonly Part[], { secret, kid } = domain) {
  const headers = parts.map(
    ({ header, kind }) => header ?? cbor(headerOf(1, kind === 'grant' ? kid : undefined)),
  );
  const input = {
    secret: hex(secret),
    kid: hex(kid),
    headers: headers.map(hex),
    payloads: parts.map(({ payload }) => hex(payload)),
    kinds: parts.map(({ kind }) => kind),
  };
  const output = { signed: [] as string[], ids: [] as string[], tags: [] as string[] };
  let key = secret;
  let link: Uint8Array = new Uint8Array();
  for (const [i, { kind, payload }] of parts.entries()) {
    const signed = signedBytes(1, kind, link, headers[i] as Uint8Array, payload);
    key = hmac(key, signed);
    link = sha256(signed);
    output.signed.push(hex(signed));
    output.ids.push(hex(link));
    output.tags.push(hex(key));
  }
  return passes(named, input, output);
}

export const cases: Cases = {
  // biome-ignore format: a case reads as a line
  cases: [
    tags(['hmac-001', 'one block', 'Its key is the root secret, its link is empty.', 'normal'], [grant()]),
    tags(['hmac-002', 'one block and an invocation', 'The tag of the block is the key of the invocation.', 'normal'], [grant(), invocation()]),
    tags(['hmac-003', 'two blocks', 'Each tag is the key of the next one, and each id its link.', 'wrong-link'], [grant(), hop()]),
    tags(['hmac-004', 'two blocks and an invocation', 'The invocation hangs on the last block.', 'wrong-link'], [grant(), hop(), invocation()]),
    tags(['hmac-005', 'three blocks', 'A hop hangs on the hop before, not on the root.', 'wrong-link'], chain(3)),
    tags(['hmac-006', 'three blocks and an invocation', 'All blocks are in its tag.', 'removed-block'], [...chain(3), invocation()]),
    tags(['hmac-007', '16 blocks', 'A long chain.', 'normal'], chain(16)),
    tags(['hmac-008', '16 blocks and an invocation', 'A long chain.', 'normal'], [...chain(16), invocation()]),
    tags(['hmac-009', '32 blocks', 'The longest chain.', 'limit'], chain(32)),
    tags(['hmac-010', '32 blocks and an invocation', 'The longest chain; the invocation is no block.', 'limit'], [...chain(32), invocation()]),
    tags(['hmac-011', 'a hop and an invocation of one payload', 'Their labels differ, and with them all the rest.', 'wrong-label'], [grant(), hop(cbor('same')), invocation(cbor('same'))]),
    tags(['hmac-012', 'two hops of one payload', 'Their links differ, and with them their ids.', 'wrong-link'], [grant(), hop(), hop()]),
    tags(['hmac-013', 'empty payloads', 'A byte string of no bytes, which is there.', 'header'], [grant(new Uint8Array()), invocation(new Uint8Array())]),
    tags(['hmac-014', 'an empty header', 'Headers enter as they stand.', 'header'], [{ ...grant(), header: new Uint8Array() }, hop()]),
    tags(['hmac-015', 'a header in another encoding', 'Nothing is encoded again.', 'header'],
      [{ ...grant(), header: Uint8Array.from(Buffer.from(`b90002011805045810${hex(domain.kid)}`, 'hex')) }, hop()]),
    tags(['hmac-016', 'a payload that is no CBOR', 'Payloads enter as they stand.', 'header'], [grant(Uint8Array.of(0xff, 0xff)), hop()]),
    tags(['hmac-017', 'a payload of 23 bytes', 'Its length is in the initial byte of the signed structure.', 'integer-form'], [grant(new Uint8Array(23).fill(0xab))]),
    tags(['hmac-018', 'a payload of 24 bytes', 'Its length takes one byte there.', 'integer-form'], [grant(new Uint8Array(24).fill(0xab))]),
    tags(['hmac-019', 'a payload of 255 bytes', 'Its length takes one byte there.', 'integer-form'], [grant(new Uint8Array(255).fill(0xab))]),
    tags(['hmac-020', 'a payload of 256 bytes', 'Its length takes two bytes there.', 'integer-form'], [grant(new Uint8Array(256).fill(0xab))]),
    tags(['hmac-021', 'payloads of 16,384 bytes', 'Many blocks of the hash.', 'normal'], [grant(new Uint8Array(16_384).fill(0xab)), hop(new Uint8Array(16_384).fill(0xcd))]),
    tags(['hmac-022', 'another secret of the same kid', 'Ids do not depend on it, tags do.', 'wrong-signer'], [grant(), hop()], { ...rootSecret('other'), kid: domain.kid }),
    tags(['hmac-023', 'another kid of the same secret', 'It is in the header, so ids depend on it.', 'header'], [grant(), hop()], { ...rootSecret('other'), secret: domain.secret }),
    tags(['hmac-024', 'a secret of zeros', 'Its length is judged, and not what it holds.', 'key-form'], [grant()], { secret: new Uint8Array(32), kid: domain.kid }),
  ],
};
