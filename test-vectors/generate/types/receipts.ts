import {
  cbor,
  cfo,
  forge,
  headerOf,
  hex,
  type Item,
  invocationPayload,
  NOW,
  type Pair,
  research,
  scene,
  sha256,
  stranger,
} from '../../../test/support/forge.ts';
import { forgeNote, recorder } from '../../../test/support/forge-log.ts';
import { malleated } from '../edge.ts';
import { checkpoint, type Entry, jwkOf, type Line, type Log, NAME, write } from '../log.ts';
import {
  consent,
  control,
  early,
  flipped,
  grant,
  hop,
  iam,
  jcs,
  open,
  replaced,
  retired,
  seal,
  status,
  yes,
} from '../scene.ts';

// Receipts: what one says, what holds a log together, what a checkpoint shows, and what an auditor proves.

const three: readonly Line[] = [{}, {}, {}];
const log = write(three);
const unknown = write([{}, { claims: [[5, 0]] }]).lines[1] ?? '';
const half = log.lines[1]?.slice(0, 99) ?? '';
const canonical = jcs(log.receipts[1]?.summary);
const posing: Pair = { ...stranger, publicKey: recorder.publicKey, kid: recorder.kid };
const [rootBlock] = forge(scene(2)).blocks.map(({ id }) => hex(id));
// Told otherwise from the second receipt on, and signed anew.
const forked: readonly Line[] = [{}, { says: { notEstablished: ['order'] } }, {}];

/** Changes to the lines of a file. */
const lines = (change: (lines: string[]) => string[]) => (text: string) =>
  change(text.split('\n').slice(0, -1))
    .map((line) => `${line}\n`)
    .join('');

/** A log whose second line is no receipt, and which the third does not seal. */
const misshapen = (part: Entry): Pick<Log, 'lines' | 'refused'> => ({
  lines: [{}, part, {}],
  refused: ['receipt.shape', 2, 1],
});
const claims = (...changes: [number, Item][]) => misshapen({ claims: changes });
const payload = (from: string, to: string) => misshapen({ payloadBytes: replaced(cbor(plain), from, to) });
const wrap = (change: NonNullable<Entry['wrap']>) => misshapen({ wrap: change });
const rewrite = (change: (bytes: Buffer) => Buffer) =>
  misshapen({ text: (line) => change(Buffer.from(line, 'base64url')).toString('base64url') });
const header = (...entries: [Item, Item][]) => misshapen({ header: new Map(entries) });
const told = (part: Pick<Entry, 'summary' | 'says' | 'claims'>): Pick<Log, 'lines' | 'refused'> => ({
  lines: [{}, part],
  refused: ['receipt.shape', 2, 1],
});

/** The same bytes, with a bit set in the last character that belongs to none of them. */
function stray(line: string): string {
  if (line.length % 4 === 0) throw new Error('all bits belong to a byte');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return line.slice(0, -1) + alphabet[alphabet.indexOf(line.slice(-1)) + 1];
}

// A payload in which each encoding is at one place only.
const plain = new Map<number, Item>([[1, 1], [3, []], [4, Uint8Array.from(Buffer.from('{}'))], [6, NOW + 1]]); // biome-ignore format: pairs read as pairs

const watched = grant([
  [12, [[control.publicKey, 60]]],
  [13, [[[], [cfo.publicKey], 1, 600]]],
  [17, cfo.publicKey],
]);
const relied = [
  { kind: 'status', block: 0, key: jwkOf(control.publicKey), subject: 'mailto:cfo@acme.example#q3-report', issued: NOW, age: 0 },
  { kind: 'approval', block: 0, key: jwkOf(cfo.publicKey), iat: NOW },
  { kind: 'consent', block: 0, key: jwkOf(cfo.publicKey), iat: NOW },
]; // biome-ignore format: one each line

const deny = (code: string, block: number | null, caveat: string, rest: object = {}) => ({
  verdict: 'deny',
  code,
  denials: [{ code, block, caveat }],
  ...rest,
});
/** Refused for its checkpoint, before a line is read. */
const refuseNote = (code: 'shape' | 'key' | 'signature') =>
  ({ lines: three, refused: [`receipt.${code}`, null, 0] }) satisfies Pick<Log, 'lines' | 'refused'>;
const note = (text: string) => [() => forgeNote(text, NAME)];
const hash = sha256('a head');
const base64 = Buffer.from(hash).toString('base64');
const bytes = (size: number) => new Uint8Array(size);
// The example of golang.org/x/mod/sumdb/note.
const PUBLISHED = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

