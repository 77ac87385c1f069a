import type { Code } from '../../../src/codes.ts';
import type { Json, JsonObject } from '../../../src/json.ts';
import {
  AUDIENCE,
  base64url,
  cfo,
  domain,
  forge,
  hex,
  hopPayload,
  type Item,
  invocationPayload,
  lookup,
  NOW,
  type Pair,
  type Recipe,
  research,
  scene,
  sha256,
  stranger,
} from '../../../test/support/forge.ts';
import type { Case, Cases } from '../case.ts';
import { weakKey } from '../edge.ts';
import {
  consent,
  control,
  digest,
  type Entries,
  grant,
  hops,
  MISSION,
  open,
  set,
  status,
  yes,
} from '../scene.ts';

// Minting: what is made of claims, byte for byte, and what is refused, in which order. Tokens are made by the forge.

const jwk = ({ jwk: { d: _, ...rest } }: Pair): JsonObject => rest;
const secret: JsonObject = { kty: 'oct', k: base64url(domain.secret), kid: base64url(domain.kid) };
const weak: JsonObject = { kty: 'OKP', crv: 'Ed25519', x: base64url(weakKey) };
const other: JsonObject = { kty: 'OKP', crv: -8, x: base64url(lookup.publicKey) };
const cti = hex(sha256('cti').slice(0, 16));
const own = sha256('hop').slice(0, 8);
const nonce = hex(sha256('nonce').slice(0, 16));
const read = [{ actions: ['read'], resources: ['reports/**'] }];
const mission = { id: 'q3-report', purpose: 'Prepare the Q3 report' };
const pay = { actions: ['pay'], resources: ['invoices/*'] };

type Changes = Readonly<Record<string, Json | undefined>>;

/** Members of which those that are `undefined` are left out. */
function members(...lists: readonly Changes[]): JsonObject {
  return Object.fromEntries(
    Object.entries(Object.assign({}, ...lists)).filter(([, value]) => value !== undefined),
  ) as JsonObject;
}

/** The options of the scene's grant, with changes. */
const granting = (changes: Changes = {}): JsonObject =>
  members({ grantor: 'mailto:cfo@acme.example', delegate: 'agent:acme/research', to: jwk(research), mission, now: NOW, cti, exp: NOW + 7200, scope: read, delegation: { depth: 4 } }, changes); // biome-ignore format: as it is told
const grants = (changes: Changes = {}): JsonObject => ({
  do: 'grant',
  key: cfo.jwk,
  options: granting(changes),
});
const shared = (changes: Changes = {}): JsonObject => ({
  do: 'grant',
  key: secret,
  options: granting({ to: undefined, aud: [AUDIENCE], ...changes }),
});

/** An open token that delegates no further than to research, and what makes a hop of it. */
const parent = (changes: Entries = [], suite: 1 | 2 = 2): Recipe => open(hops([], changes, suite));
const bundle = (recipe: Recipe, seed: Uint8Array) =>
  `${forge(recipe).text.replace('writ_', 'writ_secret_')}~${base64url(seed)}`;
const delegating = (changes: Changes = {}, recipe = parent(), key: Pair | null = research): JsonObject =>
  members({
    do: 'delegate',
    text: forge(recipe).text,
    key: key?.jwk,
    options: members(
      { delegate: 'agent:acme/lookup', to: recipe.suite === 2 ? jwk(lookup) : undefined },
      changes,
    ),
  });
const invoking = (changes: Changes = {}, recipe = open(scene(2)), key: Pair | null = lookup): JsonObject =>
  members({
    do: 'invoke',
    text: forge(recipe).text,
    key: key?.jwk,
    options: members(
      { audience: AUDIENCE, action: 'read', resource: 'reports/q3.pdf', now: NOW, nonce },
      changes,
    ),
  });

