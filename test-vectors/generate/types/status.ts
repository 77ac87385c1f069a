import {
  AUDIENCE,
  cbor,
  cfo,
  forge,
  headerOf,
  type Item,
  lookup,
  NOW,
  pair,
  type Recipe,
  research,
  sha256,
  stranger,
} from '../../../test/support/forge.ts';
import { weakKey } from '../edge.ts';
import {
  ACTIVE,
  blockOf,
  COMPLETED,
  chain,
  control,
  type Departure,
  hops,
  keyId,
  MISSION,
  open,
  type Piece,
  REVOKED,
  SUSPENDED,
  set,
  status,
  watched,
  yes,
} from '../scene.ts';
import { type Ask, no, ok, type Refusal, type Sequence, wrong } from '../sequence.ts';

// Statuses: how they are written, which one counts, whom they end, and what a store remembers of them.

type Alive = readonly [key: Uint8Array, within: number, subject?: string];

const alive = (...entries: readonly Alive[]) => [12, set(...entries)] as const;
const within = (seconds: number) => ({ chain: chain([alive([control.publicKey, seconds])]) });
const five = within(300);
/** A status that the service has loaded, and one that rides on the token. */
const loaded = (...pieces: readonly Piece[]): Ask => ({ loaded: pieces });
const stapled = (...pieces: readonly Piece[]): Ask => ({ evidence: pieces });
/** A status whose claims are changed. */
const claiming = (...changes: readonly (readonly [number, Item])[]) =>
  status(0, undefined, { claims: changes });
/** A status of these subjects. */
const about = (subjects: Item, departure: Departure = {}) =>
  status(0, undefined, { ...departure, claims: [[8, subjects], ...(departure.claims ?? [])] });
/** Errors, one a piece, of a piece that rides on the token. */
const refuse = (code: Parameters<typeof wrong>[1], ...pieces: readonly Piece[]) =>
  pieces.map((piece) => wrong(0, code, stapled(piece)));
/** The piece with other bytes than those that it was made of. */
const item = (wrap: NonNullable<Departure['wrap']>) => status(0, undefined, { wrap });
const form = (part: Departure) => status(0, undefined, part);

const until = NOW + 9999;
const idOf = (recipe: Recipe, at: number) => blockOf(forge(recipe), at).id;
const revoking = (...ids: readonly Uint8Array[]) => [ACTIVE, set(...ids.map((id) => [id, until]))];
const many = (count: number) => set(...Array.from({ length: count }, (_, i) => [sha256(`${i}`), until]));

const missing: Refusal = ['alive.status', 0];
const older: Refusal = ['alive.older', 0];
const stale: Refusal = ['alive.stale', 0];
const completed: Refusal = ['alive.completed', 0];
const suspended: Refusal = ['alive.suspended', 0];
const conflict: Refusal = ['alive.conflict', 0];
const revoked: Refusal = ['alive.revoked', 0];

// The root delegates to a, and a to b, c and d; and to a sibling of a.
const mission = [alive([control.publicKey, 300])];
const [b, c, d] = [[[2, 'agent:acme/b']], [[2, 'agent:acme/c']], [[2, 'agent:acme/d']]] as const;
const family = {
  root: open(hops([], mission)),
  a: open(hops([[]], mission)),
  b: open(hops([[], b], mission)),
  c: open(hops([[], b, c], mission)),
  d: open(hops([[], b, c, d], mission)),
  sibling: open(hops([[[2, 'agent:acme/sibling']]], mission)),
};
const everyone = Object.keys(family) as (keyof typeof family)[];

/** A hop that asks an authority of its own, below a root that asks the mission's; and its sibling. */
const own = pair('own authority');
const apart = {
  own: chain(mission, [alive([own.publicKey, 300])]),
  sibling: chain(mission, [[2, 'agent:acme/sibling']]),
};
const byOwn = (entry?: Item) => status(undefined, entry, { by: own });

/** A mission whose status keeps in a store as long as the longest of two that ask says. */
const patience = {
  short: chain([alive([control.publicKey, 60])]),
  long: chain([alive([control.publicKey, 600])]),
};

/** Two grants of one mission, of two and of six hours, with hops that ask an authority of their own. */
const years = 10 ** 9;
const later = [4, NOW + 21_600] as const;
const patient = {
  short: chain([], [alive([own.publicKey, years])]),
  long: chain([later], [alive([own.publicKey, years])]),
  root: chain([alive([control.publicKey, years])]),
  other: chain([later, alive([control.publicKey, years])]),
};

