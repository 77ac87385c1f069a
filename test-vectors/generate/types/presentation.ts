import type { Code } from '../../../src/codes.ts';
import type { JsonObject } from '../../../src/json.ts';
import {
  AUDIENCE,
  base64url,
  cfo,
  forge,
  headerOf,
  hex,
  type Item,
  invocationPayload,
  lookup,
  NOW,
  type Pair,
  type Recipe,
  sha256,
  stranger,
} from '../../../test/support/forge.ts';
import type { Case, Cases } from '../case.ts';
import { malleated, weakKey } from '../edge.ts';
import {
  ACTIVE,
  consent,
  control,
  type Departure,
  type Entries,
  grant,
  hop,
  hops,
  keyId,
  keys,
  open,
  type Piece,
  REVOKED,
  seal,
  set,
  status,
  trust,
  watched,
  yes,
} from '../scene.ts';

// Presentations: how evidence is read behind a token, in which order that is refused, and which pieces must verify.

interface How {
  /** By default the scene's token whose grant asks for a status, an approval and a consent. */
  readonly recipe?: Recipe;
  readonly pieces?: readonly Piece[];
  /** The statuses that the service has loaded. */
  readonly loaded?: readonly Piece[];
  readonly text?: (text: string) => string;
  readonly statuses?: (text: string) => string;
  readonly evidence?: 'none';
}

type Expected = Code | readonly JsonObject[];

const alive = [12, [[control.publicKey, 300]]] as const;
const approval = [13, [[[], [cfo.publicKey], 1, 600]]] as const;
const asking: Entries = [alive, approval, [17, cfo.publicKey]];
/** Names no key but those of its blocks. */
const asksNothing = grant([]);

/** A piece that was read, and whom it is by; `ignored` where the chain does not name the key. */
const by = (
  kind: 'status' | 'approval' | 'consent',
  { kid }: Pick<Pair, 'kid'>,
  ignored = false,
): JsonObject => ({ kind, by: hex(kid), ignored });

function row(
  number: number,
  name: string,
  reason: string,
  flag: string,
  expected: Expected,
  how: How = {},
): Case {
  const {
    recipe = grant(asking),
    pieces = [],
    loaded,
    text = (own) => own,
    statuses = (own) => own,
    evidence,
  } = how;
  const made = forge(recipe);
  const payload = (recipe.invocation?.payload ?? invocationPayload()) as ReadonlyMap<number, Item>;
  const write = (list: readonly Piece[]) =>
    list.map((piece) => `~${base64url(piece({ blocks: made.blocks, payload, now: NOW }))}`).join('');
  const input = {
    text: text(made.text + write(pieces)),
    ...(loaded && { statuses: statuses(write(loaded)) }),
    ...(evidence && { evidence }),
  };
  const about = { id: `presentation-${String(number).padStart(3, '0')}`, name, reason, flags: [flag], input };
  return typeof expected === 'string'
    ? { ...about, code: expected }
    : { ...about, output: { pieces: expected } };
}

const refuse = (
  number: number,
  name: string,
  reason: string,
  flag: string,
  code: Code,
  ...pieces: readonly Piece[]
) => row(number, name, reason, flag, code, { pieces });

const own = (departure: Departure) => status(undefined, undefined, departure);
/** A piece that says it is by one key and is signed by another. */
const posing = (as: Pick<Pair, 'kid'>): Departure => ({ by: stranger, header: headerOf(2, as.kid) });
const forged = own(posing(control));
const raw =
  (...bytes: readonly number[]): Piece =>
  () =>
    Uint8Array.from(bytes);
/** A piece of a kind that is not defined. */
const unknown = own({ wrap: (_, item) => [4, item] });
const edited =
  (piece: Piece, edit: (bytes: Uint8Array) => Uint8Array): Piece =>
  (sealed) =>
    edit(piece(sealed));
const [yesOne, consented, fresh] = [yes(), consent(), status()];
const ids = (count: number): Item => [
  ACTIVE,
  Array.from({ length: count }, (_, i) => [sha256(`id ${i}`), NOW + 9]).sort(([a], [b]) =>
    Buffer.compare(a as Uint8Array, b as Uint8Array),
  ),
];
const badHop = hop([], 2, { signer: stranger });
const weak = { kid: keyId(weakKey) };

