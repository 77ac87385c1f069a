import type { Code } from '../../../src/codes.ts';
import {
  base64url,
  cfo,
  claims,
  forge,
  forgeEvidence,
  hex,
  type Item,
  lookup,
  NOW,
  scene,
  sha256,
  stranger,
  textOf,
} from '../../../test/support/forge.ts';
import type { Cases } from '../case.ts';
import { fails, type Named, passes } from '../row.ts';
import { ACTIVE, blockOf, control, items, MISSION, open, pack, sealOf } from '../scene.ts';

// The text forms (spec §6; §7, steps 1 to 4 and 10 to 13), and evidence apart from a token.

type Kind = 'sealed' | 'open' | 'secret' | 'bundle';

const sealed = forge(scene(2));
const sealedHmac = forge(scene(1));
const opened = forge(open(scene(2)));
const openedHmac = forge(open(scene(1)));
const seed = base64url(lookup.seed);

const secret = ({ bytes }: { readonly bytes: Uint8Array }) => textOf(bytes, true);
const plain = ({ bytes }: { readonly bytes: Uint8Array }) => textOf(bytes);
const body = ({ bytes }: { readonly bytes: Uint8Array }) => base64url(bytes);
const attached = (count: number) => '~gA'.repeat(count);
const sealWith = (suite: 1 | 2, ...third: readonly Item[]) =>
  pack(suite, items(suite === 1 ? sealedHmac : sealed, 0, 1), ...third);

/** Decodes; of the output, the token is known as it was made. */
function read(named: Named, text: string, kind: Kind, token: Uint8Array, parts: readonly string[] = []) {
  return passes(named, { text }, { kind, token: hex(token), parts });
}

const refused = (named: Named, text: string, code: Code) => fails(named, { text }, code);

const status = forgeEvidence('status', {
  signer: control,
  payload: claims([[4, NOW + 3600], [6, NOW], [8, { [MISSION]: [ACTIVE, []] }]]), // biome-ignore format: pairs read as pairs
});
const approval = forgeEvidence('approval', {
  signer: cfo,
  link: blockOf(sealed, 1).id,
  payload: claims([
    [1, 'read'],
    [2, 'reports/q3.pdf'],
    [3, 'https://files.acme.example'],
    [4, NOW + 600],
    [6, NOW],
    [7, sha256('nonce').slice(0, 16)],
    [10, true],
  ]),
});
const consent = forgeEvidence('consent', {
  signer: cfo,
  link: blockOf(sealed, 0).id,
  payload: claims([[6, NOW]]),
});
// Each id takes 40 bytes, and they ascend as those of a set.
const ids = Array.from({ length: 410 }, (_, i) => [sha256(`id ${i}`), NOW] as const).sort(([a], [b]) =>
  Buffer.compare(a, b),
);
const feed = forgeEvidence('status', {
  signer: control,
  payload: claims([[4, NOW + 3600], [6, NOW], [8, { [MISSION]: [ACTIVE, ids] }]]), // biome-ignore format: pairs read as pairs
});
const wrapped = (wrap: (number: number, item: Item) => Item) =>
  forgeEvidence('consent', { signer: cfo, payload: claims([[6, NOW]]) }, wrap).text;

const pieces = (named: Named, evidence: string, ...made: readonly { readonly bytes: Uint8Array }[]) =>
  passes(named, { evidence }, { pieces: made.map(({ bytes }) => hex(bytes)) });
const noPieces = (named: Named, evidence: string, code: Code) => fails(named, { evidence }, code);