// biome-ignore format: a sequence reads as a paragraph
export const sequences: readonly Sequence[] = [
  // Form.
  { id: 'status-001', name: 'a status on the token', reason: 'An agent can staple it.', flags: ['normal'], chains: five, steps: [ok(0, stapled(status()))] },
  { id: 'status-002', name: 'a status that the service loaded', reason: 'One form serves for both.', flags: ['normal'], chains: five, steps: [ok(0, loaded(status()))] },
  { id: 'status-003', name: 'a status, HMAC', reason: 'Evidence is Ed25519 in either suite.', flags: ['normal', 'suite'], chains: { chain: chain(mission, [], 1) }, steps: [ok(0, stapled(status())), no(0, missing)] },
  { id: 'status-004', name: '16 statuses on the token, and 17', reason: 'At most 16 pieces may be attached.', flags: ['limit'], chains: five,
    steps: [ok(0, { evidence: Array.from({ length: 16 }, (_, i) => status(-i)) }), wrong(0, 'limit.evidence', { evidence: Array.from({ length: 17 }, (_, i) => status(-i)) })] },
  { id: 'status-005', name: '300 ids in a status, and 300 subjects', reason: 'Only its bytes bound a status.', flags: ['limit'], chains: five,
    steps: [ok(0, stapled(status(-1, [ACTIVE, many(300)]))), ok(0, stapled(about(Object.fromEntries([[MISSION, [1, []]], ...Array.from({ length: 300 }, (_, i) => [`m${i}`, [1, []]])]))))] },
  { id: 'status-006', name: 'a status of more than 16 KiB', reason: 'It is too large to ride on a token, and not for a service to load.', flags: ['limit'], chains: five,
    steps: [wrong(0, 'limit.size', stapled(status(0, [ACTIVE, many(420)]))), ok(0, loaded(status(0, [ACTIVE, many(420)])))] },
  { id: 'status-007', name: 'an empty piece', reason: 'Nothing is no item.', flags: ['evidence-form', 'truncated'], chains: five, steps: [wrong(0, 'cbor.truncated', { ...stapled(status()), text: (text) => `${text}~` })] },
  { id: 'status-008', name: 'a line feed between token and status', reason: 'A presentation has no white space.', flags: ['text-form'], chains: five, steps: [wrong(0, 'text.base64', { ...stapled(status()), text: (text) => text.replace('~', '\n~') })] },
  { id: 'status-009', name: 'a piece that is no pair', reason: 'A piece is a kind and a signed object.', flags: ['evidence-form'], chains: five,
    steps: refuse('evidence.shape', item(() => 1), item(() => new Map()), item((kind) => [kind]), item((kind, signed) => [kind, signed, 0])) },
  { id: 'status-010', name: 'a signed object without four elements', reason: 'It is a COSE_Sign1.', flags: ['evidence-form'], chains: five,
    steps: refuse('evidence.shape', item((kind) => [kind, 0]), item((kind, signed) => [kind, (signed as Item[]).slice(0, 3)]), item((kind, signed) => [kind, [...(signed as Item[]), 0]])) },
  { id: 'status-011', name: 'an unknown kind', reason: 'It is not passed over.', flags: ['evidence-form'], chains: five,
    steps: refuse('evidence.kind', item((_, signed) => [0, signed]), item((_, signed) => [4, signed]), item((_, signed) => ['1', signed])) },
  { id: 'status-012', name: 'another protected header', reason: 'It is exactly algorithm and key id.', flags: ['header', 'algorithm-confusion'], chains: five,
    steps: refuse('token.header', form({ header: headerOf(2) }), form({ header: headerOf(1, control.kid.slice(0, 16)) }), form({ header: new Map<number, Item>([[1, -8], [4, control.kid]]) }), form({ header: new Map<number, Item>([[1, -19], [3, 0], [4, control.kid]]) })) },
  { id: 'status-013', name: 'an unprotected header', reason: 'It is empty.', flags: ['header'], chains: five, steps: refuse('token.header', form({ unprotected: new Map([[4, control.kid]]) }), form({ unprotected: [] })) },
  { id: 'status-014', name: 'a payload that is no byte string', reason: 'What is signed is bytes.', flags: ['evidence-form'], chains: five, steps: refuse('evidence.shape', item((kind, signed) => [kind, (signed as Item[]).with(2, new Map())])) },
  { id: 'status-015', name: 'a signature of another length', reason: 'It has 64 bytes.', flags: ['evidence-form', 'altered-proof'], chains: five, steps: refuse('evidence.shape', form({ proof: new Uint8Array(63) }), form({ proof: new Uint8Array(65) }), form({ proof: '' })) },
  { id: 'status-016', name: 'a byte behind the payload, signed', reason: 'Nothing follows the item in a byte string.', flags: ['trailing-data'], chains: five,
    steps: refuse('cbor.trailing', form({ payloadBytes: Buffer.concat([cbor(new Map<number, Item>([[4, NOW], [6, NOW], [8, { m: [1, []] }]])), Buffer.from([0])]) })) },
  { id: 'status-017', name: 'a malformed piece of a key that nobody names', reason: 'Malformed evidence refuses all.', flags: ['evidence-form'], chains: five,
    steps: [wrong(0, 'claim.missing', stapled(status(), status(0, undefined, { by: stranger, claims: [[8, undefined]] })))] },
  { id: 'status-018', name: 'a payload that is no map', reason: 'Claims are a map.', flags: ['claim-grammar'], chains: five, steps: refuse('claim.value', form({ payloadBytes: cbor([1]) })) },
  { id: 'status-019', name: 'a claim that is missing', reason: 'All three are required.', flags: ['missing-claim'], chains: five, steps: refuse('claim.missing', claiming([4, undefined]), claiming([6, undefined]), claiming([8, undefined])) },
  { id: 'status-020', name: 'a claim of another kind', reason: 'What is not known is refused.', flags: ['unknown-claim'], chains: five, steps: refuse('claim.unknown', claiming([10, true]), claiming([7, new Uint8Array(16)])) },
  { id: 'status-021', name: 'times that are none', reason: 'Times are whole numbers below 2^33.', flags: ['claim-grammar', 'number-range'], chains: five, steps: refuse('claim.value', claiming([4, 2 ** 33]), claiming([6, -1]), claiming([6, `${NOW}`])) },
  { id: 'status-022', name: 'subjects that are none', reason: 'They are a map from texts, with at least one.', flags: ['claim-grammar'], chains: five, steps: refuse('claim.value', about([]), about(new Map()), about(new Map([[1, [1, []]]]))) },
  { id: 'status-023', name: 'an entry of another shape', reason: 'It is a state and a list.', flags: ['claim-grammar'], chains: five, steps: refuse('claim.value', ...[1, [1], [1, [], 0], [1, new Map()]].map((entry) => status(0, entry))) },
  { id: 'status-024', name: 'a state that is none', reason: 'There are four, from 1.', flags: ['claim-grammar'], chains: five, steps: refuse('claim.value', ...[0, 5, -1, '1', true, [1]].map((state) => status(0, [state, []]))) },
  { id: 'status-025', name: 'revoked ids that are none', reason: 'Each is 32 bytes and a time.', flags: ['claim-grammar'], chains: five,
    steps: refuse('claim.value', ...[sha256('x'), [sha256('x')], [sha256('x').slice(1), until], ['x', until], [sha256('x'), 2 ** 33]].map((entry) => status(0, [1, [entry]]))) },
  { id: 'status-026', name: 'revoked ids out of order', reason: 'They are a set.', flags: ['unsorted-set'], chains: five, steps: refuse('claim.set', status(0, [1, [...many(2)].reverse()]), status(0, [1, [many(1)[0], many(1)[0]]])) },
  { id: 'status-027', name: 'one id with two times', reason: 'One id has one.', flags: ['degenerate-form'], chains: five, steps: refuse('claim.degenerate', status(0, [1, [[sha256('x'), NOW], [sha256('x'), NOW + 1]]])) },

  // Who signed.
  { id: 'status-028', name: 'a status that was altered', reason: 'One of a key that the chain names must verify.', flags: ['altered-proof', 'evidence'], chains: five,
    steps: [wrong(0, 'evidence.signature', stapled(status(), form({ proof: new Uint8Array(64).fill(7) }))), wrong(0, 'evidence.signature', loaded(form({ signer: stranger, header: headerOf(2, control.kid) })))] },
  { id: 'status-029', name: 'a status signed as something else', reason: 'The label keeps kinds apart, and a status hangs on nothing.', flags: ['wrong-label', 'wrong-link'], chains: five,
    steps: refuse('evidence.signature', form({ label: 'approval' }), form({ label: 'receipt' }), form({ link: sha256('x') })) },
  { id: 'status-030', name: 'a status that an approver of the chain did not sign', reason: 'Every piece of a key of the chain must verify, whatever it is used for.', flags: ['altered-proof', 'evidence'], chains: { chain: chain([...mission, [13, [[[], [cfo.publicKey], 1, 60]]]]) },
    steps: [wrong(0, 'evidence.signature', stapled(status(), status(0, undefined, { by: cfo, proof: new Uint8Array(64) })))] },
  { id: 'status-031', name: 'a status of a stranger, altered', reason: 'What no key of the chain signed says nothing.', flags: ['evidence'], chains: five, steps: [ok(0, stapled(status(), about({ x: [REVOKED, []] }, { by: stranger, proof: new Uint8Array(64) })))] },
  { id: 'status-032', name: 'a status of a weak key', reason: 'A weak key is met when its turn comes.', flags: ['weak-key'], chains: { chain: chain([alive([weakKey, 300])]) },
    steps: [no(0, missing), wrong(0, 'key.weak', stapled(form({ header: headerOf(2, keyId(weakKey)) })))] },
  { id: 'status-033', name: 'an authority with a key of another algorithm', reason: 'Nothing can be signed by it.', flags: ['algorithm-confusion', 'evidence'], chains: { chain: chain([[12, [[[-8, control.publicKey], 300]]]]) }, steps: [no(0, ['alive.authority', 0], stapled(status()))] },
  { id: 'status-034', name: 'a status of another authority', reason: 'The chain names who speaks for its mission.', flags: ['status-source'], chains: five, steps: [no(0, ['alive.authority', 0], stapled(status(0, undefined, { by: stranger }))), no(0, ['alive.authority', 0], stapled(status(0, undefined, { by: cfo })))] },
  { id: 'status-035', name: 'a status of another authority about something else', reason: 'It is none of this mission.', flags: ['status-source'], chains: five, steps: [no(0, missing, stapled(about({ other: [1, []] }, { by: stranger })))] },
  { id: 'status-036', name: 'a status of another subject', reason: 'It is complete for those that it names, and says nothing of others.', flags: ['status-source'], chains: five, steps: [no(0, ['alive.subject', 0], stapled(about({ [`${MISSION}x`]: [1, []], 'q3-report': [1, []] })))] },
  { id: 'status-037', name: 'a subject of its own', reason: 'The block says what it asks about.', flags: ['status-source'], chains: { chain: chain([alive([control.publicKey, 300, 'key:lookup'])]) },
    steps: [no(0, ['alive.subject', 0], stapled(status())), ok(0, stapled(about({ 'key:lookup': [1, []] }))), no(1, suspended, stapled(about({ [MISSION]: [1, []], 'key:lookup': [2, []] }, { claims: [[6, NOW + 1]] })))] },
  { id: 'status-038', name: 'an anchor that demands a status', reason: 'It is as if the root demanded it.', flags: ['evidence'], chains: { chain: { ...chain([]), root: watched } },
    steps: [no(0, missing), ok(0, stapled(status())), no(1, suspended, stapled(status(1, [SUSPENDED, []])))] },

  // When.
  { id: 'status-039', name: 'the last second of a status', reason: 'It is at most as old as the block allows.', flags: ['stale-status', 'time-boundary'], chains: within(60), steps: [ok(60, stapled(status(0))), no(61, stale, stapled(status(0)))] },
  { id: 'status-040', name: 'a status of this second', reason: 'It may be asked that none is older.', flags: ['stale-status', 'time-boundary'], chains: within(0), steps: [ok(0, stapled(status(0))), no(1, stale, stapled(status(0)))] },
  { id: 'status-041', name: 'a status that is no longer good', reason: 'Its issuer says until when, too.', flags: ['stale-status', 'time-boundary'], chains: five, steps: [ok(9, stapled(status(0, undefined, { claims: [[4, NOW + 10]] }))), no(10, stale, stapled(status(0, undefined, { claims: [[4, NOW + 10]] })))] },
  { id: 'status-042', name: 'a status of the future', reason: 'Clocks may differ by 30 seconds.', flags: ['stale-status', 'time-boundary'], chains: five, steps: [ok(0, stapled(status(30))), no(0, ['alive.early', 0], stapled(status(31)))] },
  { id: 'status-043', name: 'a status of the future beside one of now', reason: 'It is passed over, whatever it says.', flags: ['stale-status'], chains: five, steps: [ok(0, stapled(status(0), status(31, [REVOKED, []]))), no(1, suspended, stapled(status(1, [SUSPENDED, []]), status(32)))] },

  // What it says.
  { id: 'status-044', name: 'a mission that is suspended', reason: 'Only active passes, and it can go on.', flags: ['revocation'], chains: five, steps: [no(0, suspended, stapled(status(0, [SUSPENDED, []]))), ok(1, stapled(status(1)))] },
  { id: 'status-045', name: 'a mission that is completed', reason: 'Only active passes.', flags: ['revocation'], chains: five, steps: [no(0, completed, stapled(status(0, [COMPLETED, []])))] },
  { id: 'status-046', name: 'a mission that is revoked', reason: 'Only active passes.', flags: ['revocation'], chains: five, steps: [no(0, revoked, stapled(status(0, [REVOKED, []])))] },
  { id: 'status-047', name: 'old news of a mission that ended', reason: 'What ended does not need to be fresh, and what is suspended does.', flags: ['revocation', 'stale-status'], chains: within(60), steps: [no(61, completed, stapled(status(0, [COMPLETED, []]))), no(61, stale, stapled(status(1, undefined, { claims: [[4, NOW + 2]] }), status(0, [SUSPENDED, []])))] },
  { id: 'status-048', name: 'block 1 of four hops is revoked', reason: 'All below it ends; what is above and beside it lives.', flags: ['revocation'], chains: family,
    steps: everyone.flatMap((name) => { const pieces = loaded(status(undefined, revoking(idOf(family.a, 1)))); return name === 'root' || name === 'sibling' ? ok(0, { chain: name, ...pieces }) : no(0, ['alive.block', 0], { chain: name, ...pieces }); }) },
  { id: 'status-049', name: 'the root block is revoked', reason: 'Every chain of the grant ends.', flags: ['revocation'], chains: family, steps: everyone.map((name) => no(0, ['alive.block', 0], { chain: name, ...loaded(status(0, revoking(idOf(family.a, 0)))) })) },
  { id: 'status-050', name: 'the mission is completed', reason: 'Every chain of it ends.', flags: ['revocation'], chains: family, steps: everyone.map((name) => no(0, completed, { chain: name, ...loaded(status(0, [COMPLETED, []])) })) },
  { id: 'status-051', name: 'a key that leaked', reason: 'Every chain that names it ends.', flags: ['revocation'], chains: family,
    steps: everyone.map((name) => name === 'root' ? ok(0, { chain: name, ...loaded(status(0, revoking(sha256(lookup.publicKey)))) }) : no(0, ['alive.key', 0], { chain: name, ...loaded(status(0, revoking(sha256(lookup.publicKey)))) })) },
  { id: 'status-052', name: 'the key of the root, and a block that names it', reason: 'All that is revoked is told, in the order of the blocks.', flags: ['revocation', 'order'], chains: { chain: family.a },
    steps: [no(0, [['alive.block', 0], ['alive.key', 0], ['alive.block', 0]], stapled(status(0, revoking(idOf(family.a, 1), idOf(family.a, 0), sha256(research.publicKey)))))] },
  { id: 'status-053', name: 'ids of other things', reason: 'Listed are ids of blocks, and SHA-256 of keys.', flags: ['revocation'], chains: { chain: family.a }, steps: [ok(0, stapled(status(0, revoking(research.kid, research.publicKey, sha256(cfo.publicKey), sha256('nonce')))))] },
  { id: 'status-054', name: 'an id that its issuer may drop', reason: 'It is enforced while it is listed.', flags: ['revocation', 'time-boundary'], chains: { chain: family.a }, steps: [no(0, ['alive.block', 0], stapled(status(0, [ACTIVE, [[idOf(family.a, 1), 0]]])))] },
  { id: 'status-055', name: 'an id that is dropped later', reason: 'A statement is complete for each subject that it names.', flags: ['revocation', 'status-order'], chains: { chain: family.a }, steps: [no(0, ['alive.block', 0], stapled(status(0, revoking(idOf(family.a, 1))))), ok(1, stapled(status(1)))] },
  { id: 'status-056', name: 'a block of an HMAC chain is revoked', reason: 'Blocks have ids in either suite.', flags: ['revocation', 'suite'], chains: { chain: chain(mission, [], 1) }, steps: [no(0, ['alive.block', 0], stapled(status(0, revoking(idOf(chain(mission, [], 1), 1)))))] },

  // Whose word.
  { id: 'status-057', name: 'authorities of root and hop', reason: 'All must say that it lives.', flags: ['status-source'], chains: apart,
    steps: [ok(0, { chain: 'own', ...stapled(status(), byOwn()) }), no(0, ['alive.authority', 1], { chain: 'own', ...stapled(status()) }), no(0, ['alive.authority', 0], { chain: 'own', ...stapled(byOwn()) })] },
  { id: 'status-058', name: "a hop's own authority that ends the mission", reason: 'It ends the chains that ask it, and no other.', flags: ['status-source', 'revocation'], chains: apart,
    steps: [no(0, ['alive.revoked', 1], { chain: 'own', ...loaded(status(), byOwn([REVOKED, []])) }), ok(1, { chain: 'sibling', ...loaded(status(), byOwn([REVOKED, []])) })] },
  { id: 'status-059', name: "a hop's own authority that revokes the root", reason: 'It is no authority for its siblings.', flags: ['status-source', 'revocation'], chains: apart,
    steps: [no(0, ['alive.block', 1], { chain: 'own', ...loaded(status(), byOwn(revoking(idOf(apart.own, 0)))) }), ok(1, { chain: 'sibling', ...loaded(status(), byOwn(revoking(idOf(apart.own, 0)))) })] },
  { id: 'status-060', name: "a hop's own authority with a later date", reason: 'Order is per key and subject, so it locks nobody out.', flags: ['status-source', 'status-order'], chains: apart,
    steps: [ok(0, { chain: 'own', ...stapled(status(0), status(30, undefined, { by: own })) }), ok(1, { chain: 'sibling', ...stapled(status(1)) })] },

  // Several at hand.
  { id: 'status-061', name: 'two statuses', reason: 'The later counts, in whatever order they come.', flags: ['status-order'], chains: five,
    steps: [ok(2, stapled(status(1, [SUSPENDED, []]), status(2))), ok(2, stapled(status(2), status(1, [SUSPENDED, []]))), no(3, suspended, stapled(status(3, [SUSPENDED, []]), status(2)))] },
  { id: 'status-062', name: 'a status on the token and a later one that was loaded', reason: 'All that is at hand counts.', flags: ['status-order'], chains: five, steps: [no(2, revoked, { ...stapled(status(1)), ...loaded(status(2, [REVOKED, []])) })] },
  { id: 'status-063', name: 'a mission that was completed, and is said to be active', reason: 'What ended stays so.', flags: ['status-order'], chains: five, steps: [no(2, completed, { ...stapled(status(1, [COMPLETED, []]), status(2)), alarms: ['revived'] })] },
  { id: 'status-064', name: 'an end that is older than the block allows', reason: 'What is older than all that could pass is forgotten.', flags: ['status-order'], chains: within(60), steps: [no(60, completed, { ...stapled(status(0, [COMPLETED, []]), status(60)), alarms: ['revived'] })] },
  { id: 'status-065', name: 'an end that is one second older', reason: 'What is older than all that could pass is forgotten.', flags: ['status-order', 'time-boundary'], chains: within(60), steps: [ok(61, stapled(status(0, [COMPLETED, []]), status(60)))] },
  { id: 'status-066', name: 'two statuses of one time', reason: 'Neither of them counts.', flags: ['status-order'], chains: five,
    steps: [no(0, conflict, { ...stapled(status(0), status(0, [SUSPENDED, []])), alarms: ['conflict'] }), no(0, conflict, { ...stapled(status(0), status(0, revoking(sha256('x')))), alarms: ['conflict'] })] },
  { id: 'status-067', name: 'two statuses of one time that say the same', reason: 'They do not contradict each other.', flags: ['status-order'], chains: five, steps: [ok(0, stapled(status(0), status(0), status(0, undefined, { claims: [[4, NOW + 9]] })))] },
  { id: 'status-068', name: 'an end and something else of one time', reason: 'What ended has ended.', flags: ['status-order'], chains: five, steps: [no(0, completed, { ...stapled(status(0), status(0, [COMPLETED, []])), alarms: ['conflict'] }), no(1, completed, { ...stapled(status(1)), alarms: ['revived'] })] },
  { id: 'status-069', name: 'two ends of one time', reason: 'They contradict each other, and nothing mends it.', flags: ['status-order'], chains: five, steps: [no(0, conflict, { ...stapled(status(0, [REVOKED, []]), status(0, [COMPLETED, []])), alarms: ['conflict'] })] },

  // What a store keeps.
  { id: 'status-070', name: 'a status that is older than one seen before', reason: 'It is fresh, and not the latest.', flags: ['status-order'], chains: five, steps: [ok(2, stapled(status(2))), no(3, older, stapled(status(1))), ok(3, stapled(status(2))), ok(4, stapled(status(4)))] },
  { id: 'status-071', name: 'a status that is older than what another agent showed', reason: 'What is seen counts for all that ask the same of the same.', flags: ['status-order'], chains: family, steps: [ok(2, { chain: 'd', ...stapled(status(2)) }), no(3, older, { chain: 'sibling', ...stapled(status(1)) })] },
  { id: 'status-072', name: 'a suspension that is hidden again', reason: 'What is denied is remembered too.', flags: ['status-order'], chains: five, steps: [no(2, suspended, stapled(status(2, [SUSPENDED, []]))), no(3, older, stapled(status(1)))] },
  { id: 'status-073', name: 'a status in a request outside of the scope', reason: 'It is remembered whatever else denies.', flags: ['status-order', 'refused-charge'], chains: five, steps: [no(2, ['scope.resource', 0], { resource: 'hr/a', ...stapled(status(2)) }), no(3, older, stapled(status(1)))] },
  { id: 'status-074', name: 'two statuses of one time, in two requests', reason: 'From then on neither counts, until a later one.', flags: ['status-order'], chains: five,
    steps: [ok(0, stapled(status(0))), no(1, conflict, { ...stapled(status(0, revoking(sha256('x')))), alarms: ['conflict'] }), no(2, conflict, { ...stapled(status(0)), alarms: ['conflict'] }), ok(3, stapled(status(3)))] },
  { id: 'status-075', name: 'a mission that was completed, and then is said to be active', reason: 'What ended stays so.', flags: ['status-order'], chains: five,
    steps: [ok(0, stapled(status(0))), no(1, completed, stapled(status(1, [COMPLETED, []]))), no(2, completed, stapled(status(0))), no(3, completed, { ...stapled(status(3)), alarms: ['revived'] })] },
  { id: 'status-076', name: 'an end that is learnt late', reason: 'What ended has ended, in whatever order it is learnt.', flags: ['status-order'], chains: five,
    steps: [ok(5, stapled(status(5))), no(6, completed, { ...stapled(status(4, [COMPLETED, []])), alarms: ['revived'] }), no(7, completed, { ...stapled(status(5)), alarms: ['revived'] })] },
  { id: 'status-077', name: 'an end that is told again', reason: 'A later statement of it revives nothing.', flags: ['status-order'], chains: five,
    steps: [no(0, completed, stapled(status(0, [COMPLETED, many(1)]))), no(1, completed, stapled(status(1, [COMPLETED, []]))), no(2, [revoked, completed], stapled(status(2, [REVOKED, []])))] },
  { id: 'status-078', name: 'an end, kept as long as 60 seconds and the skew', reason: 'Then no statement from before could pass.', flags: ['status-order', 'time-boundary'], chains: within(60),
    steps: [no(0, completed, stapled(status(0, [COMPLETED, []]))), ok(90, stapled(status(30)))] },
  { id: 'status-090', name: 'an end, kept a second less', reason: 'Then a statement from before could pass under a clock that is behind.', flags: ['status-order', 'time-boundary'], chains: within(60),
    steps: [no(0, completed, stapled(status(0, [COMPLETED, []]))), no(89, completed, { ...stapled(status(30)), alarms: ['revived'] })] },
  { id: 'status-091', name: 'an end, and again and again what would revive it', reason: 'Each statement prolongs what is kept.', flags: ['status-order', 'time-boundary'], chains: within(60),
    steps: [no(0, completed, stapled(status(0, [COMPLETED, []]))), ...[60, 120].map((at) => no(at, completed, { ...stapled(status(at)), alarms: ['revived'] })), no(209, completed, { ...stapled(status(150)), alarms: ['revived'] })] },
  { id: 'status-079', name: 'an end, kept as long as the longest that asked says', reason: 'A shorter one asks under the same key.', flags: ['status-order', 'time-boundary'], chains: patience,
    steps: [no(0, completed, { chain: 'long', ...stapled(status(0, [COMPLETED, []])) }), no(1, completed, { chain: 'short', ...stapled(status(0, [COMPLETED, []])) }), no(629, completed, { chain: 'short', ...stapled(status(600)), alarms: ['revived'] })] },
  { id: 'status-080', name: 'an end, kept longer since a longer one asked', reason: 'The largest counts, in whatever order they ask.', flags: ['status-order', 'time-boundary'], chains: patience,
    steps: [no(0, completed, { chain: 'short', ...stapled(status(0, [COMPLETED, []])) }), no(1, completed, { chain: 'long', ...stapled(status(0, [COMPLETED, []])) }), ok(630, { chain: 'short', ...stapled(status(600)) })] },
  { id: 'status-081', name: 'an older status, presented twice', reason: 'What is refused does not use up its nonce.', flags: ['status-order', 'refused-charge', 'replay'], chains: five,
    steps: [ok(2, stapled(status(2))), no(3, older, { nonce: 'n', ...stapled(status(1)) }), ok(4, { nonce: 'n', ...stapled(status(4)) }), no(5, ['invocation.replay', null], { nonce: 'n', ...stapled(status(1)) })] },
  { id: 'status-082', name: 'an older status in a request outside of the scope', reason: 'It does not keep the request from being counted.', flags: ['status-order', 'freeze'],
    chains: { chain: chain([[3, [AUDIENCE]], ...mission, [15, [['denial', 1]]]]) },
    steps: [ok(2, stapled(status(2))), no(3, [['scope.resource', 0], older], { resource: 'hr/a', ...stapled(status(1)) }), no(4, ['limits.frozen', 0], stapled(status(4)))] },
  { id: 'status-083', name: 'an older status and a limit that is used up', reason: 'Another status alone would not help.', flags: ['status-order', 'order'], chains: { chain: chain([[3, [AUDIENCE]], ...mission, [15, [['call', 1]]]]) },
    steps: [ok(2, stapled(status(2))), no(3, [older, ['limits.spent', 0]], stapled(status(1)))] },
  { id: 'status-084', name: 'two blocks that ask the same, with different patience', reason: 'Each is told.', flags: ['status-order', 'order'], chains: { chain: chain(mission, [alive([control.publicKey, 60])]) },
    steps: [ok(2, stapled(status(2))), no(3, [older, ['alive.older', 1]], stapled(status(1))), no(100, ['alive.stale', 1], stapled(status(2)))] },
  { id: 'status-085', name: 'another subject of the same authority', reason: 'Order is per key and subject.', flags: ['status-order', 'status-source'], chains: { a: chain(mission), b: chain([alive([control.publicKey, 300, 'other'])]) },
    steps: [no(5, completed, { chain: 'b', ...stapled(about({ other: [COMPLETED, []] })) }), ok(6, { chain: 'a', ...stapled(status(1)) })] },
  { id: 'status-086', name: 'no store, where replay is only reported', reason: 'Whether a later status was seen is not established.', flags: ['no-store', 'status-order', 'not-established'], store: 'none', replay: 'reported', chains: five, steps: [ok(2, stapled(status(2))), ok(3, stapled(status(1)))] },
  { id: 'status-087', name: 'no store, where replay protection is required, and no status', reason: 'Both are needed.', flags: ['no-store', 'order'], store: 'none', chains: five, steps: [no(0, [['invocation.store', null], missing]), no(0, suspended, stapled(status(0, [SUSPENDED, []])))] },
  { id: 'status-088', name: 'a stale status, a limit and an approval', reason: 'All needs are listed; what a store decides is asked only then.', flags: ['order', 'evidence'],
    chains: { chain: chain([[3, [AUDIENCE]], ...mission, [13, [[[], [cfo.publicKey], 1, 60]]], [15, [['call', 1]]]]) },
    steps: [no(301, [stale, ['approval.required', 0]], stapled(status(0))), ok(302, { ...stapled(status(302), yes()), usage: [{ block: 0, used: [1] }] })] },
  { id: 'status-092', name: 'two blocks that ask the same, of an authority that contradicts itself', reason: 'An alarm is told once.', flags: ['status-order'], chains: { chain: chain(mission, [alive([control.publicKey, 60])]) },
    steps: [no(2, [completed, ['alive.completed', 1]], { ...stapled(status(1, [COMPLETED, []]), status(2)), alarms: ['revived'] }), no(3, [completed, ['alive.completed', 1]], { ...stapled(status(3)), alarms: ['revived'] })] },
  { id: 'status-093', name: 'two authorities that contradict themselves', reason: 'Each is told.', flags: ['status-order', 'status-source'], chains: { chain: chain([alive([control.publicKey, 300], [own.publicKey, 300])]) },
    steps: [no(0, [['alive.revoked', 0], ['alive.authority', 0]], stapled(byOwn([REVOKED, []]))), no(1, [completed, revoked], { ...stapled(status(0, [COMPLETED, []]), status(1), byOwn()), alarms: ['revived', 'revived'] })] },
  { id: 'status-094', name: 'an end that an authority of a hop tells, with a patience of years', reason: 'It is kept to the end of the grant, and no hop fills a store beyond it.', flags: ['status-order', 'limit'], chains: patient,
    steps: [no(0, ['alive.completed', 1], { chain: 'short', ...stapled(byOwn([COMPLETED, []])) }), no(7229, ['alive.completed', 1], { chain: 'long', ...stapled(byOwn()), alarms: ['revived'] }), ok(7230, { chain: 'other', ...stapled(status(7230)) })] },
  { id: 'status-095', name: 'an end of the future grant, after the end of the first', reason: 'It is kept to the end of the grant, and no hop fills a store beyond it.', flags: ['status-order', 'time-boundary'], chains: patient,
    steps: [no(0, ['alive.completed', 1], { chain: 'short', ...stapled(byOwn([COMPLETED, []])) }), ok(7230, { chain: 'long', ...stapled(byOwn()) })] },
  { id: 'status-096', name: 'an end that the authority of the root tells, with a patience of years', reason: 'It is kept as long as the root says.', flags: ['status-order'], chains: patient,
    steps: [no(0, completed, { chain: 'root', ...stapled(status(0, [COMPLETED, []])) }), no(7300, completed, { chain: 'other', ...stapled(status(7300)), alarms: ['revived'] })] },
  { id: 'status-097', name: 'an older status in a request whose cost nobody states', reason: 'What the store knows is told of a denied request too.', flags: ['status-order', 'cost'], chains: { ...five, priced: chain([[3, [AUDIENCE]], ...mission, [15, [['eur-cent', 5]]]]) },
    steps: [no(1, completed, stapled(status(1, [COMPLETED, []]))), no(2, [['limits.cost', 0], completed], { chain: 'priced', ...stapled(status(0)) })] },
  { id: 'status-098', name: 'an older status in a request that needs an approval', reason: 'What the store knows is told too, and nobody needs to approve when a mission has ended.', flags: ['status-order', 'order'], chains: { ...five, paid: chain([...mission, [13, [[[], [cfo.publicKey], 1, 60]]]]) },
    steps: [ok(2, stapled(status(2))), no(3, [['approval.required', 0], older], { chain: 'paid', ...stapled(status(1)) }), no(4, completed, stapled(status(4, [COMPLETED, []]))), no(5, [['approval.required', 0], completed], { chain: 'paid', ...stapled(status(1)) })] },
  { id: 'status-099', name: 'a stale status', reason: 'It is not kept: nothing that is older still could pass.', flags: ['status-order', 'stale-status'], chains: patience,
    steps: [no(61, stale, { chain: 'short', ...stapled(status(0)) }), ok(62, { chain: 'long', ...stapled(status(-1)) })] },
  { id: 'status-089', name: 'an open token with a status', reason: 'It is no request, whatever rides on it.', flags: ['no-invocation', 'evidence'], chains: five,
    steps: [no(0, ['invocation.missing', null], { text: (text) => `${forge(five.chain).text}${text.slice(text.indexOf('~'))}`, ...stapled(status()) })] },

  // The examples of the specification.
  { id: 'status-100', name: 'the status of before, when the end is known', reason: 'The later of the two counts.', flags: ['status-order'], chains: five,
    steps: [ok(60, stapled(status(0))), no(180, completed, { ...stapled(status(0)), ...loaded(status(120, [COMPLETED, []])) })] },

  // A status that holds, where nothing can be allowed.
  { id: 'status-101', name: 'no store, one status that holds and one that is missing', reason: 'The one that holds is relied on, whatever else denies.', flags: ['no-store', 'status-source'], store: 'none',
    chains: { chain: chain([[12, set([control.publicKey, 60], [cfo.publicKey, 60])]]) }, steps: [no(0, [['invocation.store', null], ['alive.authority', 0]], stapled(status(0)))] },
  { id: 'status-102', name: 'a status of a chain that has expired', reason: 'Nothing is kept of what can never pass, so no order is missed.', flags: ['status-order', 'not-established'],
    chains: { chain: chain([[4, NOW + 10], [12, [[control.publicKey, 300]]]]) }, steps: [ok(9, stapled(status(8))), no(20, ['exp.passed', 0], stapled(status(7))), no(21, [['exp.passed', 0], missing])] },
  { id: 'status-103', name: 'two statuses of one block, of which the store refuses one', reason: 'The other one is relied on all the same.', flags: ['status-order', 'status-source'],
    chains: { chain: chain([[12, set([control.publicKey, 60], [cfo.publicKey, 60])]]) }, steps: [no(0, completed, stapled(status(0, [COMPLETED, []]), status(0, [ACTIVE, []], { by: cfo }))), no(1, completed, { ...stapled(status(1), status(1, [ACTIVE, []], { by: cfo })), alarms: ['revived'] })] },
];
