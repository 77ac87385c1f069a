import {
  AUDIENCE,
  cfo,
  domain,
  forge,
  grantPayload,
  headerOf,
  hopPayload,
  lookup,
  NOW,
  type Part,
  research,
  scene,
  sha256,
  stranger,
} from '../../../test/support/forge.ts';
import { mixedKey, mixedSignature, nonCanonicalKey, weakKey } from '../edge.ts';
import type { Scenario } from '../scenario.ts';
import { blockOf, flipped, grant, hop, hops, items, open, pack, sealOf, set, writer } from '../scene.ts';

// Chains: what may be handed on, to whom, under which conditions, and what holds the blocks together.

const plain = forge(scene(2));
const three = hops([[], [[2, 'agent:acme/writer']]]);
const threeShared = hops([[], [[2, 'agent:acme/writer']]], [], 1);
const aud = [3, [AUDIENCE]] as const;

// The hop of another chain of the same grantor and the same delegates, which differs in its id.
const other = forge(grant([[7, sha256('other').slice(0, 16)]]));
const otherShared = forge(grant([[7, sha256('other').slice(0, 16)]], 1));

const delegates = (...to: readonly unknown[]) => [[11, [4, set(...to)]]] as const;
const withKey = (key: unknown, proof: Part['proof'] = new Uint8Array(64)) =>
  scene(2, { blocks: [{ payload: grantPayload(2, [[8, key]]) }, { payload: hopPayload(2), proof }] });
const hopOf = (payload: unknown) => scene(2, { blocks: [{ payload: grantPayload(2) }, { payload }] });
const mixed = withKey(mixedKey(research));
const mixedSigned = blockOf(forge(mixed), 1).signed;

