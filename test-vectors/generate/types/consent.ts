import { cfo, forge, type Item, research, stranger } from '../../../test/support/forge.ts';
import { blockOf, chain, consent, control, type Departure, early, hops, iam, retired } from '../scene.ts';
import { type Ask, no, ok, type Refusal, type Sequence, wrong } from '../sequence.ts';

// Consent: the human's own proof of a grant that an authority made in their name.

/** A grant by the authority in the CFO's name, which a key must prove. */
const attested = (key: Item, rest: readonly (readonly [number, Item])[] = []) => ({
  chain: { ...chain([[17, key], ...rest]), root: iam },
});
const asked = attested(cfo.publicKey);
const by = (...pieces: Ask['evidence'] & object): Ask => ({ evidence: pieces });
const refuse = (code: Parameters<typeof wrong>[1], ...departures: readonly Departure[]) =>
  departures.map((part) => wrong(0, code, by(consent(part))));

const proof: Refusal = ['consent.proof', 0];
const key: Refusal = ['consent.key', 0];

// biome-ignore format: a sequence reads as a paragraph
export const sequences: readonly Sequence[] = [
  // Form.
  { id: 'consent-001', name: 'a consent', reason: "The human's own key proves the grant, and the decision says so.", flags: ['normal'], chains: asked, steps: [ok(0, { ...by(consent()), known: 'consent' })] },
  { id: 'consent-002', name: 'a consent, HMAC', reason: 'Evidence is Ed25519 in either suite.', flags: ['normal', 'suite'], chains: { chain: chain([[17, cfo.publicKey]], [], 1) }, steps: [ok(0, { ...by(consent()), known: 'consent' }), no(1, proof, { known: 'attested' })] },
  { id: 'consent-003', name: 'a consent to the grant of a long chain', reason: 'It holds for all that is delegated under the grant.', flags: ['normal'], chains: { chain: { ...hops([[], [[2, 'agent:acme/writer']], [[2, 'agent:acme/last']]], [[17, cfo.publicKey]]), root: iam } }, steps: [ok(0, { ...by(consent()), known: 'consent' })] },
  { id: 'consent-004', name: 'a consent in two requests', reason: 'It is no approval: it is not used up.', flags: ['normal'], chains: asked, steps: [ok(0, by(consent())), ok(600, by(consent({ claims: [[6, 1_800_000_000]] })))] },
  { id: 'consent-005', name: 'no consent', reason: 'The grant asks for it.', flags: ['consent-source'], chains: asked, steps: [no(0, proof, { known: 'attested' })] },
  { id: 'consent-006', name: 'a claim that is missing', reason: 'It says when.', flags: ['missing-claim'], chains: asked, steps: refuse('claim.missing', { claims: [[6, undefined]] }) },
  { id: 'consent-007', name: 'a claim that a consent does not have', reason: 'What is not known is refused.', flags: ['unknown-claim'], chains: asked, steps: refuse('claim.unknown', { claims: [[4, 1_800_000_060]] }, { claims: [[10, true]] }) },
  { id: 'consent-008', name: 'a time that is none', reason: 'Times are whole numbers below 2^33.', flags: ['claim-grammar'], chains: asked, steps: refuse('claim.value', { claims: [[6, 2 ** 33]] }, { claims: [[6, 'now']] }) },

  // Who, and to what.
  { id: 'consent-009', name: 'a consent that was altered', reason: 'One of the key that the chain names must verify.', flags: ['altered-proof', 'evidence'], chains: asked, steps: refuse('evidence.signature', { proof: new Uint8Array(64).fill(7) }, { label: 'grant' }, { label: 'approval' }) },
  { id: 'consent-010', name: 'a consent to another grant', reason: 'It hangs on the id of the root block.', flags: ['consent-source', 'wrong-link'], chains: asked, steps: refuse('evidence.signature', { link: blockOf(forge(attested(cfo.publicKey, [[4, 1_800_003_600]]).chain), 0).id }) },
  { id: 'consent-011', name: 'a consent that hangs on the last block', reason: 'It is to the grant.', flags: ['consent-source', 'wrong-link'], chains: asked, steps: refuse('evidence.signature', { link: blockOf(forge(asked.chain), 1).id }) },
  { id: 'consent-012', name: 'a consent of a stranger', reason: 'It says nothing of this grant.', flags: ['consent-source'], chains: asked, steps: [no(0, proof, by(consent({ by: stranger }))), no(0, proof, { ...by(consent({ by: iam })), known: 'attested' })] },
  { id: 'consent-013', name: 'a consent by a key of the authority', reason: 'Whoever signs the root names the key, and could name its own.', flags: ['consent-source'], chains: attested(iam.publicKey), steps: [no(0, key, { ...by(consent({ by: iam })), known: 'attested' })] },
  { id: 'consent-014', name: 'a consent by a key that is no anchor', reason: 'The trust file says whose own a key is.', flags: ['consent-source'], chains: attested(stranger.publicKey), steps: [no(0, key, { ...by(consent({ by: stranger })), known: 'attested' })] },
  { id: 'consent-015', name: 'a consent by an agent', reason: 'The trust file says whose own a key is.', flags: ['consent-source'], chains: attested(research.publicKey), steps: [no(0, key, by(consent({ by: research })))] },
  { id: 'consent-016', name: "a consent by another human's key", reason: "It is not the grantor's own.", flags: ['consent-source', 'grantor-claim'], chains: attested(cfo.publicKey, [[1, 'mailto:ceo@acme.example']]), steps: [no(0, key, by(consent()))] },
  { id: 'consent-017', name: 'a consent by a key that is no longer trusted, and by one that is not yet', reason: 'Anchors have windows.', flags: ['consent-source', 'anchor-window'], chains: { late: attested(retired.publicKey).chain, early: attested(early.publicKey).chain },
    steps: [no(0, key, { chain: 'late', ...by(consent({ by: retired })) }), no(0, key, { chain: 'early', ...by(consent({ by: early })) }), ok(1, { chain: 'early', ...by(consent({ by: early })), known: 'consent' })] },
  { id: 'consent-018', name: 'a consent by a key of another algorithm', reason: 'No anchor has one.', flags: ['consent-source', 'algorithm-confusion'], chains: attested([-8, cfo.publicKey]), steps: [no(0, key, by(consent()))] },
  { id: 'consent-019', name: 'a consent of the future', reason: 'Clocks may differ by 30 seconds.', flags: ['time-boundary'], chains: asked, steps: [ok(0, by(consent({ claims: [[6, 1_800_000_030]] }))), no(0, ['consent.early', 0], by(consent({ claims: [[6, 1_800_000_031]] })))] },
  { id: 'consent-020', name: 'a consent of the future beside one of now', reason: 'One suffices.', flags: ['time-boundary'], chains: asked, steps: [ok(0, by(consent({ claims: [[6, 1_800_000_031]] }), consent()))] },
  { id: 'consent-021', name: "a consent to the human's own grant", reason: 'What the own key signed is known by that.', flags: ['consent-source'], chains: { chain: chain([[17, cfo.publicKey]]) }, steps: [ok(0, { ...by(consent()), known: 'own-key' }), no(1, proof, { known: 'own-key' })] },
  { id: 'consent-022', name: 'a consent that a grant does not ask for', reason: 'It says nothing, and the decision does not rely on it.', flags: ['consent-source'], chains: { chain: { ...chain([]), root: iam } }, steps: [ok(0, { ...by(consent()), known: 'attested' })] },
  { id: 'consent-023', name: 'a consent beside a status that is missing', reason: 'It is proven all the same.', flags: ['order', 'evidence'], chains: attested(cfo.publicKey, [[12, [[control.publicKey, 60]]]]), steps: [no(0, ['alive.status', 0], { ...by(consent()), known: 'consent' }), no(0, [['alive.status', 0], proof], { known: 'attested' })] },
];
