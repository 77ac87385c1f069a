import {
  AUDIENCE,
  cfo,
  forge,
  type Item,
  pair,
  research,
  sha256,
  stranger,
} from '../../../test/support/forge.ts';
import {
  blockOf,
  chain,
  control,
  type Departure,
  digest,
  hops,
  iam,
  noTo,
  set,
  status,
  yes,
} from '../scene.ts';
import { type Ask, no, nonceOf, ok, type Refusal, type Sequence, wrong } from '../sequence.ts';

// Approvals: how they are written, which request they are for, how many are needed, and that each is used once.

const cto = pair('cto');
const coo = pair('coo');

type Entry = readonly [unless: readonly Item[], keys: readonly Uint8Array[], need: number, within: number];

const approvals = (...entries: readonly Entry[]) =>
  [13, set(...entries.map(([unless, keys, ...rest]) => [unless, set(...keys), ...rest]))] as const;
const any = [10, [[['*'], ['**']]]] as const;
/** One of one: the CFO, at most 300 seconds ago, whatever it is. */
const one = approvals([[], [cfo.publicKey], 1, 300]);
const single = { chain: chain([any, one]) };
/** Two of three. */
const board = { chain: chain([any, approvals([[], [cfo.publicKey, cto.publicKey, coo.publicKey], 2, 300])]) };
const paying = (amount: number, ask: Ask = {}): Ask => ({
  action: 'pay',
  resource: 'invoices/7',
  args: { amount },
  ...ask,
});
const by = (...pieces: Ask['evidence'] & object): Ask => ({ evidence: pieces });
const changed = (...claims: readonly (readonly [number, Item])[]) => yes({ claims });
const refuse = (code: Parameters<typeof wrong>[1], ...departures: readonly Departure[]) =>
  departures.map((part) => wrong(0, code, by(yes(part))));

const required: Refusal = ['approval.required', 0];
const refused: Refusal = ['approval.refused', 0];
const final: Refusal = ['approval.refused', null];
const request: Refusal = ['approval.request', 0];
const replay: Refusal = ['invocation.replay', null];
const reason = (
  code: 'approver' | 'delegate' | 'nonce' | 'early' | 'stale' | 'twice',
  block = 0,
): Refusal => [`approval.${code}`, block];

const payment: Ask = {
  nonce: 'payment',
  action: 'pay',
  resource: 'invoices/7',
  args: { memo: 'Q3', amount: 250 },
};