// biome-ignore format: a scenario reads as a paragraph
export const scenarios: readonly Scenario[] = [
  // Valid chains.
  { id: 'delegation-001', name: 'two hops, Ed25519', reason: 'Each block is signed by the key in the one before.', flags: ['normal'], recipe: three },
  { id: 'delegation-002', name: 'two hops, HMAC', reason: 'Each tag is the key of the next.', flags: ['normal'], recipe: threeShared },
  { id: 'delegation-003', name: 'as many hops as the root allows', reason: 'The depth is inclusive.', flags: ['depth'], recipe: hops([[], []], [[11, [2]]]) },
  { id: 'delegation-004', name: 'a hop that narrows audience, time, scope and delegation', reason: 'A hop may narrow.', flags: ['normal'],
    recipe: hop([aud, [4, NOW + 60], [5, NOW], [10, [[['read'], ['reports/q3.pdf']]]], [11, [0]]]) },
  { id: 'delegation-005', name: 'a hop with a task, a reference and an instruction', reason: 'They are records.', flags: ['normal'],
    recipe: hop([[6, NOW], [7, sha256('hop').slice(0, 16)], [9, new Map<number, unknown>([[2, 'Look up the numbers'], [3, 'TICKET-7'], [4, sha256('instruction')]])]]) },
  { id: 'delegation-006', name: 'a delegate admitted by a prefix', reason: 'A pattern may end in /*.', flags: ['delegate'], recipe: grant(delegates('agent:acme/*')) },
  { id: 'delegation-007', name: 'a delegate admitted by its key', reason: 'A key admits whatever the name.', flags: ['delegate'], recipe: grant(delegates(lookup.publicKey)) },
  { id: 'delegation-008', name: 'a hop dated in the future', reason: 'The iat of a hop is a record.', flags: ['normal'], recipe: hop([[6, NOW + 7000]]) },

  // Depth and delegates.
  { id: 'delegation-009', name: 'one hop more than the root allows', reason: 'Hops are counted.', flags: ['depth'],
    refused: ['decide', 'delegation.depth'], recipe: hops([[], []], [[11, [1]]]) },
  { id: 'delegation-010', name: 'a hop where the root says nothing of delegation', reason: 'Without it there is none.', flags: ['depth'],
    refused: ['decide', 'delegation.depth'], recipe: grant([[11, undefined]]) },
  { id: 'delegation-011', name: 'a hop below one that ended delegation', reason: 'A hop may end it.', flags: ['depth'],
    refused: ['decide', 'delegation.depth'], recipe: hops([[[11, [0]]], []]) },
  { id: 'delegation-012', name: 'a hop that allows itself more depth than the root', reason: 'The depth of every ancestor counts.', flags: ['depth', 'widening-hop'],
    refused: ['decide', 'delegation.depth'], recipe: hops([[[11, [9]]], []], [[11, [1]]]) },
  { id: 'delegation-013', name: 'an HMAC hop below one that ended delegation', reason: 'A hop may end it, in either suite.', flags: ['depth'],
    refused: ['decide', 'delegation.depth'], recipe: hops([[[11, [0]]], []], [], 1) },
  { id: 'delegation-014', name: 'a delegate that the root does not name', reason: 'Delegates are compared exactly.', flags: ['delegate'],
    refused: ['decide', 'delegation.delegate'], recipe: grant(delegates('agent:acme/look')) },
  { id: 'delegation-015', name: 'a delegate whose name only begins like the prefix', reason: 'agent:acme/* ends at a slash.', flags: ['delegate'],
    refused: ['decide', 'delegation.delegate'], recipe: hops([[[2, 'agent:acme-evil/lookup']]], delegates('agent:acme/*')) },
  { id: 'delegation-016', name: 'a delegate with another key than the root names', reason: 'A key is compared exactly.', flags: ['delegate'],
    refused: ['decide', 'delegation.delegate'], recipe: grant(delegates(stranger.publicKey)) },
  { id: 'delegation-017', name: 'a second hop to a delegate that the root does not name', reason: 'The names bind all hops below, not the next alone.', flags: ['delegate'],
    refused: ['decide', 'delegation.delegate'], recipe: hops([[], [[2, 'agent:other/writer']]], delegates('agent:acme/*')) },
  { id: 'delegation-018', name: 'a key named in an HMAC chain', reason: 'Suite 1 binds no keys, so none is matched.', flags: ['delegate', 'suite'],
    refused: ['decide', 'delegation.delegate'], recipe: grant(delegates(lookup.publicKey), 1) },

  // Conditions of ancestors.
  { id: 'delegation-019', name: 'an expired root below which a hop expires later', reason: 'Every block must hold.', flags: ['ancestor-condition', 'widening-hop'],
    refused: ['decide', 'exp.passed'], recipe: hops([[[4, NOW + 9000]]], [[4, NOW]]) },
  { id: 'delegation-020', name: 'an expired block in the middle', reason: 'Every block must hold.', flags: ['ancestor-condition'],
    refused: ['decide', 'exp.passed'], recipe: hops([[[4, NOW - 1]], []]) },
  { id: 'delegation-021', name: 'a hop with a wider scope than the root', reason: 'The root admits no such request.', flags: ['ancestor-condition', 'widening-hop'],
    refused: ['decide', 'scope.resource'], recipe: hops([[[10, [[['*'], ['**']]]]]], [[10, [[['read'], ['invoices/**']]]]]) },
  { id: 'delegation-022', name: 'a scope in the middle that root and last hop go beyond', reason: 'Every block must hold.', flags: ['ancestor-condition'],
    refused: ['decide', 'scope.resource'], recipe: hops([[[10, [[['read'], ['invoices/**']]]]], [[10, [[['read'], ['reports/**']]]]]]) },
  { id: 'delegation-023', name: 'a hop that adds an audience', reason: 'The audience of the root counts as well.', flags: ['ancestor-condition', 'widening-hop'],
    refused: ['decide', 'aud.other'], recipe: hops([[aud]], [[3, ['https://mail.acme.example']]]) },
  { id: 'delegation-024', name: 'an approval that the hop below leaves out', reason: 'What a hop leaves out still binds it.', flags: ['ancestor-condition', 'evidence'],
    refused: ['decide', 'approval.required'], recipe: grant([[13, [[[], [cfo.publicKey], 1, 60]]]]) },

  // What holds the blocks together.
  { id: 'delegation-025', name: 'the middle block taken out', reason: 'The last block is signed by the key in the middle one.', flags: ['removed-block'],
    refused: ['verify', 'signature.invalid'], recipe: three, text: (token) => pack(2, items(token, 0, 2), sealOf(token).item) },
  { id: 'delegation-026', name: 'the last block taken out, the seal kept', reason: 'The seal is by the key in the last block.', flags: ['removed-block'],
    refused: ['verify', 'signature.invalid'], recipe: three, text: (token) => pack(2, items(token, 0, 1), sealOf(token).item) },
  { id: 'delegation-027', name: 'two hops in the wrong order', reason: 'Each block hangs on the one before.', flags: ['reordered-blocks'],
    refused: ['verify', 'signature.invalid'], recipe: three, text: (token) => pack(2, items(token, 0, 2, 1), sealOf(token).item) },
  { id: 'delegation-028', name: 'the last hop twice', reason: 'Each block hangs on the one before.', flags: ['reordered-blocks'],
    refused: ['verify', 'signature.invalid'], recipe: scene(2), text: (token) => pack(2, items(token, 0, 1, 1), sealOf(token).item) },
  { id: 'delegation-029', name: 'the hop of another chain between the same keys', reason: 'A hop is bound to the block before by its id.', flags: ['splice'],
    refused: ['verify', 'signature.invalid'], recipe: scene(2), text: (token) => pack(2, [...items(token, 0), ...items(other, 1)], sealOf(other).item) },
  { id: 'delegation-030', name: 'a hop that the grantor signed', reason: 'A hop is signed by the key in the block before.', flags: ['wrong-signer'],
    refused: ['verify', 'signature.invalid'], recipe: hop([], 2, { signer: cfo }) },
  { id: 'delegation-031', name: 'a hop that its own delegate signed', reason: 'A hop is signed by the key in the block before.', flags: ['wrong-signer'],
    refused: ['verify', 'signature.invalid'], recipe: hop([], 2, { signer: lookup }) },
  { id: 'delegation-032', name: 'the key in the root replaced, and all below signed anew', reason: 'The signature of the root covers the key.', flags: ['replaced-key'],
    refused: ['verify', 'signature.invalid'],
    recipe: scene(2, { blocks: [{ payload: grantPayload(2, [[8, stranger.publicKey]]), proof: blockOf(plain, 0).proof }, { payload: hopPayload(2) }], holders: [stranger, lookup] }) },
  { id: 'delegation-033', name: 'a hop signed under the label of an invocation', reason: 'The label is part of what is signed.', flags: ['wrong-label'],
    refused: ['verify', 'signature.invalid'], recipe: hop([], 2, { label: 'invocation' }) },
  { id: 'delegation-034', name: 'a hop with an empty link', reason: 'The link of a hop is the id of the block before.', flags: ['wrong-link'],
    refused: ['verify', 'signature.invalid'], recipe: hop([], 2, { link: new Uint8Array() }) },
  { id: 'delegation-035', name: 'a second hop that hangs on the root', reason: 'The link of a hop is the id of the block before.', flags: ['wrong-link'],
    refused: ['verify', 'signature.invalid'],
    recipe: scene(2, { blocks: [{ payload: grantPayload(2) }, { payload: hopPayload(2) }, { payload: hopPayload(2, [], writer), link: blockOf(plain, 0).id }], holders: [research, lookup, writer] }) },
  { id: 'delegation-036', name: 'a hop with one bit of its signature inverted', reason: 'The signature does not verify.', flags: ['altered-proof'],
    refused: ['verify', 'signature.invalid'], recipe: hop([], 2, { proof: flipped(blockOf(plain, 1).proof) }) },
  { id: 'delegation-037', name: 'a hop of an HMAC chain taken out, the seal kept', reason: 'The key of the seal is the last tag.', flags: ['removed-block'],
    refused: ['verify', 'mac.invalid'], recipe: threeShared, text: (token) => pack(1, items(token, 0, 1), sealOf(token).item) },
  { id: 'delegation-038', name: 'two HMAC hops in the wrong order', reason: 'Each tag is the key of the next.', flags: ['reordered-blocks'],
    refused: ['verify', 'mac.invalid'], recipe: threeShared, text: (token) => pack(1, items(token, 0, 2, 1), sealOf(token).item) },
  { id: 'delegation-039', name: 'an HMAC hop under the root secret', reason: 'The key of a hop is the tag before it.', flags: ['wrong-signer'],
    refused: ['verify', 'mac.invalid'], recipe: hop([], 1, { macKey: domain.secret }) },
  { id: 'delegation-040', name: 'the HMAC hop of another chain', reason: 'The tags of two roots differ.', flags: ['splice'],
    refused: ['verify', 'mac.invalid'], recipe: scene(1), text: (token) => pack(1, [...items(token, 0), ...items(otherShared, 1)], sealOf(otherShared).item) },
  { id: 'delegation-041', name: 'an HMAC hop with an empty link', reason: 'The link of a hop is the id of the block before.', flags: ['wrong-link'],
    refused: ['verify', 'mac.invalid'], recipe: hop([], 1, { link: new Uint8Array() }) },

  // Keys of delegates.
  { id: 'delegation-042', name: 'a delegate key of small order', reason: 'Anybody can sign for it.', flags: ['weak-key'],
    refused: ['verify', 'key.weak'], recipe: withKey(weakKey) },
  { id: 'delegation-043', name: 'a delegate key that is not reduced', reason: 'A key has one encoding.', flags: ['weak-key'],
    refused: ['verify', 'key.weak'], recipe: withKey(nonCanonicalKey) },
  { id: 'delegation-044', name: 'a delegate key of an unknown algorithm', reason: 'What cannot be verified is refused.', flags: ['algorithm-confusion'],
    refused: ['verify', 'key.algorithm'], recipe: withKey([-7, new Uint8Array(33).fill(2)]) },
  { id: 'delegation-045', name: 'a signature that only the cofactored equation admits', reason: 'Verification is cofactorless.', flags: ['signature-malleability'],
    refused: ['verify', 'signature.invalid'], recipe: withKey(mixedKey(research), mixedSignature(research, mixedSigned)) },
  { id: 'delegation-046', name: 'an open token whose last key is of an unknown algorithm', reason: 'Nothing is verified with the last key.', flags: ['algorithm-confusion'],
    recipe: open(hop([[8, [-7, new Uint8Array(33).fill(2)]]])) },

  // Claims of a hop.
  { id: 'delegation-047', name: 'a hop with a grantor', reason: 'There is one grantor, in the root.', flags: ['unknown-claim', 'grantor-claim'],
    refused: ['decode', 'claim.unknown'], recipe: hop([[1, 'mailto:cfo@acme.example']]) },
  { id: 'delegation-048', name: 'a hop that asks for consent', reason: 'Consent belongs to the root.', flags: ['unknown-claim'],
    refused: ['decode', 'claim.unknown'], recipe: hop([[17, cfo.publicKey]]) },
  { id: 'delegation-049', name: 'an HMAC hop with a key', reason: 'Suite 1 binds no keys.', flags: ['unknown-claim', 'suite'],
    refused: ['decode', 'claim.unknown'], recipe: hop([[8, lookup.publicKey]], 1) },
  { id: 'delegation-050', name: 'a hop without a delegate', reason: 'Every hop names who gets the authority.', flags: ['missing-claim'],
    refused: ['decode', 'claim.missing'], recipe: hop([[2, undefined]]) },
  { id: 'delegation-051', name: 'an Ed25519 hop without a key', reason: 'The next signature needs it.', flags: ['missing-claim'],
    refused: ['decode', 'claim.missing'], recipe: hop([[8, undefined]]) },
  { id: 'delegation-052', name: 'a hop with limits and no id of its own', reason: 'Two hops alike would share a counter.', flags: ['missing-claim', 'counters'],
    refused: ['decode', 'claim.missing'], recipe: hop([aud, [15, [['call', 5]]]]) },
  { id: 'delegation-053', name: 'a hop with an id of 7 bytes', reason: 'It has 8 to 16.', flags: ['claim-grammar'],
    refused: ['decode', 'claim.value'], recipe: hop([[7, sha256('hop').slice(0, 7)]]) },
  { id: 'delegation-054', name: 'a hop with a key of 31 bytes', reason: 'It has 32.', flags: ['claim-grammar'],
    refused: ['decode', 'claim.value'], recipe: hop([[8, lookup.publicKey.slice(1)]]) },
  { id: 'delegation-055', name: 'an empty task', reason: 'Absent says the same.', flags: ['degenerate-form'],
    refused: ['decode', 'claim.degenerate'], recipe: hop([[9, new Map()]]) },
  { id: 'delegation-056', name: 'a depth of 0 with names', reason: 'The names say nothing.', flags: ['degenerate-form'],
    refused: ['decode', 'claim.degenerate'], recipe: hop([[11, [0, ['agent:acme/*']]]]) },
  { id: 'delegation-057', name: 'a key id in the header of a hop', reason: 'Only root headers have one.', flags: ['header'],
    refused: ['decode', 'token.header'], recipe: hop([], 2, { header: headerOf(2, research.kid) }) },
  { id: 'delegation-058', name: 'a hop without a payload map', reason: 'A payload is a map.', flags: ['claim-grammar'],
    refused: ['decode', 'claim.value'], recipe: hopOf([]) },
  { id: 'delegation-059', name: 'a delegate pattern that ends inside a name', reason: 'A pattern ends in /* or :*.', flags: ['claim-grammar', 'delegate'],
    refused: ['decode', 'claim.value'], recipe: grant(delegates('agent:acme/l*')) },
];
