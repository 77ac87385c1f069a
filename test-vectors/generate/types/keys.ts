import type { Code } from '../../../src/codes.ts';
import type { Json, JsonObject } from '../../../src/json.ts';
import { base64url, cfo, domain, hex, research, rootSecret } from '../../../test/support/forge.ts';
import { nonCanonical, smallOrder } from '../../../test/support/points.ts';
import type { Cases } from '../case.ts';
import { mixedKey } from '../edge.ts';
import { fails, type Named, passes } from '../row.ts';
import { control, keyId } from '../scene.ts';

// Keys (spec §4.1, §4.2) and trust files (spec §4.3), each rule in its order.

type As = 'public' | 'private' | 'secret';

const { d, ...publicJwk } = cfo.jwk;
const privateJwk = cfo.jwk;
const secretJwk = { kty: 'oct', k: base64url(domain.secret), kid: base64url(domain.kid) };
const watch = { kty: 'OKP', crv: 'Ed25519', x: control.jwk.x };
const other = { kty: 'OKP', crv: 'Ed25519', x: research.jwk.x };

const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
const fromHex = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'));
/** A public JWK of any bytes. */
const jwkOf = (bytes: Uint8Array): JsonObject => ({ ...publicJwk, x: base64url(bytes) });
/** y, least significant byte first. */
const ordinate = (y: bigint) => fromHex(y.toString(16).padStart(64, '0')).reverse();
const P = 2n ** 255n - 19n;

const key = (named: Named, as: As, jwk: Json, id: Uint8Array) => passes(named, { jwk, as }, { id: hex(id) });
const noKey = (named: Named, as: As, jwk: Json, code: Code) => fails(named, { jwk, as }, code);
const anchors = (named: Named, keys: readonly Json[], ...anchors: readonly JsonObject[]) =>
  passes(named, { trust: { keys } }, { anchors });
const noTrust = (named: Named, keys: readonly Json[], code: Code) => fails(named, { trust: { keys } }, code);

const CFO = 'mailto:cfo@acme.example';
const IAM = 'https://iam.acme.example';
const human = { principal: CFO, kind: 'human' };
const authority = { principal: IAM, kind: 'authority', speaks_for: ['mailto:*'] };
/** The key of a human, with changes to its member `writ`. */
const own = (writ: JsonObject = {}, jwk: JsonObject = publicJwk): JsonObject => ({
  ...jwk,
  writ: { ...human, ...writ },
});
/** The secret of an authority, with changes to its member `writ`. */
const shared = (writ: JsonObject = {}, jwk: JsonObject = secretJwk): JsonObject => ({
  ...jwk,
  writ: { ...authority, ...writ },
});
const alive = (changes: JsonObject) => own({ alive: { key: watch, within: 60, ...changes } });
/** The anchors that these are read as, with changes. */
const ownAnchor = (changes: JsonObject = {}): JsonObject => ({
  id: hex(cfo.kid),
  principal: CFO,
  kind: 'human',
  speaksFor: [],
  from: 0,
  until: 2 ** 33,
  ...changes,
});
const sharedAnchor = (changes: JsonObject = {}): JsonObject => ({
  id: hex(domain.kid),
  principal: IAM,
  kind: 'authority',
  speaksFor: ['mailto:*'],
  from: 0,
  until: 2 ** 33,
  ...changes,
});
const aliveAnchor = (changes: JsonObject) =>
  ownAnchor({ alive: { key: hex(control.kid), within: 60, ...changes } });

const weak = [...smallOrder, ...nonCanonical].map(([name, digits], i) =>
  noKey(
    [
      `keys-${String(i + 41).padStart(3, '0')}`,
      name,
      i < smallOrder.length ? 'Of small order.' : 'Not reduced.',
      'weak-key',
    ],
    'public',
    jwkOf(fromHex(digits)),
    'key.weak',
  ),
);