// biome-ignore format: a log reads as a paragraph
export const logs: readonly Log[] = [
  // What one says.
  { id: 'receipts-001', name: 'an empty log', reason: 'Nothing was decided yet.', flags: ['normal'], lines: [] },
  { id: 'receipts-002', name: 'one receipt', reason: 'The first hangs on nothing.', flags: ['normal'], lines: [{}] },
  { id: 'receipts-003', name: 'three receipts', reason: 'Each hangs on the one before.', flags: ['normal'], lines: three },
  { id: 'receipts-004', name: 'a denial', reason: 'What is denied is recorded as well.', flags: ['normal'], lines: [{ of: seal([[2, 'contracts/7']]), says: deny('scope.resource', 0, 'scope') }, {}] },
  { id: 'receipts-005', name: 'a denial with a need', reason: 'Of a need, its kind and block are kept.', flags: ['normal'], lines: [{ of: watched, says: deny('alive.status', 0, 'alive', { needs: [{ kind: 'status', block: 0 }] }) }] },
  { id: 'receipts-006', name: 'a sealed token of suite 1', reason: 'It can be shown: what follows from it was used up by the request.', flags: ['normal', 'suite'], lines: [{ of: scene(1) }] },
  { id: 'receipts-007', name: 'an open token of suite 1', reason: 'Its tag is a secret, so it is left out, and the receipt proves nothing but what its signer said.', flags: ['normal', 'suite'], lines: [{ of: null, says: { ...deny('invocation.missing', null, 'invocation'), request: null, notEstablished: ['replay'] } }] },
  { id: 'receipts-008', name: 'a reservation and an alarm', reason: 'They are kept where there are any.', flags: ['normal'], lines: [{ says: { reservation: '00112233445566778899aabbccddeeff', alarms: [{ kind: 'revived', key: jwkOf(control.publicKey), subject: 'q3', issued: NOW }] } }] },
  { id: 'receipts-009', name: 'evidence', reason: 'Status, approval and consent are kept, and can be verified like the token.', flags: ['normal'], lines: [{ of: watched, evidence: [status(), yes(), consent()], says: { relied, grantor: { principal: 'mailto:cfo@acme.example', known: 'own-key', by: 'mailto:cfo@acme.example' } }, proven: { evidence: ['status', 'approval', 'consent'] } }] },
  { id: 'receipts-010', name: 'evidence of 256 items, of which none is evidence', reason: 'As many there may be. What they are shows when they are proven.', flags: ['limit'], lines: [{ claims: [[3, Array.from({ length: 256 }, () => bytes(0))]], proven: { evidence: Array.from({ length: 256 }, () => null) } }] },
  { id: 'receipts-011', name: 'an item of evidence with 16,384 bytes', reason: 'As many it may have.', flags: ['limit'], lines: [{ claims: [[3, [bytes(16_384)]]], proven: { evidence: [null] } }] },

  // What holds a log together.
  { id: 'receipts-012', name: 'the first receipt removed', reason: 'The first has the number 0.', flags: ['log-order'], lines: three, text: lines(([, ...rest]) => rest), refused: ['receipt.link', 1, 0] },
  { id: 'receipts-013', name: 'a receipt removed in the middle', reason: 'Numbers have no gap.', flags: ['log-order'], lines: three, text: lines(([a = '', , c = '']) => [a, c]), refused: ['receipt.link', 2, 1] },
  { id: 'receipts-014', name: 'the last receipt removed', reason: 'Without a checkpoint nothing shows it.', flags: ['checkpoint'], lines: three, text: lines((all) => all.slice(0, -1)), size: 2 },
  { id: 'receipts-015', name: 'two receipts in another order', reason: 'Numbers rise by one.', flags: ['log-order'], lines: three, text: lines(([a = '', b = '', c = '']) => [a, c, b]), refused: ['receipt.link', 2, 1] },
  { id: 'receipts-016', name: 'a receipt that comes twice', reason: 'Numbers rise by one.', flags: ['log-order'], lines: three, text: lines(([a = '', b = '', c = '']) => [a, b, b, c]), refused: ['receipt.link', 3, 2] },
  { id: 'receipts-017', name: 'a number that is signed and wrong', reason: 'It is how many receipts stand before.', flags: ['log-order'], lines: [{}, { claims: [[1, 2]] }], refused: ['receipt.link', 2, 1] },
  { id: 'receipts-018', name: 'a first receipt that hangs on another', reason: 'The first hangs on nothing.', flags: ['wrong-link'], lines: [{ link: sha256('the receipt before') }], refused: ['receipt.signature', 1, 0] },
  { id: 'receipts-019', name: 'a second receipt that hangs on nothing', reason: 'It hangs on the id of the first.', flags: ['wrong-link'], lines: [{}, { link: bytes(0) }], refused: ['receipt.signature', 2, 1] },
  { id: 'receipts-020', name: 'a receipt that its signer told otherwise later', reason: 'It verifies. The next one hangs on the one that it replaced.', flags: ['splice', 'log-order'], lines: forked, text: lines(([a = '', b = '']) => [a, b, log.lines[2] ?? '']), refused: ['receipt.signature', 3, 2] },

  // Key and signature.
  { id: 'receipts-021', name: 'a receipt by another key', reason: 'A log has one key.', flags: ['wrong-signer'], lines: [{}, { signer: stranger }], refused: ['receipt.key', 2, 1] },
  { id: 'receipts-022', name: 'a receipt by another key under the id of the right one', reason: 'The signature is verified with the key of the log.', flags: ['wrong-signer'], lines: [{}, { signer: posing }], refused: ['receipt.signature', 2, 1] },
  { id: 'receipts-023', name: 'a receipt by the right key under the id of another', reason: 'It says that another key signed it.', flags: ['wrong-signer'], lines: [{}, { header: headerOf(2, stranger.kid) }], refused: ['receipt.key', 2, 1] },
  { id: 'receipts-024', name: 'a signature with one bit changed', reason: 'It does not verify.', flags: ['altered-proof'], lines: [{}, { wrap: ([h, u, p, s]) => [h, u, p, flipped(s as Uint8Array)] }], refused: ['receipt.signature', 2, 1] },
  { id: 'receipts-025', name: 'a signature with S + L', reason: 'S is reduced.', flags: ['signature-malleability'], lines: [{}, { wrap: ([h, u, p, s]) => [h, u, p, malleated(s as Uint8Array)] }], refused: ['receipt.signature', 2, 1] },
  { id: 'receipts-026', name: 'a receipt that is signed as a status', reason: 'The label is part of what is signed.', flags: ['wrong-label'], lines: [{ label: 'status' }], refused: ['receipt.signature', 1, 0] },
  { id: 'receipts-027', name: 'a wrong key and a wrong number', reason: 'The key is looked at first.', flags: ['order'], lines: [{}, { signer: stranger, claims: [[1, 7]] }], refused: ['receipt.key', 2, 1] },
  { id: 'receipts-028', name: 'a wrong number and a wrong signature', reason: 'The number is looked at first.', flags: ['order'], lines: [{}, { claims: [[1, 7]], link: bytes(0) }], refused: ['receipt.link', 2, 1] },
  { id: 'receipts-029', name: 'a wrong signature and a summary that is none', reason: 'The signature is looked at first.', flags: ['order'], lines: [{}, { link: bytes(0), summary: '{}' }], refused: ['receipt.signature', 2, 1] },

  // Form.
  { id: 'receipts-030', name: 'a header of another algorithm', reason: 'A receipt is Ed25519.', flags: ['header', 'algorithm-confusion'], ...header([1, -8], [4, recorder.kid]) },
  { id: 'receipts-031', name: 'a header with one entry more', reason: 'There is one header.', flags: ['header'], ...header([1, -19], [3, 0], [4, recorder.kid]) },
  { id: 'receipts-032', name: 'a header without the id of a key', reason: 'There is one header.', flags: ['header'], ...header([1, -19]) },
  { id: 'receipts-033', name: 'an id of a key with 31 bytes', reason: 'A thumbprint has 32.', flags: ['header'], ...header([1, -19], [4, bytes(31)]) },
  { id: 'receipts-034', name: 'an unprotected header with an entry', reason: 'Nobody signs it.', flags: ['header'], ...misshapen({ unprotected: new Map([[4, recorder.kid]]) }) },
  { id: 'receipts-035', name: 'a COSE tag around the array', reason: 'Tags are refused.', flags: ['tag-or-simple'], ...rewrite((item) => Buffer.concat([Uint8Array.of(0xd2), item])) },
  { id: 'receipts-036', name: 'a fifth item', reason: 'There are four.', flags: ['token-shape'], ...wrap((item) => [...item, 0]) },
  { id: 'receipts-037', name: 'no signature', reason: 'There are four items.', flags: ['token-shape'], ...wrap((item) => item.slice(0, 3)) },
  { id: 'receipts-038', name: 'a signature of 63 bytes', reason: 'It has 64.', flags: ['token-shape'], ...wrap(([h, u, p]) => [h, u, p, bytes(63)]) },
  { id: 'receipts-039', name: 'a payload that is no bytes', reason: 'A payload is a byte string.', flags: ['token-shape'], ...wrap(([h, u, , s]) => [h, u, null, s]) },
  { id: 'receipts-040', name: 'a payload that is no map', reason: 'A payload holds claims.', flags: ['token-shape'], ...misshapen({ payloadBytes: cbor([1]) }) },
  { id: 'receipts-041', name: 'a claim that is not defined', reason: 'What is not known is refused.', flags: ['unknown-claim'], ...claims([5, 0]) },
  { id: 'receipts-042', name: 'a claim whose name is a text', reason: 'Claims are numbers.', flags: ['unknown-claim'], ...payload('a4', 'a5616100') },
  { id: 'receipts-043', name: 'no number', reason: 'It is required.', flags: ['missing-claim'], ...claims([1, undefined]) },
  { id: 'receipts-044', name: 'no list of evidence', reason: 'It is required, also where it is empty.', flags: ['missing-claim'], ...claims([3, undefined]) },
  { id: 'receipts-045', name: 'no summary', reason: 'It is required.', flags: ['missing-claim'], ...claims([4, undefined]) },
  { id: 'receipts-046', name: 'no time', reason: 'It is required.', flags: ['missing-claim'], ...claims([6, undefined]) },
  { id: 'receipts-047', name: 'a number that is a text', reason: 'It is a whole number.', flags: ['claim-grammar'], ...claims([1, '1']) },
  { id: 'receipts-048', name: 'a negative number', reason: 'It is at least 0.', flags: ['claim-grammar', 'number-range'], ...claims([1, -1]) },
  { id: 'receipts-049', name: 'a token that is a text', reason: 'It is bytes.', flags: ['claim-grammar'], ...claims([2, 'writ_']) },
  { id: 'receipts-050', name: 'a token of no bytes', reason: 'One that is left out is absent.', flags: ['degenerate-form'], ...claims([2, bytes(0)]) },
  { id: 'receipts-051', name: 'a token of 65,537 bytes', reason: 'A token has at most 65,536.', flags: ['limit'], ...claims([2, bytes(65_537)]) },
  { id: 'receipts-052', name: 'evidence that is no list', reason: 'It is a list.', flags: ['claim-grammar'], ...claims([3, bytes(0)]) },
  { id: 'receipts-053', name: 'an item of evidence that is no bytes', reason: 'Items are bytes.', flags: ['claim-grammar'], ...claims([3, [[1, []]]]) },
  { id: 'receipts-054', name: 'an item of evidence with 16,385 bytes', reason: 'It has at most 16,384.', flags: ['limit'], ...claims([3, [bytes(16_385)]]) },
  { id: 'receipts-055', name: '257 items of evidence', reason: 'There are at most 256.', flags: ['limit'], ...claims([3, Array.from({ length: 257 }, () => bytes(0))]) },
  { id: 'receipts-056', name: 'a summary that is a text', reason: 'It is bytes.', flags: ['claim-grammar'], ...claims([4, '{}']) },
  { id: 'receipts-057', name: 'a time that is a text', reason: 'It is a whole number.', flags: ['claim-grammar'], ...claims([6, 'now']) },
  { id: 'receipts-058', name: 'a time of 2^33', reason: 'Times are below it.', flags: ['claim-grammar', 'number-range'], ...claims([6, 2 ** 33]) },
  { id: 'receipts-059', name: 'a seal of three members', reason: 'It has two.', flags: ['claim-grammar'], ...claims([9, [3, sha256('abc'), 0]]) },
  { id: 'receipts-060', name: 'a seal with a digest of 31 bytes', reason: 'A SHA-256 has 32.', flags: ['claim-grammar'], ...claims([9, [3, bytes(31)]]) },
  { id: 'receipts-061', name: 'a number in a longer form', reason: 'There is one encoding of each integer.', flags: ['integer-form'], ...payload('a40101', 'a4011801') },
  { id: 'receipts-062', name: 'claims in another order', reason: 'Keys are sorted.', flags: ['map-form'], ...payload('a401010380', 'a403800101') },
  { id: 'receipts-063', name: 'a claim that comes twice', reason: 'Keys are unique.', flags: ['map-form'], ...payload('a40101', 'a501010101') },
  { id: 'receipts-064', name: 'a byte behind the payload', reason: 'A payload is one item.', flags: ['trailing-data'], ...misshapen({ payloadBytes: Uint8Array.of(...cbor(plain), 0) }) },
  { id: 'receipts-065', name: 'a byte behind the receipt', reason: 'A receipt is one item.', flags: ['trailing-data'], ...rewrite((item) => Buffer.concat([item, bytes(1)])) },
  { id: 'receipts-066', name: 'a receipt without its last byte', reason: 'It ends before its end.', flags: ['truncated'], ...rewrite((item) => item.subarray(0, -1)) },

  // Base64url, and lines.
  { id: 'receipts-067', name: 'a line with padding', reason: 'Base64url has none here.', flags: ['text-form'], ...misshapen({ text: (line) => `${line}=` }) },
  { id: 'receipts-068', name: 'a line in the alphabet of base64', reason: 'The alphabet is that of base64url.', flags: ['text-form'], ...misshapen({ text: (line) => line.replaceAll('-', '+').replaceAll('_', '/') }) },
  { id: 'receipts-069', name: 'a line with a bit set that belongs to no byte', reason: 'There is one text of each receipt.', flags: ['text-form'], ...misshapen({ claims: [[3, [bytes(1)]]], text: stray }) },
  { id: 'receipts-070', name: 'a line with a carriage return', reason: 'A newline alone ends a line.', flags: ['text-form'], ...misshapen({ text: (line) => `${line}\r` }) },
  { id: 'receipts-071', name: 'a line with the prefix of a token', reason: 'A receipt is no token.', flags: ['text-form'], ...misshapen({ text: (line) => `writ_${line}` }) },
  { id: 'receipts-072', name: 'two receipts in one line', reason: 'A line has one.', flags: ['text-form'], lines: three, text: (text) => text.replace('\n', ''), refused: ['receipt.shape', 1, 0] },

  // The summary.
  { id: 'receipts-073', name: 'a summary with a space', reason: 'Its form is RFC 8785.', flags: ['summary'], ...told({ summary: `${canonical} ` }) },
  { id: 'receipts-074', name: 'a summary with members in another order', reason: 'Its form is RFC 8785.', flags: ['summary'], ...told({ summary: canonical.replace(/^\{(.*),("verdict":"allow")\}$/, '{$2,$1}') }) },
  { id: 'receipts-075', name: 'a summary with a member that comes twice', reason: 'What one reader shows, the other one must.', flags: ['summary', 'map-form'], ...told({ summary: canonical.replace('"verdict"', '"verdict":"deny","verdict"') }) },
  { id: 'receipts-076', name: 'a summary that is no JSON', reason: 'It is an object.', flags: ['summary'], ...told({ summary: 'allowed' }) },
  { id: 'receipts-077', name: 'a summary that is not in UTF-8', reason: 'It is UTF-8.', flags: ['summary', 'unicode'], ...told({ claims: [[4, Uint8Array.of(0x22, 0xff, 0x22)]] }) },
  { id: 'receipts-078', name: 'a summary with a byte order mark', reason: 'It is no part of the form.', flags: ['summary', 'unicode'], ...told({ summary: `\ufeff${canonical}` }) },
  { id: 'receipts-079', name: 'a verdict that is neither', reason: 'It is allow or deny.', flags: ['summary'], ...told({ says: { verdict: 'maybe' } }) },
  { id: 'receipts-080', name: 'a summary without a grantor', reason: 'A decision has one.', flags: ['summary', 'missing-claim'], ...told({ says: { grantor: undefined } }) },
  { id: 'receipts-081', name: 'a summary without a chain', reason: 'A decision has one.', flags: ['summary', 'missing-claim'], ...told({ says: { chain: undefined } }) },
  { id: 'receipts-082', name: 'a summary of another time', reason: 'There is one clock reading.', flags: ['summary'], ...told({ says: { now: NOW } }) },
  { id: 'receipts-083', name: 'a summary of another time before a receipt that holds', reason: 'It is signed, so it is not torn, and nothing can seal it.', flags: ['summary', 'torn-bytes'], lines: [{}, { says: { now: NOW } }, {}], refused: ['receipt.shape', 2, 1] },

  // Torn bytes.
  { id: 'receipts-084', name: 'a part of a receipt, sealed', reason: 'A writer was killed; the next receipt says what it left.', flags: ['torn-bytes'], lines: [{}, half, {}] },
  { id: 'receipts-085', name: 'an empty line, sealed', reason: 'Between two newlines there are no bytes, and the seal says so.', flags: ['torn-bytes'], lines: [{}, '', {}] },
  { id: 'receipts-086', name: 'binary bytes, sealed', reason: 'A system that lost power may leave anything.', flags: ['torn-bytes'], lines: [{}, '\x00\x00\xff\xfe\r\x80~', {}] },
  { id: 'receipts-087', name: 'several torn lines, sealed', reason: 'The newlines between them count.', flags: ['torn-bytes'], lines: [{}, 'abc', '', half, {}] },
  { id: 'receipts-088', name: 'torn bytes before the first receipt', reason: 'The first can seal as well.', flags: ['torn-bytes'], lines: [half, {}] },
  { id: 'receipts-089', name: 'torn bytes at two places', reason: 'Each receipt seals what is right before it.', flags: ['torn-bytes'], lines: [{}, half, {}, {}, 'abc', {}] },
  { id: 'receipts-090', name: 'torn bytes that would be a receipt but for a claim', reason: 'What does not decode is torn, whatever it looks like.', flags: ['torn-bytes', 'unknown-claim'], lines: [{}, unknown, {}] },
  { id: 'receipts-091', name: 'a part of a receipt at the end', reason: 'The next writer will seal it. Nobody was told of it.', flags: ['torn-bytes'], lines: [{}], text: (text) => `${text}${half}`, unsealed: half.length },
  { id: 'receipts-092', name: 'torn lines at the end, with a newline', reason: 'The newline counts, since it stands in the file.', flags: ['torn-bytes'], lines: [{}], text: (text) => `${text}abc\n\nd\n`, unsealed: 7 },
  { id: 'receipts-093', name: 'a receipt at the end that does not decode', reason: 'It is torn, and a next one could seal it.', flags: ['torn-bytes', 'unknown-claim'], lines: [{}, unknown], unsealed: unknown.length + 1 },
  { id: 'receipts-094', name: 'nothing but torn bytes', reason: 'The first decision was never told.', flags: ['torn-bytes'], lines: [], text: () => half, unsealed: half.length },
  { id: 'receipts-095', name: 'a last receipt without its newline', reason: 'It is whole.', flags: ['torn-bytes'], lines: [{}, {}], text: (text) => text.slice(0, -1) },
  { id: 'receipts-096', name: 'torn bytes of which one is changed', reason: 'The seal has their SHA-256.', flags: ['torn-bytes'], lines: [{}, 'abc', {}], text: (text) => text.replace('\nabc\n', '\nabd\n'), refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-097', name: 'torn bytes of which one is removed', reason: 'The seal has their length.', flags: ['torn-bytes'], lines: [{}, 'abc', {}], text: (text) => text.replace('\nabc\n', '\nab\n'), refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-098', name: 'torn bytes that are gone', reason: 'The seal says that they were there.', flags: ['torn-bytes'], lines: [{}, 'abc', {}], text: (text) => text.replace('\nabc\n', '\n'), refused: ['receipt.link', 2, 1] },
  { id: 'receipts-099', name: 'an empty line that is gone', reason: 'The seal says that it was there.', flags: ['torn-bytes'], lines: [{}, '', {}], text: (text) => text.replace('\n\n', '\n'), refused: ['receipt.link', 2, 1] },
  { id: 'receipts-100', name: 'an empty line behind torn bytes', reason: 'The newlines between torn lines count.', flags: ['torn-bytes'], lines: [{}, 'abc', {}], text: (text) => text.replace('\nabc\n', '\nabc\n\n'), refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-101', name: 'torn bytes that the next receipt does not seal', reason: 'A receipt that was made unreadable would be one that was removed.', flags: ['torn-bytes'], lines: [{}, {}], text: (text) => text.replace('\n', '\nabc\n'), refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-102', name: 'an empty line that the next receipt does not seal', reason: 'Nothing stands between receipts but what is sealed.', flags: ['torn-bytes'], lines: [{}, {}], text: (text) => text.replace('\n', '\n\n'), refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-103', name: 'torn bytes that a later receipt seals', reason: 'A seal is of what is right before it.', flags: ['torn-bytes'], lines: [{}, {}, 'abc', {}], text: lines(([a = '', b = '', torn = '', c = '']) => [a, torn, b, c]), refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-104', name: 'a seal with the right digest and another length', reason: 'Both are compared.', flags: ['torn-bytes'], lines: [{}, 'abc', { claims: [[9, [4, sha256('abc')]]] }], refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-105', name: 'a seal with the right length and another digest', reason: 'Both are compared.', flags: ['torn-bytes'], lines: [{}, 'abc', { claims: [[9, [3, sha256('abd')]]] }], refused: ['receipt.shape', 2, 1] },
  { id: 'receipts-106', name: 'a seal of no bytes where there are none', reason: 'It says that a line was there.', flags: ['torn-bytes'], lines: [{}, { claims: [[9, [0, sha256('')]]] }], refused: ['receipt.link', 2, 1] },
  { id: 'receipts-107', name: 'torn bytes that are not sealed before a receipt of another key', reason: 'The seal is looked at first.', flags: ['order', 'torn-bytes'], lines: [{}, 'abc', { signer: stranger, claims: [[9, undefined]] }], refused: ['receipt.shape', 2, 1] },

  // Checkpoints.
  { id: 'receipts-108', name: 'a checkpoint of all receipts', reason: 'It has their number, and the id of the last.', flags: ['normal', 'checkpoint'], lines: three, checkpoints: [checkpoint(3)] },
  { id: 'receipts-109', name: 'checkpoints of before', reason: 'A log that grew has them all.', flags: ['checkpoint'], lines: three, checkpoints: [checkpoint(2), checkpoint(1), checkpoint(3), checkpoint(2)] },
  { id: 'receipts-110', name: 'a checkpoint with lines of extensions', reason: 'They are passed over.', flags: ['checkpoint'], lines: three, checkpoints: [checkpoint(3, { more: 'more\nand more\n' })] },
  { id: 'receipts-111', name: 'a checkpoint under another name', reason: 'The key says whose log it is of. Who keeps checkpoints of several logs knows the names.', flags: ['checkpoint'], lines: three, checkpoints: [checkpoint(3, { name: 'mail.acme.example' })] },
  { id: 'receipts-112', name: 'signatures of others before and behind', reason: 'They are passed over.', flags: ['checkpoint'], lines: three, checkpoints: [checkpoint(3, { signers: [stranger, recorder, research] })] },
  { id: 'receipts-113', name: 'a log that was cut', reason: 'The checkpoint says that there were more.', flags: ['checkpoint'], lines: three, text: lines((all) => all.slice(0, 1)), checkpoints: [checkpoint(3)], refused: ['receipt.truncated', null, 1] },
  { id: 'receipts-114', name: 'a log that is gone', reason: 'The checkpoint says that it was there.', flags: ['checkpoint'], lines: three, text: () => '', checkpoints: [checkpoint(1)], refused: ['receipt.truncated', null, 0] },
  { id: 'receipts-115', name: 'a last receipt that was made unreadable', reason: 'Nothing seals it, and the checkpoint says that there was one.', flags: ['checkpoint', 'torn-bytes'], lines: three, text: (text) => text.slice(0, -9), checkpoints: [checkpoint(3)], refused: ['receipt.truncated', null, 2] },
  { id: 'receipts-116', name: 'a log that was cut, and a checkpoint that it has', reason: 'Each that was kept counts.', flags: ['checkpoint'], lines: three, text: lines((all) => all.slice(0, 2)), checkpoints: [checkpoint(1), checkpoint(3), checkpoint(2)], refused: ['receipt.truncated', null, 2] },
  { id: 'receipts-117', name: 'a log that was signed anew from the second receipt on', reason: 'All of it verifies.', flags: ['checkpoint'], lines: forked },
  { id: 'receipts-118', name: 'a log that was signed anew, and a checkpoint of before', reason: 'Its second receipt is another one.', flags: ['checkpoint'], lines: forked, checkpoints: [checkpoint(2, { of: log })], refused: ['receipt.link', 2, 1] },
  { id: 'receipts-119', name: 'a log that was signed anew, and a checkpoint of its end', reason: 'The last id stands for all receipts.', flags: ['checkpoint'], lines: forked, checkpoints: [checkpoint(3, { of: log })], refused: ['receipt.link', 3, 2] },
  { id: 'receipts-120', name: 'two checkpoints of one size that differ', reason: 'One of them shows two histories.', flags: ['checkpoint'], lines: three, checkpoints: [checkpoint(2), checkpoint(2, { of: write(forked) })], refused: ['receipt.link', 2, 1] },
  { id: 'receipts-121', name: 'a checkpoint by another key', reason: 'Anybody could make it.', flags: ['checkpoint', 'wrong-signer'], checkpoints: [checkpoint(3, { signers: [stranger] })], ...refuseNote('key') },
  { id: 'receipts-122', name: 'a checkpoint by another key under the id of the right one', reason: 'The signature does not verify.', flags: ['checkpoint', 'wrong-signer'], checkpoints: [checkpoint(3, { signers: [posing] })], ...refuseNote('signature') },
  { id: 'receipts-123', name: 'two signatures under the id of the right key, one of them wrong', reason: 'Whatever claims to be of the key is.', flags: ['checkpoint', 'altered-proof'], checkpoints: [checkpoint(3, { signers: [recorder, posing] })], ...refuseNote('signature') },
  { id: 'receipts-124', name: 'a checkpoint whose size was changed', reason: 'The size is signed.', flags: ['checkpoint', 'altered-proof'], checkpoints: [(at) => checkpoint(3)(at).replace('\n3\n', '\n2\n')], ...refuseNote('signature') },
  { id: 'receipts-125', name: 'a signature under another name than it was made for', reason: 'The id is of key and name, so it is that of no known key.', flags: ['checkpoint'], checkpoints: [(at) => checkpoint(3)(at).replace(`— ${NAME}`, '— other.example')], ...refuseNote('key') },
  { id: 'receipts-126', name: 'a published note that is no checkpoint', reason: 'It is a note, by another key.', flags: ['checkpoint', 'wrong-signer'], checkpoints: [() => PUBLISHED], ...refuseNote('key') },
  { id: 'receipts-127', name: 'a note that is no checkpoint', reason: 'It has no size and no hash.', flags: ['checkpoint'], checkpoints: note('hello\n'), ...refuseNote('shape') },
  { id: 'receipts-128', name: 'a checkpoint of size 0', reason: 'There is no last receipt that it could name.', flags: ['checkpoint'], checkpoints: note(`${NAME}\n0\n${base64}\n`), ...refuseNote('shape') },
  { id: 'receipts-129', name: 'a size with a leading zero', reason: 'A number has one form.', flags: ['checkpoint', 'integer-form'], checkpoints: note(`${NAME}\n03\n${base64}\n`), ...refuseNote('shape') },
  { id: 'receipts-130', name: 'a size of 2^53', reason: 'Numbers are below it.', flags: ['checkpoint', 'number-range'], checkpoints: note(`${NAME}\n9007199254740992\n${base64}\n`), ...refuseNote('shape') },
  { id: 'receipts-131', name: 'a checkpoint without a name', reason: 'A log has one.', flags: ['checkpoint'], checkpoints: note(`\n3\n${base64}\n`), ...refuseNote('shape') },
  { id: 'receipts-132', name: 'a hash of 31 bytes', reason: 'A SHA-256 has 32.', flags: ['checkpoint'], checkpoints: note(`${NAME}\n3\n${Buffer.from(hash.slice(1)).toString('base64')}\n`), ...refuseNote('shape') },
  { id: 'receipts-133', name: 'a hash in base64url', reason: 'Notes have base64, with padding.', flags: ['checkpoint', 'text-form'], checkpoints: note(`${NAME}\n3\n${Buffer.from(hash).toString('base64url')}\n`), ...refuseNote('shape') },
  { id: 'receipts-134', name: 'an extension without a character', reason: 'An empty line ends the text.', flags: ['checkpoint'], checkpoints: [checkpoint(3, { more: '\nmore\n' })], ...refuseNote('shape') },
  { id: 'receipts-135', name: 'a checkpoint without its signature', reason: 'A note has at least one.', flags: ['checkpoint'], checkpoints: [checkpoint(3, { signers: [] })], ...refuseNote('shape') },
  { id: 'receipts-136', name: 'a checkpoint without its empty line', reason: 'It stands between text and signatures.', flags: ['checkpoint'], checkpoints: [(at) => checkpoint(3)(at).replace('\n\n', '\n')], ...refuseNote('shape') },
  { id: 'receipts-137', name: 'a checkpoint without its last newline', reason: 'Each line ends in one.', flags: ['checkpoint'], checkpoints: [(at) => checkpoint(3)(at).slice(0, -1)], ...refuseNote('shape') },
  { id: 'receipts-138', name: 'a signature behind another dash', reason: 'It is an em dash.', flags: ['checkpoint', 'text-form'], checkpoints: [(at) => checkpoint(3)(at).replace('—', '–')], ...refuseNote('shape') },
  { id: 'receipts-139', name: 'a signature without padding', reason: 'Notes have base64, with padding.', flags: ['checkpoint', 'text-form'], checkpoints: [(at) => checkpoint(3)(at).replace(/=+\n$/, '\n')], ...refuseNote('shape') },
  { id: 'receipts-140', name: 'something behind a signature', reason: 'A signature is the name and the base64.', flags: ['checkpoint', 'trailing-data'], checkpoints: [(at) => checkpoint(3)(at).replace(/\n$/, ' more\n')], ...refuseNote('shape') },
  { id: 'receipts-141', name: 'lines that end in carriage returns', reason: 'Notes have no control characters but newlines.', flags: ['checkpoint', 'text-form'], checkpoints: [(at) => checkpoint(3)(at).replaceAll('\n', '\r\n')], ...refuseNote('shape') },

  // What an auditor proves.
  { id: 'receipts-142', name: 'a grant by a key that nobody trusts', reason: 'The log holds. Its token proves nothing to this auditor.', flags: ['recorded-word', 'unknown-anchor'], lines: [{ of: grant([], 2, { signer: stranger, header: headerOf(2, stranger.kid) }), proven: { token: 'anchor.unknown' } }] },
  { id: 'receipts-143', name: 'a token with a wrong signature', reason: 'The log holds. The hop was not signed by its holder.', flags: ['recorded-word', 'wrong-signer'], lines: [{ of: hop([], 2, { signer: stranger }), proven: { token: 'signature.invalid' } }] },
  { id: 'receipts-144', name: 'bytes that are no token', reason: 'The log holds.', flags: ['recorded-word'], lines: [{ claims: [[2, cbor([3])]], proven: { token: 'token.shape' } }] },
  { id: 'receipts-145', name: 'a grant by a key from one second on', reason: 'The token is verified at the time of the receipt.', flags: ['anchor-window'], lines: [{ of: { ...scene(2), root: early }, proven: { token: 'anchor.window' } }, { of: { ...scene(2), root: early } }] },
  { id: 'receipts-146', name: 'a grant by a key that was retired since', reason: 'The token is verified at the time of the receipt.', flags: ['anchor-window'], lines: [{ of: { ...scene(2, { invocation: { payload: invocationPayload([[4, NOW + 59], [6, NOW - 1]]) } }), root: retired }, says: { now: NOW - 1 }, claims: [[6, NOW - 1]] }, { of: { ...scene(2), root: retired }, proven: { token: 'anchor.window' } }] },
  { id: 'receipts-147', name: 'another grantor than that of the token', reason: 'The summary is the word of the service; the token is compared with it.', flags: ['recorded-word'], lines: [{ says: { grantor: { principal: 'mailto:ceo@acme.example', known: 'own-key', by: 'mailto:ceo@acme.example' } }, proven: { differs: ['grantor'] } }] },
  { id: 'receipts-148', name: 'another mission than that of the token', reason: 'The id is compared.', flags: ['recorded-word'], lines: [{ says: { mission: { id: 'q4-report', purpose: 'Prepare the Q3 report' } }, proven: { differs: ['mission'] } }] },
  { id: 'receipts-149', name: 'a chain with a block less than the token', reason: 'The ids of all blocks are compared.', flags: ['recorded-word'], lines: [{ says: { chain: [{ block: rootBlock, delegate: 'agent:acme/research' }] }, proven: { differs: ['chain', 'delegates'] } }] },
  { id: 'receipts-150', name: 'another service than that of the invocation', reason: 'The invocation says for whom it is.', flags: ['recorded-word'], lines: [{ says: { audience: 'https://mail.acme.example' }, proven: { differs: ['audience'] } }] },
  { id: 'receipts-151', name: 'another request than that of the invocation', reason: 'The holder did not ask for it.', flags: ['recorded-word', 'request-swap'], lines: [{ says: { request: { action: 'delete', resource: 'reports/q4.pdf' } }, proven: { differs: ['action', 'resource'] } }] },
  { id: 'receipts-152', name: 'a denial because the request is another', reason: 'They differ because it was refused for that.', flags: ['recorded-word'], lines: [{ says: deny('invocation.action', null, 'invocation', { request: { action: 'delete', resource: 'reports/q3.pdf' } }), proven: { differs: ['action'] } }] },
  { id: 'receipts-153', name: 'a status by a key that the chain does not name', reason: 'It proves nothing.', flags: ['recorded-word', 'status-source'], lines: [{ of: watched, evidence: [status(0, undefined, { by: stranger })], proven: { evidence: [null] } }] },
  { id: 'receipts-154', name: 'an approval of another request', reason: 'It proves nothing of this one.', flags: ['recorded-word', 'approval-binding'], lines: [{ of: watched, evidence: [yes({ claims: [[2, 'reports/q4.pdf']] }), yes()], proven: { evidence: [null, 'approval'] } }] },
  { id: 'receipts-155', name: 'an approval of another chain', reason: 'It hangs on the last block of another one.', flags: ['recorded-word', 'approval-binding'], lines: [{ of: watched, evidence: [yes({ link: sha256('a block') })], proven: { evidence: [null] } }] },
  { id: 'receipts-156', name: 'a consent by a key that the grant does not name', reason: 'It proves nothing.', flags: ['recorded-word', 'consent-source'], lines: [{ of: watched, evidence: [consent({ by: iam })], proven: { evidence: [null] } }] },
  { id: 'receipts-157', name: 'an allow of what the grant does not give', reason: 'Decided anew, the scope denies it.', flags: ['recorded-word'], lines: [{ of: grant([[10, [[['list'], ['reports/**']]]]]), proven: { differs: ['verdict'] } }] },
  { id: 'receipts-158', name: 'a grantor said to have consented', reason: 'The root is by their own key, and no consent is there.', flags: ['recorded-word', 'consent-source'], lines: [{ says: { grantor: { principal: 'mailto:cfo@acme.example', known: 'consent', by: 'mailto:cfo@acme.example' } }, proven: { differs: ['known'] } }] },

  // Tokens that are open.
  { id: 'receipts-159', name: 'an open token of suite 2', reason: 'It is no secret, and proves everything but a request.', flags: ['normal', 'suite'], lines: [{ of: open(scene(2)), says: { ...deny('invocation.missing', null, 'invocation'), request: null, notEstablished: ['replay'] } }] },
  { id: 'receipts-160', name: 'a request in the summary of an open token', reason: 'The token asks nobody for anything.', flags: ['summary'], lines: [{ of: open(scene(2)), says: deny('invocation.missing', null, 'invocation'), proven: { differs: ['audience', 'action', 'resource'] } }] },
];