const made = (recipe: Recipe) => ({ output: { text: forge(recipe).text } });
const granted = (changes: Entries = [], suite: 1 | 2 = 2) => made(parent(changes, suite));
const delegated = (changes: Entries = [], grantChanges: Entries = [], suite: 1 | 2 = 2) =>
  made(open(hops([changes], grantChanges, suite)));
const sealed = (changes: Entries = [], recipe = scene(2)) =>
  made({ ...recipe, invocation: { payload: invocationPayload(changes) } });
const refused = (code: Code) => ({ code });
const asks = [13, [[[], [cfo.publicKey], 1, 600]]] as const;
const proves = [17, cfo.publicKey] as const;
const presented: Recipe = scene(2, { blocks: [{ payload: parent([asks]).blocks[0]?.payload as Item }, { payload: hopPayload(2) }] }); // biome-ignore format: one line
const sealedBy = (recipe: Recipe) => {
  const { blocks } = forge(recipe);
  return { blocks, payload: recipe.invocation?.payload as ReadonlyMap<number, Item>, now: NOW };
};
const answers = (changes: Changes = {}, recipe = presented, key: Pair = cfo): JsonObject => ({
  do: 'approve',
  text: forge(recipe).text,
  key: key.jwk,
  options: members({ approved: true, now: NOW }, changes),
});
const piece = (bytes: Uint8Array) => ({ output: { text: `~${base64url(bytes)}` } });
const stating = (subjects: JsonObject, changes: Changes = {}): JsonObject => ({
  do: 'status',
  key: control.jwk,
  options: members({ subjects, issued: NOW, goodFor: 3600 }, changes),
});
const stated = (entry: Item) => piece(status(0, entry)(sealedBy(scene(2))));
const [first, second] = [sha256('one'), sha256('two')].sort(Buffer.compare) as [Uint8Array, Uint8Array];
const changing = (state: string, change: string): JsonObject => ({ do: 'change', state, change });

const ridden = `~${base64url(status(0)(sealedBy(scene(2))))}`;