export const cases: Cases = {
  // biome-ignore format: a case reads as a line
  cases: [
    // Public keys.
    key(['keys-001', 'the key of RFC 8037', 'Its id is the thumbprint in appendix A.3 there.', 'normal'], 'public',
      { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
      Uint8Array.from(Buffer.from('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', 'base64url'))),
    key(['keys-002', 'a public key', 'The plain case.', 'normal'], 'public', publicJwk, cfo.kid),
    key(['keys-003', 'the algorithm EdDSA', 'The name of RFC 8037.', 'normal'], 'public', { ...publicJwk, alg: 'EdDSA' }, cfo.kid),
    key(['keys-004', 'the algorithm Ed25519', 'The name of RFC 9864.', 'normal'], 'public', { ...publicJwk, alg: 'Ed25519' }, cfo.kid),
    key(['keys-005', 'the use sig', 'It is what the key is for.', 'normal'], 'public', { ...publicJwk, use: 'sig' }, cfo.kid),
    key(['keys-006', 'members that mean nothing here', 'They are ignored, a kid that is not the thumbprint too.', 'key-form'], 'public',
      { ...publicJwk, kid: 'cfo', key_ops: ['sign'], k: 'AA', x5c: [] }, cfo.kid),
    key(['keys-007', 'y = 2', 'The least y that is strong.', 'weak-key'], 'public', jwkOf(ordinate(2n)), keyId(ordinate(2n))),
    key(['keys-008', 'y = p - 2', 'The greatest y that is strong.', 'weak-key'], 'public', jwkOf(ordinate(P - 2n)), keyId(ordinate(P - 2n))),
    key(['keys-009', 'a key with a part of small order', 'It is not of small order itself.', 'weak-key'], 'public',
      jwkOf(mixedKey(cfo)), keyId(mixedKey(cfo))),
    noKey(['keys-010', 'null', 'No JSON object.', 'key-form'], 'public', null, 'key.format'),
    noKey(['keys-011', 'a key in an array', 'No JSON object.', 'key-form'], 'public', [publicJwk], 'key.format'),
    noKey(['keys-012', 'the base64url of a key', 'Raw bytes are not a key.', 'key-form'], 'public', publicJwk.x, 'key.format'),
    noKey(['keys-013', 'the use enc', 'The key is not for signatures.', 'key-form'], 'public', { ...publicJwk, use: 'enc' }, 'key.format'),
    noKey(['keys-014', 'the use null', 'What is present is not sig.', 'key-form'], 'public', { ...publicJwk, use: null }, 'key.format'),
    noKey(['keys-015', 'no type', 'No algorithm is guessed.', 'algorithm-confusion'], 'public', without(publicJwk, 'kty'), 'key.format'),
    noKey(['keys-016', 'the type EC', 'It is not OKP.', 'algorithm-confusion'], 'public', { ...publicJwk, kty: 'EC' }, 'key.format'),
    noKey(['keys-017', 'the type okp', 'Nothing is folded.', 'key-form'], 'public', { ...publicJwk, kty: 'okp' }, 'key.format'),
    noKey(['keys-018', 'a secret of suite 1', 'A public key belongs here.', 'algorithm-confusion'], 'public', secretJwk, 'key.format'),
    noKey(['keys-019', 'the curve X25519', 'Its keys sign nothing.', 'algorithm-confusion'], 'public', { ...publicJwk, crv: 'X25519' }, 'key.format'),
    noKey(['keys-020', 'the curve Ed448', 'Another algorithm.', 'algorithm-confusion'], 'public', { ...publicJwk, crv: 'Ed448' }, 'key.format'),
    noKey(['keys-021', 'no curve', 'No algorithm is guessed.', 'algorithm-confusion'], 'public', without(publicJwk, 'crv'), 'key.format'),
    noKey(['keys-022', 'a private key', 'A public key belongs here.', 'key-form'], 'public', privateJwk, 'key.format'),
    noKey(['keys-023', 'a private part that is null', 'It is present.', 'key-form'], 'public', { ...publicJwk, d: null }, 'key.format'),
    noKey(['keys-024', 'the algorithm HS256', 'It is not that of the key.', 'algorithm-confusion'], 'public', { ...publicJwk, alg: 'HS256' }, 'key.format'),
    noKey(['keys-025', 'the algorithm null', 'What is present is neither EdDSA nor Ed25519.', 'algorithm-confusion'], 'public', { ...publicJwk, alg: null }, 'key.format'),
    noKey(['keys-026', 'no x', 'It is not there.', 'key-form'], 'public', without(publicJwk, 'x'), 'key.format'),
    noKey(['keys-027', 'an x that is a list of bytes', 'It is a text.', 'key-form'], 'public', { ...publicJwk, x: [...cfo.publicKey] }, 'key.format'),
    noKey(['keys-028', 'an x with padding', 'There is no padding.', 'key-form'], 'public', { ...publicJwk, x: `${publicJwk.x}=` }, 'key.format'),
    noKey(['keys-029', 'an x in plain base64', 'The alphabet is that of base64url.', 'key-form'], 'public',
      { ...publicJwk, x: publicJwk.x.replaceAll('-', '+').replaceAll('_', '/') }, 'key.format'),
    noKey(['keys-030', 'an x with a stray bit', 'Trailing bits are zero.', 'key-form'], 'public', { ...publicJwk, x: publicJwk.x.replace(/w$/, 'x') }, 'key.format'),
    noKey(['keys-031', 'an x with a line feed', 'There is no white space.', 'key-form'], 'public', { ...publicJwk, x: `${publicJwk.x}\n` }, 'key.format'),
    noKey(['keys-032', 'an x in hexadecimal', 'As base64url it has 48 bytes.', 'key-form'], 'public', { ...publicJwk, x: hex(cfo.publicKey) }, 'key.length'),
    noKey(['keys-033', 'an empty x', 'It is canonical base64url of no bytes.', 'key-form'], 'public', { ...publicJwk, x: '' }, 'key.length'),
    noKey(['keys-034', 'an x of 31 bytes', 'Keys have 32.', 'key-form'], 'public', jwkOf(cfo.publicKey.slice(1)), 'key.length'),
    noKey(['keys-035', 'an x of 33 bytes', 'Keys have 32.', 'key-form'], 'public', jwkOf(Uint8Array.of(...cfo.publicKey, 0)), 'key.length'),
    noKey(['keys-036', 'the use enc of a weak key', 'The form counts before the key.', 'order'], 'public',
      { ...jwkOf(new Uint8Array(32)), use: 'enc' }, 'key.format'),
    noKey(['keys-037', 'another algorithm, and an x of 31 bytes', 'The form counts before the length.', 'order'], 'public',
      { ...jwkOf(cfo.publicKey.slice(1)), alg: 'ES256' }, 'key.format'),
    noKey(['keys-038', 'a private key with an x of 31 bytes', 'That it is private counts first.', 'order'], 'public',
      { ...privateJwk, x: base64url(cfo.publicKey.slice(1)) }, 'key.format'),
    noKey(['keys-039', '31 bytes of zero', 'The length counts before the weakness.', 'order'], 'public', jwkOf(new Uint8Array(31)), 'key.length'),
    noKey(['keys-040', 'the type oct with the members of a public key', 'A type is what it says, and this is none of a public key.', 'algorithm-confusion'],
      'public', { ...publicJwk, kty: 'oct' }, 'key.format'),
    ...weak,

    // Private keys.
    key(['keys-058', 'a private key', 'Its id is that of its public part.', 'normal'], 'private', privateJwk, cfo.kid),
    key(['keys-059', 'a private key with algorithm and use', 'They are those of the public part.', 'normal'], 'private',
      { ...privateJwk, alg: 'EdDSA', use: 'sig' }, cfo.kid),
    noKey(['keys-060', 'a private part without its public part', 'x is not there.', 'key-form'], 'private', without(privateJwk, 'x'), 'key.format'),
    noKey(['keys-061', 'a private part with padding', 'There is no padding.', 'key-form'], 'private', { ...privateJwk, d: `${d}=` }, 'key.format'),
    noKey(['keys-062', 'a private part that is null', 'It is no text.', 'key-form'], 'private', { ...privateJwk, d: null }, 'key.format'),
    noKey(['keys-063', 'a seed of 31 bytes', 'Seeds have 32.', 'key-form'], 'private', { ...privateJwk, d: base64url(cfo.seed.slice(1)) }, 'key.length'),
    noKey(['keys-064', 'seed and public key together as 64 bytes', 'Only the seed belongs there.', 'key-form'], 'private',
      { ...privateJwk, d: base64url(Uint8Array.of(...cfo.seed, ...cfo.publicKey)) }, 'key.length'),
    noKey(['keys-065', 'the seed of another key', 'It is not the seed of x.', 'key-mismatch'], 'private', { ...privateJwk, d: research.jwk.d }, 'key.mismatch'),
    noKey(['keys-066', 'the public part as its private part', 'It is not the seed of x.', 'key-mismatch'], 'private', { ...privateJwk, d: publicJwk.x }, 'key.mismatch'),
    noKey(['keys-067', 'a weak x, and a private part with padding', 'The public part counts first.', 'order'], 'private',
      { ...jwkOf(new Uint8Array(32)), d: `${d}=` }, 'key.weak'),
    noKey(['keys-068', 'an x of 33 bytes, and a private part with padding', 'The public part counts first.', 'order'], 'private',
      { ...jwkOf(new Uint8Array(33)), d: `${d}=` }, 'key.length'),
    noKey(['keys-069', 'another algorithm of a private key', 'It is not that of the key.', 'algorithm-confusion'], 'private', { ...privateJwk, alg: 'ES256' }, 'key.format'),

    // Secrets of suite 1.
    key(['keys-070', 'a secret', 'Its id is its kid.', 'normal'], 'secret', secretJwk, domain.kid),
    key(['keys-071', 'a secret with algorithm and use', 'They are those of suite 1.', 'normal'], 'secret', { ...secretJwk, alg: 'HS256', use: 'sig' }, domain.kid),
    key(['keys-072', 'a secret with a curve, an x and a d', 'They mean nothing in this type.', 'key-form'], 'secret', { ...privateJwk, ...secretJwk }, domain.kid),
    noKey(['keys-073', 'the algorithm HS512', 'Suite 1 is HMAC-SHA-256.', 'algorithm-confusion'], 'secret', { ...secretJwk, alg: 'HS512' }, 'key.format'),
    noKey(['keys-074', 'the algorithm EdDSA', 'It is not that of a secret.', 'algorithm-confusion'], 'secret', { ...secretJwk, alg: 'EdDSA' }, 'key.format'),
    noKey(['keys-075', 'the use enc of a secret', 'It is not for tags.', 'key-form'], 'secret', { ...secretJwk, use: 'enc' }, 'key.format'),
    noKey(['keys-076', 'the type OCT', 'Nothing is folded, and it is not OKP.', 'key-form'], 'secret', { ...secretJwk, kty: 'OCT' }, 'key.format'),
    noKey(['keys-077', 'no secret', 'It is not there.', 'key-form'], 'secret', without(secretJwk, 'k'), 'key.format'),
    noKey(['keys-078', 'no kid', 'A secret has no other id.', 'key-form'], 'secret', without(secretJwk, 'kid'), 'key.format'),
    noKey(['keys-079', 'a secret with padding', 'There is no padding.', 'key-form'], 'secret', { ...secretJwk, k: `${secretJwk.k}=` }, 'key.format'),
    noKey(['keys-080', 'a kid that is a name', 'It is no base64url.', 'key-form'], 'secret', { ...secretJwk, kid: 'domain key' }, 'key.format'),
    noKey(['keys-081', 'a passphrase', 'It has not the length of a secret.', 'key-form'], 'secret', { ...secretJwk, k: 'correct-horse-battery-staple' }, 'key.length'),
    noKey(['keys-082', 'a secret of 31 bytes', 'Secrets have 32.', 'key-form'], 'secret', { ...secretJwk, k: base64url(domain.secret.slice(1)) }, 'key.length'),
    noKey(['keys-083', 'a secret of 33 bytes', 'Secrets have 32.', 'key-form'], 'secret', { ...secretJwk, k: base64url(Uint8Array.of(...domain.secret, 0)) }, 'key.length'),
    noKey(['keys-084', 'a kid of 15 bytes', 'It has 16.', 'key-form'], 'secret', { ...secretJwk, kid: base64url(domain.kid.slice(1)) }, 'key.length'),
    noKey(['keys-085', 'a kid of 17 bytes', 'It has 16.', 'key-form'], 'secret', { ...secretJwk, kid: base64url(Uint8Array.of(...domain.kid, 0)) }, 'key.length'),
    noKey(['keys-086', 'a secret of 31 bytes, and a kid with padding', 'The form counts before the length.', 'order'], 'secret',
      { ...secretJwk, k: base64url(domain.secret.slice(1)), kid: `${secretJwk.kid}==` }, 'key.format'),

    // Trust files that load.
    anchors(['keys-087', 'no anchors', 'The list may be empty.', 'normal'], []),
    anchors(['keys-088', 'a human', 'Its window is by default all of time.', 'normal'], [own()], ownAnchor()),
    anchors(['keys-089', 'a human and an authority', 'They stay in their order.', 'normal'], [shared(), own()], sharedAnchor(), ownAnchor()),
    anchors(['keys-090', 'an authority with a public key', 'Authorities have keys of either suite.', 'normal'], [shared({}, publicJwk)], sharedAnchor({ id: hex(cfo.kid) })),
    anchors(['keys-091', 'one human with two keys', 'Keys are told apart by their ids.', 'normal'], [own(), own({}, other)], ownAnchor(), ownAnchor({ id: hex(research.kid) })),
    anchors(['keys-092', 'patterns of every form', 'A principal, and what ends in /* or :*.', 'grantor-claim'],
      [shared({ speaks_for: [CFO, 'mailto:*', 'agent:acme/*', 'agent:acme:*'] })], sharedAnchor({ speaksFor: [CFO, 'mailto:*', 'agent:acme/*', 'agent:acme:*'] })),
    anchors(['keys-093', 'a human with an empty list of patterns', 'It is the default.', 'normal'], [own({ speaks_for: [] })], ownAnchor()),
    anchors(['keys-094', 'a window of one second', 'From is below until.', 'anchor-window'], [own({ from: 10, until: 11 })], ownAnchor({ from: 10, until: 11 })),
    anchors(['keys-095', 'a window from the last second on', 'Without until it ends at 2^33.', 'anchor-window'], [own({ from: 2 ** 33 - 1 })], ownAnchor({ from: 2 ** 33 - 1 })),
    anchors(['keys-096', 'a window until 1', 'Without from it begins at 0.', 'anchor-window'], [own({ until: 1 })], ownAnchor({ until: 1 })),
    anchors(['keys-097', 'a principal of 255 characters behind its scheme', 'The longest one.', 'limit'], [own({ principal: `a:${'x'.repeat(255)}` })], ownAnchor({ principal: `a:${'x'.repeat(255)}` })),
    anchors(['keys-098', 'a kid that is the thumbprint', 'It may be there.', 'key-form'], [own({}, { ...publicJwk, kid: base64url(cfo.kid) })], ownAnchor()),
    anchors(['keys-099', 'members of a key that mean nothing', 'They are ignored beside writ, and not in it.', 'key-form'],
      [own({}, { ...publicJwk, alg: 'EdDSA', use: 'sig', x5c: [] })], ownAnchor()),
    anchors(['keys-100', 'a status that is needed', 'Its subject is by default that of the chain.', 'normal'], [alive({})], aliveAnchor({})),
    anchors(['keys-101', 'a status of one subject', 'Free text, the empty one included.', 'normal'], [alive({ subject: '' })], aliveAnchor({ subject: '' })),
    anchors(['keys-102', 'a status of this very second', 'Its age may be 0.', 'limit'], [alive({ within: 0 })], aliveAnchor({ within: 0 })),
    anchors(['keys-103', 'a status of any age', '2^53 - 1 is the greatest integer.', 'limit'], [alive({ within: 2 ** 53 - 1 })], aliveAnchor({ within: 2 ** 53 - 1 })),
    anchors(['keys-104', 'an authority that needs a status', 'Anchors of either kind may.', 'normal'], [shared({ alive: { key: watch, within: 60 } })],
      sharedAnchor({ alive: { key: hex(control.kid), within: 60 } })),

    // Step 1.
    fails(['keys-105', 'null for a trust file', 'No JSON object.', 'trust-file'], { trust: null }, 'trust.format'),
    fails(['keys-106', 'a list of keys', 'No JSON object.', 'trust-file'], { trust: [own()] }, 'trust.format'),
    fails(['keys-107', 'one key for a trust file', 'It has no list of keys.', 'trust-file'], { trust: own() }, 'trust.format'),
    fails(['keys-108', 'keys by name', 'They are a list.', 'trust-file'], { trust: { keys: { cfo: own() } } }, 'trust.format'),

    // Step 2.
    noTrust(['keys-109', 'null for a key', 'No JSON object.', 'trust-file'], [null], 'trust.format'),
    noTrust(['keys-110', 'a key without the member writ', 'Nobody said whose it is.', 'trust-file'], [publicJwk], 'trust.format'),
    noTrust(['keys-111', 'a list for the member writ', 'It is an object.', 'trust-file'], [{ ...publicJwk, writ: [human] }], 'trust.format'),
    noTrust(['keys-112', 'a member speaksFor', 'A name that is misspelt is no name.', 'trust-file'], [own({ speaksFor: [] })], 'trust.format'),
    noTrust(['keys-113', 'no principal', 'It is required.', 'trust-file'], [{ ...publicJwk, writ: { kind: 'human' } }], 'trust.format'),
    noTrust(['keys-114', 'a principal with a *', 'It could be taken for a pattern.', 'trust-file'], [own({ principal: 'mailto:*' })], 'trust.format'),
    noTrust(['keys-115', 'a principal with a #', 'It could be taken for a subject.', 'trust-file'], [own({ principal: `${CFO}#q3` })], 'trust.format'),
    noTrust(['keys-116', 'a principal without a scheme', 'It is no principal.', 'trust-file'], [own({ principal: 'cfo@acme.example' })], 'trust.format'),
    noTrust(['keys-117', 'a principal whose scheme is in capitals', 'Nothing is folded.', 'trust-file'], [own({ principal: 'Mailto:cfo@acme.example' })], 'trust.format'),
    noTrust(['keys-118', 'a scheme alone', 'At least one character follows.', 'trust-file'], [own({ principal: 'mailto:' })], 'trust.format'),
    noTrust(['keys-119', 'a principal of 256 characters behind its scheme', 'One too many.', 'limit'], [own({ principal: `a:${'x'.repeat(256)}` })], 'trust.format'),
    noTrust(['keys-120', 'a principal with a letter beyond ASCII', 'Principals are printable ASCII.', 'unicode'], [own({ principal: 'mailto:cfö@acme.example' })], 'trust.format'),
    noTrust(['keys-121', 'a principal with a line feed at its end', 'The grammar is that of the whole text.', 'trust-file'], [own({ principal: `${CFO}\n` })], 'trust.format'),
    noTrust(['keys-122', 'no kind', 'It is required.', 'trust-file'], [{ ...publicJwk, writ: { principal: CFO } }], 'trust.format'),
    noTrust(['keys-123', 'the kind service', 'There are humans and authorities.', 'trust-file'], [own({ kind: 'service' })], 'trust.format'),
    noTrust(['keys-124', 'one pattern that is no list', 'Patterns are a list.', 'trust-file'], [shared({ speaks_for: 'mailto:*' })], 'trust.format'),
    noTrust(['keys-125', 'null for patterns', 'What is present is a list.', 'trust-file'], [own({ speaks_for: null })], 'trust.format'),
    noTrust(['keys-126', 'a pattern that is a * alone', 'A pattern has a scheme.', 'grantor-claim'], [shared({ speaks_for: ['*'] })], 'trust.format'),
    noTrust(['keys-127', 'a pattern with a * in a name', 'It is at the end, behind / or :.', 'grantor-claim'], [shared({ speaks_for: ['agent:acme*'] })], 'trust.format'),
    noTrust(['keys-128', 'a pattern with two *', 'There is one, at the end.', 'grantor-claim'], [shared({ speaks_for: ['agent:*/*'] })], 'trust.format'),
    noTrust(['keys-129', 'a good pattern and a number', 'Each one is a text.', 'trust-file'], [shared({ speaks_for: ['mailto:*', 1] })], 'trust.format'),
    noTrust(['keys-130', 'a window from -1', 'Times begin at 0.', 'anchor-window'], [own({ from: -1 })], 'trust.format'),
    noTrust(['keys-131', 'a window from half a second', 'Times are integers.', 'anchor-window'], [own({ from: 0.5 })], 'trust.format'),
    noTrust(['keys-132', 'a window from a date', 'Times are integers.', 'anchor-window'], [own({ from: '2026-01-01' })], 'trust.format'),
    noTrust(['keys-133', 'a window until 2^33', 'Times are below it.', 'anchor-window'], [own({ until: 2 ** 33 })], 'trust.format'),
    noTrust(['keys-134', 'a window until null', 'What is present is a time.', 'anchor-window'], [own({ until: null })], 'trust.format'),

    // Step 3.
    noTrust(['keys-135', 'a private key', 'A trust file is public.', 'key-form'], [own({}, privateJwk)], 'key.format'),
    noTrust(['keys-136', 'a weak key', 'It is refused before it verifies anything.', 'weak-key'], [own({}, jwkOf(new Uint8Array(32)))], 'key.weak'),
    noTrust(['keys-137', 'a key of 31 bytes', 'Keys have 32.', 'key-form'], [own({}, jwkOf(cfo.publicKey.slice(1)))], 'key.length'),
    noTrust(['keys-138', 'a secret without a kid', 'A secret has no other id.', 'key-form'], [shared({}, without(secretJwk, 'kid'))], 'key.format'),
    noTrust(['keys-139', 'a secret of 31 bytes', 'Secrets have 32.', 'key-form'], [shared({}, { ...secretJwk, k: base64url(domain.secret.slice(1)) })], 'key.length'),
    noTrust(['keys-140', 'a key of the type RSA', 'It is not OKP.', 'algorithm-confusion'], [own({}, { kty: 'RSA', n: 'AA', e: 'AQAB' })], 'key.format'),

    // Step 4.
    noTrust(['keys-141', 'a window that ends when it begins', 'It is empty.', 'anchor-window'], [own({ from: 10, until: 10 })], 'trust.anchor'),
    noTrust(['keys-142', 'a window that ends before it begins', 'It is empty.', 'anchor-window'], [own({ from: 11, until: 10 })], 'trust.anchor'),
    noTrust(['keys-143', 'a window until 0', 'Without from it begins at 0, so it is empty.', 'anchor-window'], [own({ until: 0 })], 'trust.anchor'),
    noTrust(['keys-144', 'a human with patterns', 'A human grants for itself.', 'grantor-claim'], [own({ speaks_for: ['mailto:*'] })], 'trust.anchor'),
    noTrust(['keys-145', 'an authority with an empty list of patterns', 'It speaks for nobody.', 'trust-file'], [shared({ speaks_for: [] })], 'trust.anchor'),
    noTrust(['keys-146', 'an authority without patterns', 'It speaks for nobody, and not for all.', 'grantor-claim'], [own({ kind: 'authority' })], 'trust.anchor'),
    noTrust(['keys-147', 'a secret of a human', 'Whoever verifies with it could sign with it.', 'grantor-claim', 'suite'], [own({}, secretJwk)], 'trust.anchor'),

    // Step 5.
    noTrust(['keys-148', 'a status that is null', 'What is present is an object.', 'trust-file'], [own({ alive: null })], 'trust.format'),
    noTrust(['keys-149', 'a status of a further member', 'It is refused, whatever it was to mean.', 'trust-file'], [alive({ skew: 5 })], 'trust.format'),
    noTrust(['keys-150', 'a status without an age', 'It is required.', 'trust-file'], [own({ alive: { key: watch } })], 'trust.format'),
    noTrust(['keys-151', 'a status of an age of -1', 'Ages begin at 0.', 'trust-file'], [alive({ within: -1 })], 'trust.format'),
    noTrust(['keys-152', 'a status of an age of 2^53', 'Beyond the greatest integer.', 'number-range'], [alive({ within: 2 ** 53 })], 'trust.format'),
    noTrust(['keys-153', 'a status of an age of half a second', 'Ages are integers.', 'trust-file'], [alive({ within: 0.5 })], 'trust.format'),
    noTrust(['keys-154', 'a status of a subject that is a number', 'Subjects are texts.', 'trust-file'], [alive({ subject: 7 })], 'trust.format'),
    noTrust(['keys-155', 'a status without a key', 'What is not there is no JSON object.', 'key-form'], [own({ alive: { within: 60 } })], 'key.format'),
    noTrust(['keys-156', 'a status by a private key', 'A public key belongs there.', 'key-form'], [alive({ key: control.jwk })], 'key.format'),
    noTrust(['keys-157', 'a status by a secret', 'A public key belongs there.', 'algorithm-confusion'], [alive({ key: secretJwk })], 'key.format'),
    noTrust(['keys-158', 'a status by a weak key', 'Anybody could sign with it.', 'weak-key'], [alive({ key: jwkOf(new Uint8Array(32)) })], 'key.weak'),
    noTrust(['keys-159', 'a status by a key of 31 bytes', 'Keys have 32.', 'key-form'], [alive({ key: jwkOf(new Uint8Array(31)) })], 'key.length'),

    // Steps 6 and 7.
    noTrust(['keys-160', 'a kid that is a name', 'It is not the thumbprint.', 'trust-file'], [own({}, { ...publicJwk, kid: 'cfo' })], 'trust.format'),
    noTrust(['keys-161', 'a kid that is the thumbprint of another key', 'It is not that of this one.', 'trust-file'], [own({}, { ...publicJwk, kid: base64url(research.kid) })], 'trust.format'),
    noTrust(['keys-162', 'a kid that is the thumbprint in hexadecimal', 'It is in base64url.', 'trust-file'], [own({}, { ...publicJwk, kid: hex(cfo.kid) })], 'trust.format'),
    noTrust(['keys-163', 'a kid that is null', 'What is present is a text.', 'trust-file'], [own({}, { ...publicJwk, kid: null })], 'trust.format'),
    noTrust(['keys-164', 'one key twice', 'An id names one anchor.', 'trust-file'], [own(), own()], 'trust.duplicate'),
    noTrust(['keys-165', 'one key of a human and of an authority', 'An id names one anchor, whoever holds it.', 'grantor-claim'], [own(), shared({}, publicJwk)], 'trust.duplicate'),
    noTrust(['keys-166', 'two secrets with one kid', 'An id names one anchor, whatever the secret.', 'trust-file'],
      [shared(), shared({}, { ...secretJwk, k: base64url(rootSecret('other').secret) })], 'trust.duplicate'),
    noTrust(['keys-167', 'one key twice, with one between', 'All keys before are compared.', 'trust-file'], [own(), shared(), own({ until: 10 })], 'trust.duplicate'),

    // Two faults: the first one counts.
    noTrust(['keys-168', 'an unknown member of writ, and a weak key', 'Step 2 is before step 3.', 'order'], [own({ note: '' }, jwkOf(new Uint8Array(32)))], 'trust.format'),
    noTrust(['keys-169', 'a weak key, and a window that is empty', 'Step 3 is before step 4.', 'order'], [own({ from: 1, until: 1 }, jwkOf(new Uint8Array(32)))], 'key.weak'),
    noTrust(['keys-170', 'a secret of a human, and of 31 bytes', 'Step 3 is before step 4.', 'order'], [own({}, { ...secretJwk, k: base64url(domain.secret.slice(1)) })], 'key.length'),
    noTrust(['keys-171', 'a window that is empty, and a status that is null', 'Step 4 is before step 5.', 'order'], [own({ from: 1, until: 1, alive: null })], 'trust.anchor'),
    noTrust(['keys-172', 'a further member of a status by a weak key', 'The form counts before the key.', 'order'], [alive({ skew: 5, key: jwkOf(new Uint8Array(32)) })], 'trust.format'),
    noTrust(['keys-173', 'a status by a weak key, and a kid that is a name', 'Step 5 is before step 6.', 'order'],
      [{ ...alive({ key: jwkOf(new Uint8Array(32)) }), kid: 'cfo' }], 'key.weak'),
    noTrust(['keys-174', 'one key twice, the second time with a kid that is a name', 'Step 6 is before step 7.', 'order'], [own(), own({}, { ...publicJwk, kid: 'cfo' })], 'trust.format'),
    noTrust(['keys-175', 'a weak key, and then one without writ', 'Keys are judged one after the other.', 'order'], [own({}, jwkOf(new Uint8Array(32))), publicJwk], 'key.weak'),
    noTrust(['keys-176', 'a good key, and then one without writ', 'A file with one bad key does not load at all.', 'trust-file'], [own(), other], 'trust.format'),
    noTrust(['keys-177', 'an anchor that is trusted no more, twice', 'Importing asks no clock.', 'anchor-window'], [own({ until: 1 }), own({ until: 2 })], 'trust.duplicate'),
  ],
};