// biome-ignore format: a table of tests
const presentations: readonly Case[] = [
  // What is at hand.
  row(1, 'a sealed token without evidence', 'It needs none to be read.', 'normal', []),
  row(2, 'an open token without evidence', 'It needs none to be read.', 'normal', [], { recipe: open(grant(asking)) }),
  row(3, 'a status', 'The root names its key.', 'normal', [by('status', control)], { pieces: [fresh] }),
  row(4, 'an approval', 'The root names its key.', 'normal', [by('approval', cfo)], { pieces: [yesOne] }),
  row(5, 'a consent', 'The root names its key.', 'normal', [by('consent', cfo)], { pieces: [consented] }),
  row(6, 'one of each kind', 'Pieces stay in their order, which is free.', 'normal', [by('consent', cfo), by('status', control), by('approval', cfo)], { pieces: [consented, fresh, yesOne] }),
  row(7, 'the same piece twice', 'Each is a piece.', 'normal', [by('status', control), by('status', control)], { pieces: [fresh, fresh] }),
  row(8, 'evidence on an HMAC chain', 'Evidence is Ed25519 in either suite.', 'suite', [by('status', control), by('approval', cfo)], { recipe: grant([alive, approval], 1), pieces: [fresh, yesOne] }),
  row(9, 'evidence on an open token of Ed25519', 'It must be authentic all the same.', 'normal', [by('status', control), by('consent', cfo)], { recipe: open(grant(asking)), pieces: [fresh, consented] }),
  row(10, '16 pieces', 'That is the limit.', 'limit', Array.from({ length: 16 }, () => by('status', control)), { pieces: Array.from({ length: 16 }, (_, i) => status(-i)) }),
  row(11, '17 pieces', 'One more than the limit.', 'limit', 'limit.evidence', { pieces: Array.from({ length: 17 }, (_, i) => status(-i)) }),
  row(12, 'a status that revokes 300 ids', 'Of entries in its payload, only bytes are the limit.', 'limit', [by('status', control)], { pieces: [status(0, ids(300))] }),
  row(13, 'a status of more than 16,384 bytes', 'A piece on a token is smaller.', 'limit', 'limit.size', { pieces: [status(0, ids(450))] }),
  row(14, 'the same status, loaded by the service', 'What a service loads is bounded otherwise.', 'limit', [by('status', control)], { loaded: [status(0, ids(450))] }),
  row(15, 'an approval of 257 claims', 'The limit of entries is for all payloads but that of a status.', 'limit', 'limit.entries', { pieces: [yes({ claims: Array.from({ length: 257 }, (_, i) => [100 + i, 1] as const) })] }),

  // A verifier that reads no evidence.
  row(16, 'no evidence, for a verifier that reads none', 'Nothing is ignored.', 'evidence', [], { evidence: 'none' }),
  row(17, 'a status, for a verifier that reads none', 'It must not be ignored.', 'evidence', 'evidence.unsupported', { pieces: [fresh], evidence: 'none' }),
  row(18, 'a malformed piece, for a verifier that reads none', 'It does not look into it.', 'evidence', 'evidence.unsupported', { pieces: [unknown], evidence: 'none' }),
  row(19, 'a status behind a wrong signature, for a verifier that reads none', 'Signatures come first.', 'order', 'signature.invalid', { recipe: badHop, pieces: [fresh], evidence: 'none' }),

  // Order.
  row(20, 'a malformed piece and a claim that is missing', 'The token is decoded first.', 'order', 'claim.missing', { recipe: grant([[4, undefined]]), pieces: [unknown] }),
  row(21, 'a piece that is not base64url and a claim that is missing', 'The text is taken apart first.', 'order', 'text.base64', { recipe: grant([[4, undefined]]), text: (text) => `${text}~====` }),
  row(22, 'a malformed piece and an unknown anchor', 'Evidence is read last.', 'order', 'anchor.unknown', { recipe: { ...grant(asking), root: stranger }, pieces: [unknown] }),
  row(23, 'a malformed piece and a wrong signature of a hop', 'Evidence is read after all signatures.', 'order', 'signature.invalid', { recipe: badHop, pieces: [unknown] }),
  row(24, 'a malformed piece and a wrong signature of the seal', 'Evidence is read after all signatures.', 'order', 'signature.invalid', { recipe: seal([], 2, { signer: stranger }), pieces: [unknown] }),
  row(25, 'a malformed piece and a wrong tag', 'Evidence is read after the tag.', 'order', 'mac.invalid', { recipe: seal([], 1, { macKey: sha256('another') }), pieces: [unknown] }),
  refuse(26, 'two malformed pieces', 'The first is told.', 'order', 'evidence.kind', unknown, raw(0xfb)),
  refuse(27, 'the same two the other way round', 'The first is told.', 'order', 'cbor.float', raw(0xfb), unknown),
  refuse(28, 'a piece that does not verify before a malformed one', 'All are read before one is verified.', 'order', 'evidence.kind', forged, unknown),
  row(29, 'a piece that does not verify and malformed statuses of the service', 'Those are read too.', 'order', 'evidence.kind', { pieces: [forged], loaded: [unknown] }),
  row(30, 'a malformed piece and malformed statuses of the service', 'Those of the token are read first.', 'order', 'cbor.float', { pieces: [raw(0xfb)], loaded: [unknown] }),
  row(31, 'a piece by a weak key, and one that does not verify', 'Pieces are verified in their order.', 'order', 'key.weak', { recipe: grant([[12, set([weakKey, 300], [control.publicKey, 300])]]), pieces: [own(posing(weak)), forged] }),

  // Malformed pieces, step by step.
  refuse(32, 'an empty piece', 'A part may be empty; a piece may not.', 'evidence-form', 'cbor.truncated', raw()),
  refuse(33, 'a byte behind a piece', 'A piece is one item.', 'trailing-data', 'cbor.trailing', edited(fresh, (bytes) => Uint8Array.of(...bytes, 0))),
  refuse(34, 'a tagged piece', 'No tag is written.', 'tag-or-simple', 'cbor.tag', edited(fresh, (bytes) => Uint8Array.of(0xd2, ...bytes))),
  refuse(35, 'a piece that is a map', 'It is an array of two.', 'evidence-form', 'evidence.shape', raw(0xa0)),
  refuse(36, 'a piece of three elements', 'It is an array of two.', 'evidence-form', 'evidence.shape', own({ wrap: (kind, item) => [kind, item, 1] })),
  refuse(37, 'a bare signed object', 'Its kind is missing.', 'evidence-form', 'evidence.shape', own({ wrap: (_, item) => item })),
  refuse(38, 'a signed object of three elements', 'It is an array of four.', 'evidence-form', 'evidence.shape', own({ wrap: (kind, item) => [kind, (item as Item[]).slice(0, 3)] })),
  refuse(39, 'an unknown kind and a signed object of three elements', 'The shape comes before the kind.', 'order', 'evidence.shape', own({ wrap: (_, item) => [4, (item as Item[]).slice(0, 3)] })),
  refuse(40, 'an unknown kind', 'It is not passed over.', 'evidence-form', 'evidence.kind', unknown),
  refuse(41, 'an unknown kind by a key that the chain does not name', 'It is not passed over either.', 'evidence-form', 'evidence.kind', own({ by: stranger, wrap: (_, item) => [4, item] })),
  refuse(42, 'a kind that is a text', 'Kinds are integers.', 'type-confusion', 'evidence.kind', own({ wrap: (_, item) => ['1', item] })),
  refuse(43, 'an unknown kind and a wrong header', 'The kind comes before the header.', 'order', 'evidence.kind', own({ header: headerOf(2), wrap: (_, item) => [0, item] })),
  refuse(44, 'a header without a kid', 'It says who signs.', 'header', 'token.header', own({ header: headerOf(2) })),
  refuse(45, 'a header of another algorithm', 'Evidence is Ed25519.', 'algorithm-confusion', 'token.header', own({ header: new Map<number, Item>([[1, -8], [4, control.kid]]) })),
  refuse(46, 'the kid of a secret', 'Evidence is Ed25519 in either suite.', 'header', 'token.header', own({ header: headerOf(1, control.kid.slice(0, 16)) })),
  refuse(47, 'an unprotected header', 'It is empty.', 'header', 'token.header', own({ unprotected: new Map([[4, control.kid]]) })),
  refuse(48, 'a wrong header and a payload that is a text', 'The header comes before the payload.', 'order', 'token.header', own({ header: headerOf(2), wrap: (kind, item) => [kind, (item as Item[]).with(2, 'x')] })),
  refuse(49, 'a payload that is a text', 'It is a byte string.', 'evidence-form', 'evidence.shape', own({ wrap: (kind, item) => [kind, (item as Item[]).with(2, 'x')] })),
  refuse(50, 'a signature of 63 bytes', 'It has 64.', 'evidence-form', 'evidence.shape', own({ proof: new Uint8Array(63) })),
  refuse(51, 'a signature of 65 bytes and claims that are missing', 'The shape comes before the claims.', 'order', 'evidence.shape', own({ payload: new Map(), proof: new Uint8Array(65) })),
  refuse(52, 'a payload in another order', 'It keeps to the encoding profile.', 'map-form', 'cbor.key-order', own({ payloadBytes: Uint8Array.of(0xa2, 6, 0, 4, 0) })),
  refuse(53, 'a payload that is a list', 'It is a map.', 'type-confusion', 'claim.value', own({ payload: [] })),
  refuse(54, 'a claim that a status does not have', 'Nothing unknown is passed over.', 'unknown-claim', 'claim.unknown', own({ claims: [[3, AUDIENCE]] })),
  refuse(55, 'a status without an end', 'It is required.', 'missing-claim', 'claim.missing', own({ claims: [[4, undefined]] })),
  refuse(56, 'a consent without a time', 'It is required.', 'missing-claim', 'claim.missing', consent({ claims: [[6, undefined]] })),
  refuse(57, 'an approval that ends when it is given', 'It is good for a while.', 'claim-grammar', 'claim.value', yes({ claims: [[4, NOW]] })),
  refuse(58, 'an approval without an answer', 'It is required.', 'missing-claim', 'claim.missing', yes({ claims: [[10, undefined]] })),
  refuse(59, 'a state that is not defined', 'States are 1 to 4.', 'claim-grammar', 'claim.value', status(0, [5, []])),
  refuse(60, 'one id with two times', 'It says one thing twice.', 'degenerate-form', 'claim.degenerate', status(0, [REVOKED, [[sha256('id'), NOW], [sha256('id'), NOW + 1]]])),
  refuse(61, 'a malformed piece by a key that the chain does not name', 'Whoever signed it, it refuses the whole.', 'evidence-form', 'claim.missing', own({ by: stranger, claims: [[4, undefined]] })),

  // Authentic.
  row(62, 'a status by a key that the chain does not name', 'It says nothing.', 'status-source', [by('status', stranger, true)], { pieces: [own({ by: stranger })] }),
  row(63, 'a wrong signature under a key that the chain does not name', 'It is not verified.', 'status-source', [by('status', lookup, true)], { pieces: [own(posing(lookup))] }),
  row(64, 'an approval of another chain under a key that the chain does not name', 'It is not verified.', 'approval-binding', [by('approval', stranger, true)], { pieces: [yes({ by: stranger, link: sha256('another') })] }),
  row(65, 'a chain that names no key', 'The key of its anchor is not one that it names.', 'status-source', [by('consent', cfo, true)], { recipe: asksNothing, pieces: [consented] }),
  row(66, 'a delegate that signs a status', 'The key of a delegate is not one that the chain asks.', 'status-source', [by('status', lookup, true)], { pieces: [own({ by: lookup })] }),
  refuse(67, 'a status that another key signed', 'It must verify under the key that it names.', 'wrong-signer', 'evidence.signature', forged),
  refuse(68, 'a status that was changed', 'It must verify.', 'altered-proof', 'evidence.signature', own({ proof: new Uint8Array(64).fill(1) })),
  refuse(69, 'an approval of another chain', 'The id of the last block is in what is signed.', 'approval-binding', 'evidence.signature', yes({ link: sha256('another') })),
  row(70, 'an approval of the chain before a further hop', 'It is of another last block.', 'approval-binding', 'evidence.signature', { recipe: hops([[], []], asking), pieces: [(sealed) => yes({ link: sealed.blocks[1]?.id as Uint8Array })(sealed)] }),
  refuse(71, 'a consent to another grant', 'The id of the root block is in what is signed.', 'wrong-link', 'evidence.signature', consent({ link: sha256('another') })),
  refuse(72, 'a status with a link', 'A status serves for all chains, and has none.', 'wrong-link', 'evidence.signature', own({ link: sha256('another') })),
  refuse(73, 'a status under the label of a receipt', 'The label keeps kinds apart.', 'wrong-label', 'evidence.signature', own({ label: 'receipt' })),
  row(74, 'a status by a key that only an approval names', 'It is a key of the chain.', 'status-source', [by('status', cfo)], { recipe: grant([approval]), pieces: [own({ by: cfo })] }),
  row(75, 'a wrong status by a key that only an approval names', 'It must verify, for whatever it is used.', 'status-source', 'evidence.signature', { recipe: grant([approval]), pieces: [own(posing(cfo))] }),
  row(76, 'a key that only the hop names', 'It is a key of the chain.', 'status-source', [by('status', control)], { recipe: hop([alive]), pieces: [fresh] }),
  row(77, 'a key that only the anchor names', 'It is a key of the chain.', 'anchor-alive', 'evidence.signature', { recipe: { ...asksNothing, root: watched }, pieces: [forged] }),
  row(78, 'the same under an anchor that asks for nothing', 'Nobody names the key.', 'anchor-alive', [by('status', control, true)], { pieces: [forged], recipe: asksNothing }),
  row(79, 'a weak key that the chain names', 'No signature of it is good.', 'weak-key', 'key.weak', { recipe: grant([[12, [[weakKey, 300]]]]), pieces: [own(posing(weak))] }),
  row(80, 'a weak key that the chain names, and no piece by it', 'Nothing of it must verify.', 'weak-key', [], { recipe: grant([[12, [[weakKey, 300]]]]) }),
  row(81, 'a key of another algorithm', 'It has no key id, and signs nothing.', 'algorithm-confusion', [by('status', control, true)], { recipe: grant([[12, [[[-8, control.publicKey], 300]]]]), pieces: [fresh] }),
  refuse(82, 'a signature with S + L', 'The one rule of Ed25519 holds for evidence too.', 'signature-malleability', 'evidence.signature', edited(fresh, (bytes) => Uint8Array.of(...bytes.slice(0, -64), ...malleated(bytes.slice(-64))))),
  row(83, 'a wrong piece on an open token', 'Nothing is weighed; it must be authentic all the same.', 'wrong-signer', 'evidence.signature', { recipe: open(grant(asking)), pieces: [forged] }),

  row(91, 'a piece that does not verify, and one by a weak key', 'Pieces are verified in their order.', 'order', 'evidence.signature', { recipe: grant([[12, set([weakKey, 300], [control.publicKey, 300])]]), pieces: [forged, own(posing(weak))] }),

  // Statuses that the service has loaded.
  row(84, 'a status that the service has loaded', 'It is at hand behind those of the token.', 'normal', [by('consent', cfo), by('status', control)], { pieces: [consented], loaded: [fresh] }),
  row(85, 'a wrong status that the service has loaded', 'It must verify like those of the token.', 'wrong-signer', 'evidence.signature', { loaded: [forged] }),
  row(86, 'a loaded status of another authority', 'It says nothing.', 'status-source', [by('status', stranger, true)], { loaded: [own({ by: stranger })] }),
  row(87, 'loaded statuses a line each', 'A text of evidence may have a line feed before a ~, and white space around it.', 'text-form', [by('status', control), by('status', control)], { loaded: [fresh, status(-1)], statuses: (text) => `\n ${text.slice(0, text.lastIndexOf('~'))}\n${text.slice(text.lastIndexOf('~'))}\n` }),
  row(88, 'loaded statuses with two line feeds between', 'There may be one.', 'text-form', 'text.base64', { loaded: [fresh, status(-1)], statuses: (text) => `${text.slice(0, text.lastIndexOf('~'))}\n\n${text.slice(text.lastIndexOf('~'))}` }),
  row(89, 'loaded statuses without a ~', 'A piece begins with one.', 'text-form', 'text.prefix', { loaded: [fresh], statuses: (text) => text.slice(1) }),
  row(90, 'a token with a line feed before its evidence', 'A presentation has no white space.', 'text-form', 'text.base64', { pieces: [fresh], text: (text) => text.replace('~', '\n~') }),
];

/** Tokens with evidence. */
export const cases: Cases = {
  setting: { clock: NOW, audience: AUDIENCE, trust, keys },
  cases: presentations,
};