export const cases: Cases = {
  // biome-ignore format: a case reads as a line
  cases: [
    // What a text holds.
    read(['text-001', 'a sealed token of suite 2', 'The plain case.', 'normal'], plain(sealed), 'sealed', sealed.bytes),
    read(['text-002', 'a sealed token of suite 1', 'The plain case.', 'normal'], plain(sealedHmac), 'sealed', sealedHmac.bytes),
    read(['text-003', 'an open token of suite 2', 'It holds no secret.', 'normal'], plain(opened), 'open', opened.bytes),
    read(['text-004', 'an open token of suite 1', 'Its last tag is the secret.', 'normal'], secret(openedHmac), 'secret', openedHmac.bytes),
    read(['text-005', 'a bundle', 'An open token of suite 2 with the seed of its last key.', 'normal'],
      `${secret(opened)}~${seed}`, 'bundle', opened.bytes, [hex(lookup.seed)]),
    read(['text-006', 'a bundle with the seed of another key', 'Decoding does no cryptography.', 'normal'],
      `${secret(opened)}~${base64url(stranger.seed)}`, 'bundle', opened.bytes, [hex(stranger.seed)]),
    read(['text-007', 'a seed behind the plain prefix', 'There it is a part like any other.', 'secret-prefix'],
      `${plain(opened)}~${seed}`, 'open', opened.bytes, [hex(lookup.seed)]),
    read(['text-008', 'a part that is no evidence', 'Decoding a token does not look into its parts.', 'evidence'],
      `${plain(sealed)}~_w`, 'sealed', sealed.bytes, ['ff']),
    read(['text-009', 'an empty part', 'A part may be empty.', 'evidence'], `${plain(sealedHmac)}~`, 'sealed', sealedHmac.bytes, ['']),
    read(['text-010', 'two parts, of which the first is empty', 'Each ~ begins a part.', 'evidence'], `${plain(sealed)}~~gA`, 'sealed', sealed.bytes, ['', '80']),
    read(['text-011', '16 parts', 'As many as there may be.', 'limit'], plain(sealed) + attached(16), 'sealed', sealed.bytes, Array(16).fill('80')),
    read(['text-012', 'a part of 21,846 characters', 'The longest part, 16,384 bytes.', 'limit'],
      `${plain(sealed)}~${'A'.repeat(21_846)}`, 'sealed', sealed.bytes, ['00'.repeat(16_384)]),

    // The prefix.
    refused(['text-013', 'an empty text', 'It has no prefix.', 'text-form'], '', 'text.prefix'),
    refused(['text-014', 'the token without a prefix', 'It has no prefix.', 'text-form'], body(sealed), 'text.prefix'),
    refused(['text-015', 'the prefix without its underscore', 'It is part of the prefix.', 'text-form'], `writ${body(sealed)}`, 'text.prefix'),
    refused(['text-016', 'the prefix in capitals', 'Nothing is folded.', 'text-form'], `WRIT_${body(sealed)}`, 'text.prefix'),
    refused(['text-017', 'a space before the prefix', 'A text has no white space.', 'text-form'], ` ${plain(sealed)}`, 'text.prefix'),
    refused(['text-018', 'a byte order mark before the prefix', 'A text has no other character.', 'text-form'], `\ufeff${plain(sealed)}`, 'text.prefix'),
    refused(['text-019', 'the prefix twice', 'The second one is base64url, of a tag.', 'text-form'], 'writ_writ_gA', 'cbor.tag'),
    refused(['text-020', 'the prefix of secrets in capitals', 'Behind the plain prefix it is base64url, of a byte string.', 'secret-prefix'], 'writ_SECRET_gAAAAAAAA', 'cbor.trailing'),
    refused(['text-021', 'the prefix of secrets without its last underscore', 'It is the plain prefix, and six letters with stray bits.', 'secret-prefix'],
      'writ_secret', 'text.base64'),
    refused(['text-022', 'the prefix alone', 'The token has no byte.', 'truncated'], 'writ_', 'cbor.truncated'),
    refused(['text-023', 'the prefix of secrets alone', 'The token has no byte.', 'truncated'], 'writ_secret_', 'cbor.truncated'),
    refused(['text-024', 'the prefix and one part', 'The token has no byte; the part is none.', 'truncated'], 'writ_~gA', 'cbor.truncated'),

    // Base64url.
    refused(['text-025', 'two characters', 'Canonical, and the bytes are an empty array.', 'text-form'], 'writ_gA', 'token.shape'),
    refused(['text-026', 'two characters with a stray bit', 'The last four bits are zero.', 'text-form'], 'writ_gB', 'text.base64'),
    refused(['text-027', 'three characters', 'Canonical, and the bytes are an array of one.', 'text-form'], 'writ_gQA', 'token.shape'),
    refused(['text-028', 'three characters with a stray bit', 'The last two bits are zero.', 'text-form'], 'writ_gQB', 'text.base64'),
    refused(['text-029', 'one character', 'No bytes have such a length.', 'text-form'], 'writ_A', 'text.base64'),
    refused(['text-030', 'five characters', 'No bytes have such a length.', 'text-form'], 'writ_gAAAA', 'text.base64'),
    refused(['text-031', 'two characters and their padding', 'There is no padding.', 'text-form'], 'writ_gA==', 'text.base64'),
    refused(['text-032', 'three characters and their padding', 'There is no padding.', 'text-form'], 'writ_gQA=', 'text.base64'),
    refused(['text-033', 'padding alone', 'There is no padding.', 'text-form'], 'writ_====', 'text.base64'),
    refused(['text-034', 'a plus', 'The alphabet is that of base64url.', 'text-form'], 'writ_-+AA', 'text.base64'),
    refused(['text-035', 'a slash', 'The alphabet is that of base64url.', 'text-form'], 'writ_g/AA', 'text.base64'),
    refused(['text-036', 'a full stop', 'Only ~ parts a text.', 'text-form'], `${plain(sealed)}.gA`, 'text.base64'),
    refused(['text-037', 'a line feed at the end', 'A text has no white space.', 'text-form'], `${plain(sealed)}\n`, 'text.base64'),
    refused(['text-038', 'a line feed behind 64 characters', 'A text is not wrapped.', 'text-form'],
      `${plain(sealed).slice(0, 69)}\n${plain(sealed).slice(69)}`, 'text.base64'),
    refused(['text-039', 'a space at the end', 'A text has no white space.', 'text-form'], `${plain(sealed)} `, 'text.base64'),
    refused(['text-040', 'a line feed before a part', 'That is for evidence apart from a token.', 'text-form'], `${plain(sealed)}\n~gA`, 'text.base64'),
    refused(['text-041', 'a letter with an accent', 'A text has no other character.', 'text-form'], 'writ_gé', 'text.base64'),
    refused(['text-042', 'U+0000 at the end', 'A text has no other character, and does not end before one.', 'text-form'], `${plain(sealed)}\0`, 'text.base64'),
    refused(['text-043', 'a part with a stray bit', 'Parts are as canonical as the token.', 'text-form'], `${plain(sealed)}~gB`, 'text.base64'),
    refused(['text-044', 'a part with padding', 'Parts are as canonical as the token.', 'text-form'], `${plain(sealed)}~gA==`, 'text.base64'),

    // Limits, and the order of the rules so far.
    refused(['text-045', '87,382 characters', 'The longest token, of which the second byte is one too many.', 'limit'], `writ_${'A'.repeat(87_382)}`, 'cbor.trailing'),
    refused(['text-046', '87,383 characters', 'More than 65,536 bytes have.', 'limit'], `writ_${'A'.repeat(87_383)}`, 'limit.size'),
    refused(['text-047', '87,383 characters behind the prefix of secrets', 'The limit is that of the token, without its prefix.', 'limit'],
      `writ_secret_${'A'.repeat(87_383)}`, 'limit.size'),
    refused(['text-048', '87,383 characters that are no base64url', 'The size counts before the alphabet.', 'order'], `writ_${'='.repeat(87_383)}`, 'limit.size'),
    refused(['text-049', 'a part of 21,847 characters', 'More than 16,384 bytes have.', 'limit'], `${plain(sealed)}~${'A'.repeat(21_847)}`, 'limit.size'),
    refused(['text-050', '17 parts', 'One too many.', 'limit'], plain(sealed) + attached(17), 'limit.evidence'),
    refused(['text-051', '17 empty parts', 'Empty parts count.', 'limit'], plain(sealed) + '~'.repeat(17), 'limit.evidence'),
    refused(['text-052', '17 parts behind another prefix', 'The prefix counts first.', 'order'], `mist_gA${attached(17)}`, 'text.prefix'),
    refused(['text-053', '17 parts behind a token that is too long', 'The number of parts counts before their sizes.', 'order'],
      `writ_${'A'.repeat(87_383)}${attached(17)}`, 'limit.evidence'),
    refused(['text-054', '17 parts behind the prefix of secrets', 'The number of parts counts before what they are.', 'order'], secret(opened) + attached(17), 'limit.evidence'),
    refused(['text-055', 'a token with a stray bit, and a part that is too long', 'The token counts before its parts.', 'order'],
      `writ_gB~${'A'.repeat(21_847)}`, 'text.base64'),
    refused(['text-056', 'a part with a stray bit, and then one that is too long', 'Parts are judged in order.', 'order'],
      `${plain(sealed)}~gB~${'A'.repeat(21_847)}`, 'text.base64'),
    refused(['text-057', 'a token that is no CBOR, and a part with a stray bit', 'The text is judged whole before the token.', 'order'], 'writ_~gB', 'text.base64'),

    // The third element.
    refused(['text-058', 'a tag behind the blocks of suite 2', 'Nothing or an invocation is there.', 'seal-form'], sealWith(2, sealOf(sealedHmac).proof), 'token.seal'),
    refused(['text-059', 'nothing behind the blocks of suite 1', 'A tag or an invocation is there.', 'seal-form'], sealWith(1), 'token.seal'),
    refused(['text-060', 'a tag of 31 bytes', 'Tags are whole.', 'seal-form'], sealWith(1, sealOf(sealedHmac).proof.slice(1)), 'token.seal'),
    refused(['text-061', 'a tag of 33 bytes', 'Tags are whole.', 'seal-form'], sealWith(1, Uint8Array.of(...sealOf(sealedHmac).proof, 0)), 'token.seal'),
    refused(['text-062', 'a map behind the blocks', 'It is neither a tag nor an invocation.', 'seal-form'], sealWith(1, new Map()), 'token.seal'),
    refused(['text-063', 'false behind the blocks', 'It is neither nothing nor an invocation.', 'seal-form'], sealWith(2, false), 'token.seal'),
    refused(['text-064', 'an empty array behind the blocks', 'It is an invocation, and lacks all of it.', 'seal-form'], sealWith(2, []), 'token.shape'),
    refused(['text-065', 'an invocation with a signature behind blocks of suite 1', 'Its proof is a tag.', 'seal-form', 'suite'],
      sealWith(1, [...(sealOf(sealedHmac).item as Item[]).slice(0, 3), sealOf(sealed).proof]), 'token.shape'),

    // The prefix against the token.
    refused(['text-066', 'a sealed token of suite 2 behind the prefix of secrets', 'It holds no secret.', 'secret-prefix'], secret(sealed), 'text.prefix'),
    refused(['text-067', 'a sealed token of suite 1 behind the prefix of secrets', 'It holds no secret.', 'secret-prefix'], secret(sealedHmac), 'text.prefix'),
    refused(['text-068', 'a sealed token with a seed', 'Sealed and secret is judged before the parts.', 'secret-prefix'], `${secret(sealed)}~${seed}`, 'text.prefix'),
    refused(['text-069', 'an open token of suite 1 behind the plain prefix', 'Its tag is a secret.', 'secret-prefix'], plain(openedHmac), 'text.prefix'),
    refused(['text-070', 'an open token of suite 1 with a part, behind the plain prefix', 'The prefix counts before the part.', 'order'], `${plain(openedHmac)}~gA`, 'text.prefix'),
    refused(['text-071', 'an open token of suite 1 with a seed', 'It has no parts.', 'secret-prefix'], `${secret(openedHmac)}~${seed}`, 'text.secret'),
    refused(['text-072', 'an open token of suite 1 with an empty part', 'An empty part is one.', 'secret-prefix'], `${secret(openedHmac)}~`, 'text.secret'),
    refused(['text-073', 'a bundle without its seed', 'It holds no secret.', 'secret-prefix'], secret(opened), 'text.prefix'),
    refused(['text-074', 'a bundle with an empty seed', 'A seed has 32 bytes.', 'secret-prefix'], `${secret(opened)}~`, 'text.secret'),
    refused(['text-075', 'a bundle with a seed of 31 bytes', 'A seed has 32 bytes.', 'secret-prefix'], `${secret(opened)}~${base64url(lookup.seed.slice(1))}`, 'text.secret'),
    refused(['text-076', 'a bundle with a seed of 33 bytes', 'A seed has 32 bytes.', 'secret-prefix'],
      `${secret(opened)}~${base64url(Uint8Array.of(...lookup.seed, 0))}`, 'text.secret'),
    refused(['text-077', 'a bundle with two seeds', 'It has exactly one.', 'secret-prefix'], `${secret(opened)}~${seed}~${seed}`, 'text.secret'),
    refused(['text-078', 'a bundle with a status behind its seed', 'It has no evidence.', 'secret-prefix'], `${secret(opened)}~${seed}${status.text}`, 'text.secret'),
    refused(['text-079', 'a tag of 31 bytes behind the plain prefix', 'The token counts before its prefix.', 'order'],
      pack(1, items(openedHmac, 0, 1), blockOf(openedHmac, 1).proof.slice(1)), 'token.seal'),

    // Evidence apart from a token.
    pieces(['text-080', 'a status', 'The plain case.', 'normal'], status.text, status),
    pieces(['text-081', 'a status, an approval and a consent', 'Pieces stand one behind the other.', 'normal'],
      status.text + approval.text + consent.text, status, approval, consent),
    pieces(['text-082', 'white space before and after', 'It is passed over there.', 'normal'], ` \t\r\n${status.text}\r\n\n `, status),
    pieces(['text-083', 'a line feed before each piece', 'One is passed over there.', 'normal'], `\n${status.text}\n${consent.text}\n`, status, consent),
    pieces(['text-084', 'one status 17 times', 'The limit is that of a token.', 'limit'], status.text.repeat(17), ...Array(17).fill(status)),
    pieces(['text-085', 'a status of 410 ids, more than 16,384 bytes', 'The limits of size and entries are not for a feed.', 'limit'], feed.text, feed),
    noPieces(['text-086', 'an empty text', 'No piece is there.', 'evidence-form'], '', 'text.prefix'),
    noPieces(['text-087', 'white space alone', 'No piece is there.', 'evidence-form'], ' \n', 'text.prefix'),
    noPieces(['text-088', 'a piece without its ~', 'Something else stands before the first ~.', 'evidence-form'], status.text.slice(1), 'text.prefix'),
    noPieces(['text-089', 'a letter before the first ~', 'Something else stands before the first ~.', 'evidence-form'], `x${status.text}`, 'text.prefix'),
    noPieces(['text-090', 'a presentation', 'A token stands before the first ~.', 'evidence-form'], plain(sealed) + status.text, 'text.prefix'),
    noPieces(['text-091', 'a comment in the line before', 'Something else stands before the first ~.', 'evidence-form'], `# feed\n${status.text}`, 'text.prefix'),
    noPieces(['text-092', 'a ~ alone', 'The piece is empty.', 'evidence-form'], '~', 'cbor.truncated'),
    noPieces(['text-093', 'a ~ at the end', 'The second piece is empty.', 'evidence-form'], `${status.text}~`, 'cbor.truncated'),
    noPieces(['text-094', 'padding', 'There is no padding.', 'text-form'], `${status.text}=`, 'text.base64'),
    noPieces(['text-095', 'a line feed in a piece', 'Only one before a ~ is passed over.', 'text-form'], `${status.text.slice(0, 65)}\n${status.text.slice(65)}`, 'text.base64'),
    noPieces(['text-096', 'two line feeds before a ~', 'Only one is passed over.', 'text-form'], `${status.text}\n\n${consent.text}`, 'text.base64'),
    noPieces(['text-097', 'a space before a ~', 'Only a line feed is passed over.', 'text-form'], `${status.text} ${consent.text}`, 'text.base64'),
    noPieces(['text-098', 'a line feed behind a ~', 'Only one before it is passed over.', 'text-form'], `~\n${status.text.slice(1)}`, 'text.base64'),
    noPieces(['text-099', 'a byte behind a piece', 'Nothing follows the outermost item.', 'trailing-data'], `~${base64url(Uint8Array.of(...consent.bytes, 0))}`, 'cbor.trailing'),
    noPieces(['text-100', 'a kind alone in its array', 'A piece is a kind and an object.', 'evidence-form'], wrapped((kind) => [kind]), 'evidence.shape'),
    noPieces(['text-101', 'the kind 4', 'It is reserved, and not passed over.', 'evidence-form'], wrapped((_, item) => [4, item]), 'evidence.kind'),
    noPieces(['text-102', 'a piece of the kind 4, and then one with padding', 'Pieces are judged one by one.', 'order'],
      `${wrapped((_, item) => [4, item])}${status.text}=`, 'evidence.kind'),
    pieces(['text-103', 'two pieces on lines of Windows', 'A carriage return and a line feed part them too.', 'evidence-form'], `${status.text}\r\n${consent.text}\r\n`, status, consent),
    noPieces(['text-104', 'a byte order mark before the first ~', 'It is no white space.', 'evidence-form'], `\ufeff${status.text}`, 'text.prefix'),
    noPieces(['text-105', 'a no-break space behind a piece', 'It is no white space.', 'text-form'], `${status.text}\u00a0`, 'text.base64'),
  ],
};