// biome-ignore format: a case reads as a paragraph
const all: readonly Case[] = [
  // Grants.
  { id: 'mint-001', name: 'a grant, Ed25519', reason: 'Its bytes follow from what is claimed.', flags: ['normal'], input: grants(), ...granted() },
  { id: 'mint-002', name: 'a grant, HMAC', reason: 'It names its service and no keys, and is a secret.', flags: ['normal', 'suite'], input: shared(), ...granted([], 1) },
  { id: 'mint-003', name: 'sets in another order, and twice', reason: 'They are sorted by encoding, and told once.', flags: ['mint-input'],
    input: grants({ aud: [AUDIENCE, 'b', 'a', 'b'], scope: [pay, { actions: ['read', 'list', 'read'], resources: ['reports/**', 'a'] }, pay] }),
    ...granted([[3, ['a', 'b', AUDIENCE]], [10, set([['pay'], ['invoices/*']], [['list', 'read'], ['a', 'reports/**']])]]) },
  { id: 'mint-004', name: 'a delegation of depth 0', reason: 'Absence says it.', flags: ['mint-input'], input: grants({ delegation: { depth: 0 } }), ...granted([[11, undefined]]) },
  { id: 'mint-005', name: 'the default subject written out', reason: 'Absence says it.', flags: ['mint-input'], input: grants({ alive: [{ key: jwk(control), within: 300, subject: MISSION }] }), ...granted([[12, [[control.publicKey, 300]]]]) },
  { id: 'mint-006', name: 'a grant with every caveat', reason: 'Each has its key and its form.', flags: ['normal'],
    input: grants({ aud: [AUDIENCE], nbf: NOW, delegation: { depth: 2, to: ['agent:acme/*', jwk(lookup)] }, alive: [{ key: jwk(control), within: 300, subject: 'other' }], approval: [{ unless: [pay], keys: [jwk(cfo)], need: 1, within: 600 }], context: { net: { cidr: '10.0.0.0/8' } }, limits: [{ unit: 'call', amount: 5 }, { unit: 'eur-cent', amount: 100, window: 60 }], plan: [{ permission: read[0] as JsonObject, min: 0, max: 3 }], consent: jwk(cfo), ext: { 'acme.example/region': 'eu' } }),
    ...granted([[3, [AUDIENCE]], [5, NOW], [11, [2, set('agent:acme/*', lookup.publicKey)]], [12, [[control.publicKey, 300, 'other']]], [13, [[[[['pay'], ['invoices/*']]], [cfo.publicKey], 1, 600]]], [14, { net: [9, '10.0.0.0/8'] }], [15, set(['call', 5], ['eur-cent', 100, 60])], [16, [[[['read'], ['reports/**']], 0, 3]]], [17, cfo.publicKey], [18, { 'acme.example/region': 'eu' }]]) },
  { id: 'mint-007', name: 'a scope with every predicate', reason: 'Each has its number; sets within are sorted.', flags: ['normal'],
    input: grants({ scope: [{ actions: ['read'], resources: ['**'], args: { a: { eq: 1 }, b: { in: ['y', 'x'] }, c: { notIn: [true] }, d: { range: [null, 5] }, e: { pattern: 'a/*' }, f: { suffix: '.pdf' }, g: { subset: [] }, h: { size: 8 }, i: { cidr: '10.0.0.0/8' }, j: { host: ['b.example', 'a.example'] }, '?k': { all: [{ range: [1, null] }, { notIn: [13] }] }, '*': true } }] }),
    ...granted([[10, [[['read'], ['**'], { a: [1, 1], b: [2, ['x', 'y']], c: [3, [true]], d: [4, false, 5], e: [5, 'a/*'], f: [6, '.pdf'], g: [7, []], h: [8, 8], i: [9, '10.0.0.0/8'], j: [10, ['a.example', 'b.example']], '?k': [11, set([4, 1, false], [3, [13]])], '*': true }]]]]) },
  { id: 'mint-008', name: 'a mission with a reference and an instruction', reason: 'Both are records.', flags: ['normal'], input: grants({ mission: { ...mission, reference: 'TICKET-1', instruction: hex(sha256('instruction')) } }),
    ...granted([[9, new Map<number, Item>([[1, 'q3-report'], [2, 'Prepare the Q3 report'], [3, 'TICKET-1'], [4, sha256('instruction')]])]]) },
  { id: 'mint-009', name: 'a grant with limits and two audiences', reason: 'Counters are per audience.', flags: ['mint-input', 'counters'], input: grants({ aud: [AUDIENCE, 'b'], limits: [{ unit: 'call', amount: 5 }] }), ...refused('mint.input') },
  { id: 'mint-010', name: 'a grant with a plan and no audience', reason: 'Counters are per audience.', flags: ['mint-input', 'plan'], input: grants({ plan: [{ permission: pay, min: 0, max: 1 }] }), ...refused('mint.input') },
  { id: 'mint-011', name: "a grant without the delegate's key, Ed25519", reason: 'Whoever has no key can prove nothing.', flags: ['mint-input'], input: grants({ to: undefined }), ...refused('mint.input') },
  { id: 'mint-012', name: "a grant with the delegate's key, HMAC", reason: 'No block of this suite names one.', flags: ['mint-input', 'suite'], input: shared({ to: jwk(research) }), ...refused('mint.input') },
  { id: 'mint-013', name: 'a grant without an audience, HMAC', reason: 'Every verifier could forge, so the root names them.', flags: ['mint-input', 'suite'], input: shared({ aud: undefined }), ...refused('mint.input') },
  { id: 'mint-014', name: 'a misspelt caveat', reason: 'It would leave the token wider than it was meant.', flags: ['mint-input'], input: grants({ limit: [{ unit: 'call', amount: 5 }] }), ...refused('mint.input') },
  { id: 'mint-015', name: 'a misspelt member of a limit', reason: 'It would leave the limit wider than it was meant.', flags: ['mint-input'], input: grants({ aud: [AUDIENCE], limits: [{ unit: 'call', amount: 5, windows: 60 }] }), ...refused('mint.input') },
  { id: 'mint-016', name: 'a misspelt member of a mission', reason: 'What is not known is refused.', flags: ['mint-input'], input: grants({ mission: { ...mission, why: 'x' } }), ...refused('mint.input') },
  { id: 'mint-017', name: 'a principal that is none', reason: 'What a decoder rejects does not leave.', flags: ['mint-input', 'claim-grammar'], input: grants({ delegate: 'agent:acme/*' }), ...refused('mint.input') },
  { id: 'mint-018', name: 'a time in milliseconds', reason: 'What a decoder rejects does not leave.', flags: ['mint-input', 'claim-grammar'], input: grants({ exp: NOW * 1000 }), ...refused('mint.input') },
  { id: 'mint-019', name: 'a scope without a permission', reason: 'What a decoder rejects does not leave.', flags: ['mint-input'], input: grants({ scope: [] }), ...refused('mint.input') },
  { id: 'mint-020', name: 'a purpose with a character that nobody sees', reason: 'What a decoder rejects does not leave.', flags: ['mint-input', 'unicode'], input: grants({ mission: { id: 'a', purpose: 'pay\u202eeno' } }), ...refused('mint.input') },
  { id: 'mint-021', name: "a delegate's key of small order", reason: 'Everybody can sign for it.', flags: ['weak-key'], input: grants({ to: weak }), ...refused('key.weak') },
  { id: 'mint-022', name: "a delegate's key of another algorithm", reason: 'Nothing could verify it.', flags: ['algorithm-confusion'], input: grants({ to: other }), ...refused('key.algorithm') },
  { id: 'mint-023', name: 'a signer that signs with other bytes', reason: 'What does not verify does not leave.', flags: ['altered-proof'], input: { do: 'grant', key: jwk(cfo), signature: hex(new Uint8Array(64).fill(7)), options: granting() }, ...refused('mint.signature') },
  { id: 'mint-024', name: 'a signer that returns too little', reason: 'What does not verify does not leave.', flags: ['altered-proof'], input: { do: 'grant', key: jwk(cfo), signature: hex(new Uint8Array(63)), options: granting() }, ...refused('mint.signature') },
  { id: 'mint-025', name: 'a signer for a key of small order', reason: 'It is refused before anybody is asked to sign.', flags: ['weak-key', 'order'], input: { do: 'grant', key: weak, signature: hex(new Uint8Array(64)), options: granting() }, ...refused('key.weak') },

  // Hops.
  { id: 'mint-026', name: 'a hop, Ed25519', reason: 'Its bytes follow from what is claimed.', flags: ['normal'], input: delegating(), ...delegated() },
  { id: 'mint-027', name: 'a hop, HMAC', reason: 'The last tag makes the next one, and takes no key.', flags: ['normal', 'suite'], input: delegating({}, parent([], 1), null), ...delegated([], [], 1) },
  { id: 'mint-028', name: 'a hop from a bundle', reason: 'The bundle brings its own key.', flags: ['normal'], input: { ...delegating({}, parent(), null), text: bundle(parent(), research.seed) }, ...delegated() },
  { id: 'mint-029', name: 'a hop with caveats, a task and limits', reason: 'Limits take a cti.', flags: ['normal', 'counters'],
    input: delegating({ task: 'Find it', reference: 'T-7', instruction: hex(sha256('task')), cti: hex(own), exp: NOW + 60, scope: [{ actions: ['read'], resources: ['reports/q3/**'] }], limits: [{ unit: 'call', amount: 3 }] }, parent([[3, [AUDIENCE]]])),
    ...delegated([[4, NOW + 60], [7, own], [9, new Map<number, Item>([[2, 'Find it'], [3, 'T-7'], [4, sha256('task')]])], [10, [[['read'], ['reports/q3/**']]]], [15, [['call', 3]]]], [[3, [AUDIENCE]]]) },
  { id: 'mint-030', name: 'a hop of depth 0', reason: 'In a hop it says something.', flags: ['normal'], input: delegating({ delegation: { depth: 0 } }), ...delegated([[11, [0]]]) },
  { id: 'mint-031', name: 'a text that is no token', reason: 'It is refused as a decoder refuses it.', flags: ['text-form', 'order'], input: { ...delegating(), text: 'writ_!' }, ...refused('text.base64') },
  { id: 'mint-032', name: 'a hop of a sealed token', reason: 'Sealed is final.', flags: ['mint-input'], input: delegating({}, scene(2), lookup), ...refused('mint.sealed') },
  { id: 'mint-033', name: "a hop by a key that is not the holder's", reason: 'Its signature would not verify.', flags: ['wrong-signer'], input: delegating({}, parent(), stranger), ...refused('holder.key') },
  { id: 'mint-034', name: 'a hop without a key', reason: 'Nobody could sign it.', flags: ['wrong-signer'], input: delegating({}, parent(), null), ...refused('mint.input') },
  { id: 'mint-035', name: 'a hop of a bundle with a key beside it', reason: 'Two keys leave a doubt.', flags: ['wrong-signer'], input: { ...delegating(), text: bundle(parent(), research.seed) }, ...refused('mint.input') },
  { id: 'mint-036', name: 'a bundle with the seed of another key', reason: 'It is matched where it is used.', flags: ['wrong-signer'], input: { ...delegating({}, parent(), null), text: bundle(parent(), stranger.seed) }, ...refused('holder.key') },
  { id: 'mint-037', name: 'a hop with a key, HMAC', reason: 'The tag in the token is the power.', flags: ['wrong-signer', 'suite'], input: delegating({}, parent([], 1), research), ...refused('mint.input') },
  { id: 'mint-038', name: 'a hop with limits where two audiences are left', reason: 'Counters are per audience.', flags: ['mint-input', 'counters'], input: delegating({ limits: [{ unit: 'call', amount: 1 }] }, parent([[3, ['b', AUDIENCE]]])), ...refused('mint.input') },
  { id: 'mint-039', name: 'a hop with limits that leaves one audience itself', reason: 'All blocks down to it count.', flags: ['normal', 'counters'], input: delegating({ cti: hex(own), aud: [AUDIENCE], limits: [{ unit: 'call', amount: 1 }] }, parent([[3, ['b', AUDIENCE]]])),
    ...delegated([[3, [AUDIENCE]], [7, own], [15, [['call', 1]]]], [[3, ['b', AUDIENCE]]]) },
  { id: 'mint-040', name: "a hop to a key of small order, by a key that is not the holder's", reason: 'The holder comes first.', flags: ['wrong-signer', 'weak-key', 'order'], input: delegating({ to: weak }, parent(), stranger), ...refused('holder.key') },
  { id: 'mint-041', name: 'a hop to a key of small order', reason: 'Everybody can sign for it.', flags: ['weak-key'], input: delegating({ to: weak }), ...refused('key.weak') },
  { id: 'mint-042', name: 'a consent in a hop', reason: "It is the root's alone.", flags: ['mint-input'], input: delegating({ consent: jwk(cfo) }), ...refused('mint.input') },
  { id: 'mint-043', name: 'a hop with an action that its parent does not have', reason: 'It gains nothing, and misleads its delegate.', flags: ['wider-hop'], input: delegating({ scope: [{ actions: ['write'], resources: ['reports/**'] }] }), ...refused('hop.wider') },
  { id: 'mint-044', name: 'the same, told otherwise', reason: 'Who knows what it does may.', flags: ['wider-hop'], input: delegating({ force: true, scope: [{ actions: ['write'], resources: ['reports/**'] }] }), ...delegated([[10, [[['write'], ['reports/**']]]]]) },
  { id: 'mint-045', name: 'a hop that lives longer', reason: 'Contained is what ends no later.', flags: ['wider-hop'], input: delegating({ exp: NOW + 7201 }), ...refused('hop.wider') },
  { id: 'mint-046', name: 'a hop that delegates as deep as its parent', reason: 'Depth is counted down first.', flags: ['wider-hop'], input: delegating({ delegation: { depth: 4 } }), ...refused('hop.wider') },
  { id: 'mint-047', name: 'a hop that delegates one less deep', reason: 'That is what is left.', flags: ['normal'], input: delegating({ delegation: { depth: 3 } }), ...delegated([[11, [3]]]) },
  { id: 'mint-048', name: 'a hop of a token that may not be delegated', reason: 'No verifier would accept it.', flags: ['wider-hop'], input: delegating({}, parent([[11, undefined]])), ...refused('hop.wider') },
  { id: 'mint-049', name: 'a hop to a delegate that is not on the list', reason: 'No verifier would accept it.', flags: ['wider-hop'], input: delegating({}, parent([[11, [4, ['agent:acme/other']]]])), ...refused('hop.wider') },
  { id: 'mint-050', name: 'a hop with a greater amount of the same unit', reason: 'It asks for more of the same.', flags: ['wider-hop', 'counters'], input: delegating({ cti: hex(own), limits: [{ unit: 'call', amount: 6 }] }, parent([[3, [AUDIENCE]], [15, [['call', 5]]]])), ...refused('hop.wider') },
  { id: 'mint-051', name: 'a hop with a limit of another unit', reason: 'It adds a condition.', flags: ['normal', 'counters'], input: delegating({ cti: hex(own), limits: [{ unit: 'usd-cent', amount: 6 }] }, parent([[3, [AUDIENCE]], [15, [['call', 5]]]])), ...delegated([[7, own], [15, [['usd-cent', 6]]]], [[3, [AUDIENCE]], [15, [['call', 5]]]]) },
  { id: 'mint-052', name: 'a hop that asks a status less often', reason: 'It asks the same authority about the same subject.', flags: ['wider-hop'], input: delegating({ alive: [{ key: jwk(control), within: 600 }] }, parent([[12, [[control.publicKey, 300]]]])), ...refused('hop.wider') },
  { id: 'mint-053', name: 'a hop with a 33rd block', reason: 'What a decoder rejects does not leave.', flags: ['limit'], input: delegating({ delegate: 'agent:acme/last' }, open(hops(Array.from({ length: 31 }, () => []), [[11, [40]]], 1)), null), ...refused('mint.input') },
  { id: 'mint-054', name: 'a signer that signs a hop with other bytes', reason: 'What does not verify does not leave.', flags: ['altered-proof'], input: { ...delegating(), key: jwk(research), signature: hex(new Uint8Array(64).fill(7)) }, ...refused('mint.signature') },
  { id: 'mint-055', name: 'a signer that signs wrongly a hop that is wider', reason: 'It is asked only after all other checks.', flags: ['wider-hop', 'order'], input: { ...delegating({ exp: NOW + 7201 }), key: jwk(research), signature: hex(new Uint8Array(64).fill(7)) }, ...refused('hop.wider') },

  // Invocations.
  { id: 'mint-056', name: 'an invocation, Ed25519', reason: 'Its bytes follow from what is claimed; it lives for 60 seconds.', flags: ['normal'], input: invoking(), ...sealed() },
  { id: 'mint-057', name: 'an invocation, HMAC', reason: 'The token loses the tag with which it could be extended.', flags: ['normal', 'suite'], input: invoking({}, open(scene(1)), null), ...sealed([], scene(1)) },
  { id: 'mint-058', name: 'an invocation with arguments', reason: 'Their canonical form is bound.', flags: ['normal'], input: invoking({ args: { memo: 'Q3', amount: 250 } }), ...sealed([digest({ memo: 'Q3', amount: 250 })]) },
  { id: 'mint-059', name: 'an invocation with a body', reason: 'Its bytes are bound.', flags: ['normal'], input: invoking({ body: hex(Buffer.from('{ "amount": 250 }')) }), ...sealed([digest('{ "amount": 250 }')]) },
  { id: 'mint-060', name: 'no arguments written out', reason: 'An empty object is none.', flags: ['normal'], input: invoking({ args: {} }), ...sealed() },
  { id: 'mint-061', name: 'an invocation of 300 seconds with a task', reason: 'That is the longest life.', flags: ['normal', 'time-boundary'], input: invoking({ lifetime: 300, task: 'Look' }), ...sealed([[4, NOW + 300], [9, new Map([[2, 'Look']])]]) },
  { id: 'mint-062', name: 'an invocation of 301 seconds', reason: 'What a decoder rejects does not leave.', flags: ['mint-input', 'time-boundary'], input: invoking({ lifetime: 301 }), ...refused('mint.input') },
  { id: 'mint-063', name: 'an invocation of a sealed token', reason: 'Sealed is final.', flags: ['mint-input'], input: invoking({}, scene(2)), ...refused('mint.sealed') },
  { id: 'mint-064', name: "an invocation by a key that is not the holder's", reason: 'Its signature would not verify.', flags: ['wrong-signer'], input: invoking({}, open(scene(2)), research), ...refused('holder.key') },
  { id: 'mint-065', name: 'a resource that would be normalised', reason: 'What a decoder rejects does not leave.', flags: ['path-confusion'], input: invoking({ resource: 'reports/../hr' }), ...refused('mint.input') },
  { id: 'mint-066', name: 'a body with one name twice', reason: 'Two parsers would read two requests.', flags: ['arguments'], input: invoking({ body: hex(Buffer.from('{"a":1,"a":2}')) }), ...refused('request.malformed') },
  { id: 'mint-067', name: "arguments that are none, with a key that is not the holder's", reason: 'The holder comes first.', flags: ['arguments', 'wrong-signer', 'order'], input: invoking({ args: { '*': 1 } }, open(scene(2)), research), ...refused('holder.key') },

  // Evidence.
  { id: 'mint-068', name: 'a yes', reason: 'It repeats the request and its nonce, and hangs on the last block.', flags: ['normal'], input: answers(), ...piece(yes()(sealedBy(presented))) },
  { id: 'mint-069', name: 'a no that is good for a minute', reason: 'A no is an answer too.', flags: ['normal'], input: answers({ approved: false, lifetime: 60 }), ...piece(yes({ claims: [[4, NOW + 60], [10, false]] })(sealedBy(presented))) },
  { id: 'mint-070', name: 'a yes to arguments', reason: 'The approver has them, and they are the ones that were sealed.', flags: ['normal'], input: answers({ args: { a: 1 } }, { ...presented, invocation: { payload: invocationPayload([digest({ a: 1 })]) } }),
    ...piece(yes()(sealedBy({ ...presented, invocation: { payload: invocationPayload([digest({ a: 1 })]) } }))) },
  { id: 'mint-071', name: 'a yes to other arguments than were sealed', reason: 'The approver would say yes to what it did not see.', flags: ['approval-binding'], input: answers({ args: { a: 2 } }, { ...presented, invocation: { payload: invocationPayload([digest({ a: 1 })]) } }), ...refused('mint.input') },
  { id: 'mint-072', name: 'a yes without the arguments that were sealed', reason: 'The approver would say yes to what it did not see.', flags: ['approval-binding'], input: answers({}, { ...presented, invocation: { payload: invocationPayload([digest({ a: 1 })]) } }), ...refused('mint.input') },
  { id: 'mint-073', name: 'a yes by a key that no block asks', reason: 'It would say nothing.', flags: ['approval-binding'], input: answers({}, presented, stranger), ...refused('mint.input') },
  { id: 'mint-074', name: 'a yes by a delegate of the chain', reason: 'Nobody approves what comes through its own hands.', flags: ['approval-binding'], input: answers({}, scene(2, { blocks: [{ payload: parent([[13, [[[], [research.publicKey], 1, 600]]]]).blocks[0]?.payload as Item }, { payload: hopPayload(2) }] }), research), ...refused('mint.input') },
  { id: 'mint-075', name: 'a yes to an open token', reason: 'It asks nothing.', flags: ['approval-binding'], input: answers({}, parent([asks])), ...refused('mint.input') },
  { id: 'mint-076', name: 'a consent', reason: 'It hangs on the root block.', flags: ['normal'], input: { do: 'consent', text: forge(parent([proves])).text, key: cfo.jwk, options: { now: NOW } }, ...piece(consent()(sealedBy(grant([proves])))) },
  { id: 'mint-077', name: 'a consent that the grant does not ask for', reason: 'It would say nothing.', flags: ['consent-source'], input: { do: 'consent', text: forge(parent()).text, key: cfo.jwk, options: { now: NOW } }, ...refused('mint.input') },
  { id: 'mint-078', name: 'a status', reason: 'Active, and nothing revoked.', flags: ['normal'], input: stating({ [MISSION]: { state: 'active' } }), ...stated([1, []]) },
  { id: 'mint-079', name: 'a status with revoked ids in another order, and one of them twice', reason: 'They are sorted, and told once.', flags: ['mint-input'],
    input: stating({ [MISSION]: { state: 'suspended', revoked: [second, first, second].map((id) => ({ id: hex(id), until: NOW + 9 })) } }), ...stated([2, [[first, NOW + 9], [second, NOW + 9]]]) },
  { id: 'mint-080', name: 'a status with one id and two times', reason: 'What a decoder rejects does not leave.', flags: ['mint-input'], input: stating({ [MISSION]: { state: 'active', revoked: [NOW, NOW + 1].map((until) => ({ id: hex(first), until })) } }), ...refused('mint.input') },
  { id: 'mint-081', name: 'a status of nothing', reason: 'What a decoder rejects does not leave.', flags: ['mint-input'], input: stating({}), ...refused('mint.input') },
  { id: 'mint-082', name: 'a status with a state that is none', reason: 'What a decoder rejects does not leave.', flags: ['mint-input'], input: stating({ [MISSION]: { state: 'done' } }), ...refused('mint.input') },
  { id: 'mint-083', name: 'a mission that is completed', reason: 'It ends.', flags: ['normal'], input: changing('active', 'complete'), output: { state: 'completed' } },
  { id: 'mint-084', name: 'a mission that goes on', reason: 'A suspension is no end.', flags: ['normal'], input: changing('suspended', 'resume'), output: { state: 'active' } },
  { id: 'mint-085', name: 'a mission that is completed and started again', reason: 'An end stays.', flags: ['mission-end'], input: changing('completed', 'start'), ...refused('mission.final') },
  { id: 'mint-086', name: 'a mission that is revoked and then completed', reason: 'An end stays the one that it is.', flags: ['mission-end'], input: changing('revoked', 'complete'), ...refused('mission.final') },

  // What rides on the text.
  { id: 'mint-087', name: 'a hop of a token that carries a status', reason: 'What rides on the text stays on it.', flags: ['normal'], input: { ...delegating(), text: forge(parent()).text + ridden }, output: { text: forge(open(hops([[]]))).text + ridden } },
  { id: 'mint-088', name: 'an invocation of a token that carries a status', reason: 'What rides on the text stays on it.', flags: ['normal'], input: { ...invoking(), text: forge(open(scene(2))).text + ridden }, output: { text: forge(scene(2)).text + ridden } },
];

export const cases: Cases = { cases: all };