// biome-ignore format: a sequence reads as a paragraph
export const sequences: readonly Sequence[] = [
  // Form.
  { id: 'approval-001', name: 'an approval', reason: 'The key that the block names says yes.', flags: ['normal'], chains: single, steps: [ok(0, by(yes()))] },
  { id: 'approval-002', name: 'an approval with arguments', reason: 'It has the digest of the invocation.', flags: ['normal'], chains: single, steps: [ok(0, paying(2000, by(yes())))] },
  { id: 'approval-003', name: 'an approval, HMAC', reason: 'Evidence is Ed25519 in either suite.', flags: ['normal', 'suite'], chains: { chain: chain([any, one], [], 1) }, steps: [ok(0, by(yes())), no(1, required)] },
  { id: 'approval-004', name: 'a claim that is missing', reason: 'All but the arguments are required.', flags: ['missing-claim'], chains: single, steps: refuse('claim.missing', ...[1, 2, 3, 4, 6, 7, 10].map((key): Departure => ({ claims: [[key, undefined]] }))) },
  { id: 'approval-005', name: 'a claim of an invocation that an approval does not have', reason: 'What is not known is refused.', flags: ['unknown-claim'], chains: single, steps: refuse('claim.unknown', { claims: [[9, new Map([[2, 'Pay it']])]] }, { claims: [[5, 0]] }) },
  { id: 'approval-006', name: 'claims of other types', reason: 'They have the grammar of the invocation.', flags: ['claim-grammar'], chains: single,
    steps: refuse('claim.value', ...([[1, '*'], [2, 'a/../b'], [3, ''], [4, 2 ** 33], [6, -1], [7, new Uint8Array(15)], [8, [3, sha256('x')]], [8, [1, new Uint8Array(31)]]] as [number, Item][]).map((claim): Departure => ({ claims: [claim] }))) },
  { id: 'approval-007', name: 'an answer that is neither yes nor no', reason: 'It is true or false.', flags: ['claim-grammar', 'type-confusion'], chains: single, steps: refuse('claim.value', ...[1, 0, 'true', []].map((answer): Departure => ({ claims: [[10, answer]] }))) },
  { id: 'approval-008', name: 'an approval that ends when it begins', reason: 'It would never count.', flags: ['claim-grammar', 'time-boundary'], chains: single, steps: [wrong(0, 'claim.value', by(changed([4, 1_800_000_000]))), ok(0, by(changed([4, 1_800_000_001])))] },
  { id: 'approval-009', name: 'an approval that is written as a status', reason: 'The kind says what the claims are.', flags: ['evidence-form'], chains: single, steps: refuse('claim.unknown', { wrap: (_, signed) => [1, signed] }) },

  // Who.
  { id: 'approval-010', name: 'an approval that was altered', reason: 'One of a key that the chain names must verify.', flags: ['altered-proof', 'evidence'], chains: single, steps: refuse('evidence.signature', { proof: new Uint8Array(64).fill(7) }, { label: 'invocation' }, { label: 'status' }) },
  { id: 'approval-011', name: 'an approval of another chain', reason: 'It hangs on the id of the last block.', flags: ['approval-binding', 'wrong-link'], chains: { a: chain([any, one]), b: chain([any, one], [[2, 'agent:acme/other']]) },
    steps: [ok(0, { chain: 'b', ...by(yes()) }), wrong(1, 'evidence.signature', { chain: 'a', ...by(yes({ link: blockOf(forge(chain([any, one], [[2, 'agent:acme/other']])), 1).id })) })] },
  { id: 'approval-012', name: 'an approval that hangs on the root', reason: 'Others below the root could use it.', flags: ['approval-binding', 'wrong-link'], chains: single, steps: refuse('evidence.signature', { link: blockOf(forge(single.chain), 0).id }) },
  { id: 'approval-013', name: 'an approval of a stranger', reason: 'The block names who approves.', flags: ['approval-count'], chains: single, steps: [no(0, reason('approver'), by(yes({ by: stranger }))), no(0, reason('approver'), by(yes({ by: research })))] },
  { id: 'approval-014', name: 'a no of a stranger', reason: 'It says nothing here.', flags: ['approval-refusal'], chains: single, steps: [ok(0, by(noTo({ by: stranger }), yes()))] },
  { id: 'approval-015', name: 'an approval of a delegate of the chain', reason: 'Nobody approves what comes through its own hands.', flags: ['approval-count'], chains: { chain: chain([any, approvals([[], [cfo.publicKey, research.publicKey], 1, 300])]) },
    steps: [no(0, reason('delegate'), by(yes({ by: research }))), ok(1, by(yes({ by: research }), yes()))] },
  { id: 'approval-016', name: 'a no of a delegate of the chain', reason: 'It counts: else a further hop, to whoever said no, would take the no away.', flags: ['approval-refusal'], chains: { chain: chain([any, approvals([[], [cfo.publicKey, research.publicKey], 1, 300])]) }, steps: [no(0, refused, by(noTo({ by: research }), yes()))] },

  // For what.
  { id: 'approval-017', name: 'approvals of other requests', reason: 'It is for this very request.', flags: ['approval-binding', 'request-swap'], chains: single,
    steps: [changed([1, 'read']), changed([2, 'invoices/8']), changed([3, 'https://a.example']), changed([8, undefined]), changed(digest({ amount: 2001 })), changed(digest('{"amount":2000}'))].map((piece) => no(0, request, paying(2000, by(piece)))) },
  { id: 'approval-018', name: 'an approval of arguments for a request without any', reason: 'It is for this very request.', flags: ['approval-binding', 'arguments'], chains: single, steps: [no(0, request, by(changed(digest({ amount: 1 }))))] },
  { id: 'approval-019', name: 'an approval of another invocation', reason: 'It is for one, and for its retries with the same nonce.', flags: ['approval-binding'], chains: single, steps: [no(0, reason('nonce'), by(changed([7, nonceOf('other')])))] },
  { id: 'approval-020', name: 'an approval that came later, for a request that was sealed anew', reason: 'The nonce binds them, and not the time.', flags: ['normal', 'approval-binding'], chains: single,
    steps: [no(0, required, paying(2000, { nonce: 'n' })), ok(250, paying(2000, { nonce: 'n', evidence: [yes()] }))] },

  // When.
  { id: 'approval-021', name: 'the last second of an approval', reason: 'It is at most as old as the block allows.', flags: ['time-boundary'], chains: single, steps: [no(301, reason('stale'), by(changed([6, 1_800_000_000]))), ok(300, by(changed([6, 1_800_000_000])))] },
  { id: 'approval-022', name: 'an approval that has expired', reason: 'The approver says until when, too.', flags: ['time-boundary'], chains: single, steps: [no(10, reason('stale'), by(changed([4, 1_800_000_010], [6, 1_800_000_000]))), ok(9, by(changed([4, 1_800_000_010], [6, 1_800_000_000])))] },
  { id: 'approval-023', name: 'an approval of the future', reason: 'Clocks may differ by 30 seconds.', flags: ['time-boundary'], chains: single, steps: [no(0, reason('early'), by(changed([6, 1_800_000_031]))), ok(0, by(changed([6, 1_800_000_030])))] },

  // How many.
  { id: 'approval-024', name: 'two of three', reason: 'So many distinct keys say yes.', flags: ['approval-count'], chains: board, steps: [no(0, required, by(yes())), ok(1, by(yes(), yes({ by: coo }))), ok(2, by(yes(), yes({ by: cto }), yes({ by: coo })))] },
  { id: 'approval-025', name: 'two approvals by one key', reason: 'One counts.', flags: ['approval-count'], chains: board, steps: [no(0, reason('twice'), by(yes(), changed([6, 1_799_999_999]))), no(0, reason('twice'), by(yes(), yes())), ok(1, by(yes(), yes(), yes({ by: coo })))] },
  { id: 'approval-026', name: 'one that counts and one that does not', reason: 'The first reason is told.', flags: ['approval-count', 'order'], chains: board,
    steps: [no(0, reason('early'), by(yes(), yes({ by: coo, claims: [[6, 1_800_000_031]] }))), no(0, reason('approver'), by(yes({ by: stranger }), yes(), yes({ by: coo, claims: [[6, 1_800_000_031]] }))), ok(1, by(yes({ by: stranger }), yes(), yes({ by: coo })))] },
  { id: 'approval-027', name: 'approvals of two blocks', reason: 'All entries must hold.', flags: ['approval-count', 'ancestor-condition'], chains: { chain: chain([any, one], [approvals([[], [cto.publicKey], 1, 300])]) },
    steps: [no(0, [required, ['approval.required', 1]]), no(0, ['approval.required', 1], by(yes())), no(0, required, by(yes({ by: cto }))), ok(1, by(yes(), yes({ by: cto })))] },
  { id: 'approval-028', name: 'one approval for two entries', reason: 'It counts for each that names its key.', flags: ['approval-count'], chains: { chain: chain([any, one], [approvals([[], [cfo.publicKey], 1, 60])]) },
    steps: [ok(0, by(yes())), no(61, reason('stale', 1), by(changed([6, 1_800_000_000])))] },
  { id: 'approval-029', name: 'a request that the exceptions admit', reason: 'It needs none, and what is attached is not asked.', flags: ['evidence'], chains: { chain: chain([any, approvals([[[['pay'], ['**'], { amount: [4, 0, 1000] }]], [cfo.publicKey], 1, 300])]) },
    steps: [ok(0, paying(1000)), no(0, required, paying(1001)), ok(1, paying(1001, by(yes()))), ok(2, paying(1000, by(noTo())))] },

  // A no.
  { id: 'approval-030', name: 'a no', reason: 'It is final for this invocation.', flags: ['approval-refusal'], chains: single, steps: [no(0, refused, by(noTo()))] },
  { id: 'approval-031', name: 'a no beside enough that say yes', reason: 'One no suffices.', flags: ['approval-refusal'], chains: board, steps: [no(0, refused, by(yes(), yes({ by: cto }), noTo({ by: coo }))), no(0, refused, by(yes(), noTo()))] },
  { id: 'approval-032', name: 'a no that is old, of the future, or about another request of the same nonce', reason: 'A no does not age.', flags: ['approval-refusal'], chains: single,
    steps: ([[[4, 1], [6, 0]], [[4, 1_800_009_999], [6, 1_800_009_998]], [[1, 'write']]] as [number, Item][][]).map((claims) => no(1000, refused, by(noTo({ claims })))) },
  { id: 'approval-033', name: 'a no to another invocation', reason: 'It is for that one alone.', flags: ['approval-refusal', 'approval-binding'], chains: single, steps: [no(0, reason('nonce'), by(noTo({ claims: [[7, nonceOf('other')]] }))), ok(1, by(noTo({ claims: [[7, nonceOf('other')]] }), yes()))] },
  { id: 'approval-034', name: 'a no, and then a yes', reason: 'A no that was seen is final for chain and nonce.', flags: ['approval-refusal'], chains: single,
    steps: [no(0, refused, { nonce: 'n', ...by(noTo()) }), no(1, final, { nonce: 'n', ...by(yes()) }), ok(2, { nonce: 'm', ...by(yes()) })] },
  { id: 'approval-035', name: "one approver's no, and then the yes of others", reason: 'Whoever says no, and for whatever request of that nonce.', flags: ['approval-refusal'], chains: board,
    steps: [no(0, refused, { nonce: 'n', ...by(noTo({ by: coo })) }), no(1, final, { nonce: 'n', ...by(yes(), yes({ by: cto })) }), no(2, final, paying(5, { nonce: 'n', ...by(yes(), yes({ by: cto })) }))] },
  { id: 'approval-036', name: 'a no, and a yes an hour later', reason: 'It is kept to the end of the chain.', flags: ['approval-refusal', 'time-boundary'], chains: single, steps: [no(0, refused, { nonce: 'n', ...by(noTo()) }), no(7199, final, { nonce: 'n', ...by(yes()) })] },
  { id: 'approval-037', name: 'a no that was seen in a request outside of the scope', reason: 'It is remembered whatever else denies.', flags: ['approval-refusal', 'refused-charge'], chains: { chain: chain([one]) },
    steps: [no(0, [['scope.resource', 0], refused], { nonce: 'n', resource: 'hr/a', ...by(noTo()) }), no(1, final, { nonce: 'n', ...by(yes()) })] },
  { id: 'approval-038', name: 'a no under one chain', reason: 'Another chain has nonces of its own.', flags: ['approval-refusal'], chains: { a: chain([any, one]), b: chain([any, one], [[2, 'agent:acme/other']]) },
    steps: [no(0, refused, { chain: 'a', nonce: 'n', ...by(noTo()) }), ok(1, { chain: 'b', nonce: 'n', ...by(yes()) })] },
  { id: 'approval-039', name: 'a no to a request that needed no approval', reason: 'Nobody was asked, so nothing is remembered.', flags: ['approval-refusal'], chains: { chain: chain([any, approvals([[[['read'], ['**']]], [cfo.publicKey], 1, 300])]) },
    steps: [ok(0, { nonce: 'n', ...by(noTo()) }), ok(95, { ...paying(5, by(yes())), nonce: 'n' })] },

  // Once.
  { id: 'approval-040', name: 'three approvals for one payment', reason: 'It is paid once.', flags: ['replay', 'approval-binding'], chains: single,
    steps: [no(0, required, paying(2000, { nonce: 'n' })), ok(10, paying(2000, { nonce: 'n', ...by(yes()) })), no(20, replay, paying(2000, { nonce: 'n', ...by(yes()) })), no(30, replay, paying(2000, { nonce: 'n', ...by(yes()) }))] },
  { id: 'approval-041', name: 'an approval that outlives the invocation', reason: 'A nonce that an approval was used with is kept to the end of the chain.', flags: ['replay', 'time-boundary'], chains: single,
    steps: [ok(0, paying(2000, { nonce: 'n', ...by(yes()) })), no(91, replay, paying(2000, { nonce: 'n', ...by(yes()) })), no(7199, replay, paying(2000, { nonce: 'n', ...by(yes()) }))] },
  { id: 'approval-042', name: 'a request that needed no approval', reason: 'Its nonce is kept as long as the invocation lives.', flags: ['replay', 'time-boundary'], chains: { chain: chain([any, approvals([[[['read'], ['**']]], [cfo.publicKey], 1, 300])]) },
    steps: [ok(0, { nonce: 'n' }), no(89, replay, { nonce: 'n' }), ok(90, { nonce: 'n' })] },
  { id: 'approval-043', name: 'an approval of a request that a limit refuses', reason: 'What is refused does not use it up.', flags: ['refused-charge', 'replay'], chains: { chain: chain([[3, [AUDIENCE]], any, one, [15, [['call', 1, 10]]]]) },
    steps: [ok(0, by(yes())), no(5, ['limits.spent', 0], { nonce: 'n', ...by(yes()) }), ok(10, { nonce: 'n', ...by(yes()) }), no(20, replay, { nonce: 'n', ...by(yes()) })] },
  { id: 'approval-044', name: 'no store, where replay is only reported', reason: 'An approval is used once, which takes a store.', flags: ['no-store', 'replay'], store: 'none', replay: 'reported', chains: single, steps: [no(0, ['approval.store', null], by(yes())), no(1, refused, by(noTo()))] },
  { id: 'approval-045', name: 'no store, where replay protection is required', reason: 'Both are told, each with its need.', flags: ['no-store', 'order'], store: 'none', chains: single, steps: [no(0, [['invocation.store', null], ['approval.store', null]], by(yes())), no(1, [['invocation.store', null], required])] },
  { id: 'approval-046', name: 'an approval that is missing beside a request outside of the scope', reason: 'No approval would help, so no need is left.', flags: ['order', 'evidence'], chains: { chain: chain([one]) }, steps: [no(0, [['scope.resource', 0], required], { resource: 'hr/a' })] },
  { id: 'approval-047', name: 'an approval and a status', reason: 'Each caveat finds its own.', flags: ['order', 'evidence'], chains: { chain: chain([any, [12, [[control.publicKey, 60]]], one]) },
    steps: [no(0, [['alive.status', 0], required]), no(0, required, by(status())), no(0, ['alive.status', 0], by(yes())), ok(1, by(yes(), status()))] },
  { id: 'approval-048', name: 'a hop that names an approver of its own', reason: "The root's stays, and is asked as well.", flags: ['ancestor-condition', 'approval-count'], chains: { chain: chain([any, one], [approvals([[], [stranger.publicKey], 1, 300])]) },
    steps: [no(0, required, by(yes({ by: stranger })))] },
  { id: 'approval-049', name: 'approvals below a chain of three', reason: 'Each hangs on its own last block.', flags: ['approval-binding'], chains: { chain: hops([[], [[2, 'agent:acme/writer']]], [any, one]), iam: { ...chain([any, one]), root: iam } }, steps: [ok(0, by(yes())), ok(0, { chain: 'iam', ...by(yes()) })] },

  // The examples of the specification.
  { id: 'approval-050', name: 'a payment', reason: 'The approval is of this very request.', flags: ['approval-binding'], chains: single,
    steps: [no(0, ['approval.required', 0], payment), ok(30, { ...payment, evidence: [yes()] })] },
];
