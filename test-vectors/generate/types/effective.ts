import type { Code } from '../../../src/codes.ts';
import type { Json, JsonObject } from '../../../src/json.ts';
import {
  AUDIENCE,
  cfo,
  type Item,
  lookup,
  NOW,
  type Pair,
  sha256,
  stranger,
} from '../../../test/support/forge.ts';
import { among, authority, type Changes, type How, of } from '../authority.ts';
import type { Case, Cases } from '../case.ts';
import { control, iam, keys, set, trust, watched, writer } from '../scene.ts';

// The effective authority (§9.5), declared from §5.5 and §5.6: for each caveat what is contained, what meets and what
// does not, and the predicates and permissions by each of their rules.

const [MAIL, WEB] = ['https://mail.acme.example', 'https://www.acme.example'];
const jwk = ({ jwk: { kty, crv, x } }: Pair): JsonObject => ({ kty, crv, x });
const cti = [7, sha256('hop').slice(0, 8)] as const;
const aud = (...names: readonly string[]) => [3, set(...names)] as const;
const key = ({ publicKey }: Pair) => publicKey;
/** Keys in the order of their encodings. */
const inOrder = (...pairs: readonly Pair[]) =>
  [...pairs].sort((a, b) => Buffer.compare(a.publicKey, b.publicKey));

const idOf = (number: number) => `effective-${String(number).padStart(3, '0')}`;

function row(
  number: number,
  name: string,
  reason: string,
  flag: string,
  how: How,
  ...changes: readonly Changes[]
): Case {
  return authority({ id: idOf(number), name, reason, flags: [flag] }, how, ...changes);
}

function refused(number: number, name: string, reason: string, flag: string, code: Code, how: How): Case {
  return authority({ id: idOf(number), name, reason, flags: [flag], code }, how);
}

/** A grant and a hop with one caveat each, and what is in force of it after either. */
function pair(
  number: number,
  name: string,
  reason: string,
  caveat: readonly [key: number, name: string],
  [grant, hop]: readonly [Item, Item],
  before: Json,
  now: readonly JsonObject[],
  flag = 'meet',
): Case {
  const how = { grant: [[caveat[0], grant]], hops: [[[caveat[0], hop]]] } as How;
  return row(number, name, reason, flag, how, { [caveat[1]]: [of(before, 0)] }, { [caveat[1]]: now });
}

const EXP = [4, 'exp'] as const;
const AUD = [3, 'aud'] as const;
const SCOPE = [10, 'scope'] as const;
const DELEGATION = [11, 'delegation'] as const;
const ALIVE = [12, 'alive'] as const;
const APPROVAL = [13, 'approval'] as const;
const EXT = [18, 'ext'] as const;

type Permission = readonly [actions: readonly string[], resources: readonly string[], args?: JsonObject];
type Rule = Item;

/** The JSON form of permissions. */
const may = (...permissions: readonly Permission[]) =>
  permissions.map(([actions, resources, args]) => ({ actions, resources, ...(args && { args }) }));

/** Two scopes of one permission each on `reports/**`, with rules; the second one only meets the first. */
function rules(
  number: number,
  name: string,
  reason: string,
  wire: readonly [Rule, Rule],
  before: JsonObject,
  now: JsonObject | null,
): Case {
  const [first, second] = wire.map((own) => [[['read'], ['reports/**'], own]]);
  const left = now === null ? [] : may([['read'], ['reports/**'], now]);
  return pair(number, name, reason, SCOPE, [first, second], may([['read'], ['reports/**'], before]), [
    of(left, 0, 1),
  ]);
}

/** Two scopes of one permission to read, by their patterns. */
function patterns(
  number: number,
  name: string,
  reason: string,
  [first, second]: readonly [string, string],
  left: string | null,
): Case {
  const now = left === null ? [] : may([['read'], [left]]);
  return pair(
    number,
    name,
    reason,
    SCOPE,
    [[[['read'], [first]]], [[['read'], [second]]]],
    may([['read'], [first]]),
    [of(now, 0, 1)],
  );
}

/** Two predicates on one observation; both on the wire and in JSON. */
function meet(
  number: number,
  name: string,
  reason: string,
  [first, second]: readonly [Item, Item],
  before: Json,
  now: Json,
  ...blocks: readonly number[]
): Case {
  return pair(number, name, reason, [14, 'context'], [{ x: first }, { x: second }], { x: before }, [
    of({ x: now }, ...(blocks.length > 0 ? blocks : [0, 1])),
  ]);
}

const nothing = { in: [] };
const many = (letter: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${letter}${String(i).padStart(2, '0')}`);
const EU = { 'acme.example/region': 'eu' };
const US = { 'acme.example/region': 'us' };
const calls = [['call', 5]];
const CALLS = [{ unit: 'call', amount: 5 }];
const steps = [[[['read'], ['reports/*']], 0, 3]];
const STEPS = [{ permission: { actions: ['read'], resources: ['reports/*'] }, min: 0, max: 3 }];
const [one, two] = inOrder(control, watched) as [Pair, Pair];
const [front, back] = inOrder(lookup, writer) as [Pair, Pair];

// biome-ignore format: a table of tests
const chains: readonly Case[] = [
  // Chains.
  row(1, 'a grant alone', 'What it says is in force, with its iat as nbf.', 'normal', {}),
  row(2, 'a grant and a hop that adds nothing', 'Only its delegation is counted down.', 'normal', { hops: [[]] }),
  row(3, 'an HMAC chain', 'It has the same rules, and an aud.', 'suite', { suite: 1, hops: [[[4, NOW + 60]]] }, { aud: [of([AUDIENCE], 0)] }, { exp: [of(NOW + 60, 1)] }),
  row(4, 'a verified chain whose anchor asks for a status', 'It is one more entry of the root.', 'anchor-alive', { root: watched }, { alive: [of([{ key: jwk(control), within: 60 }], 0)] }),
  row(5, 'the same, not verified', 'Nobody has looked for its anchor.', 'anchor-alive', { root: watched, verified: false }),
  row(6, 'an anchor that asks for a status as the root does', 'Both are entries of the root; those of a hop meet both.', 'anchor-alive', { root: watched, grant: [[12, [[key(control), 300]]]], hops: [[[12, [[key(control), 90]]]]] },
    { alive: [of([{ key: jwk(control), within: 60 }, { key: jwk(control), within: 300 }], 0)] }, { alive: [of([{ key: jwk(control), within: 60 }], 0)] }),
  row(7, 'a chain of a stranger, not verified', 'What somebody wrote can be read.', 'unverified', { root: stranger, verified: false }),
  refused(8, 'a chain of a stranger, verified', 'No anchor has its key.', 'unknown-anchor', 'anchor.unknown', { root: stranger }),
  refused(9, 'a chain that does not decode', 'A grant has an end.', 'missing-claim', 'claim.missing', { grant: [[4, undefined]], verified: false }),
  row(10, 'a mission without an id, granted by another', 'The default subject is the grantor, a # and the id.', 'status-source', { root: iam, grant: [[1, 'mailto:cto@acme.example'], [9, new Map([[1, ''], [2, 'Anything']])]] }, { subject: 'mailto:cto@acme.example#' }),
  row(11, 'a hop with a scope of its own under the worked example', 'Both scopes have one meet.', 'meet', { hops: [[[4, NOW + 3600]], [[10, [[['list', 'read'], ['*/q3/**']]]]]] }, {}, { exp: [of(NOW + 3600, 1)] }, { scope: [of(may([['read'], ['reports/q3/**']]), 0, 2)] }),
  row(12, 'a chain of four whose ends come one before the other', 'The least counts, whichever block it is of.', 'meet', { hops: [[[4, NOW + 60]], [[4, NOW + 90]], [[4, NOW + 30]]] }, {}, { exp: [of(NOW + 60, 1)] }, {}, { exp: [of(NOW + 30, 3)] }),

  // aud, exp, nbf.
  pair(13, 'an earlier end', 'The lesser counts.', EXP, [NOW + 100, NOW + 50], NOW + 100, [of(NOW + 50, 1)]),
  pair(14, 'a later end', 'The lesser counts.', EXP, [NOW + 100, NOW + 150], NOW + 100, [of(NOW + 100, 0)], 'widening-hop'),
  pair(15, 'the same end', 'It is that of the block that had it first.', EXP, [NOW + 100, NOW + 100], NOW + 100, [of(NOW + 100, 0)]),
  row(16, 'a grant that begins after it was made', 'Of nbf and iat, the greater counts.', 'meet', { grant: [[5, NOW + 20]] }, { nbf: [of(NOW + 20, 0)] }),
  row(17, 'a grant that begins before it was made', 'Of nbf and iat, the greater counts.', 'meet', { grant: [[5, NOW - 20]] }),
  row(18, 'a hop that begins later', 'The greater counts.', 'meet', { hops: [[[5, NOW + 20]]] }, {}, { nbf: [of(NOW + 20, 1)] }),
  row(19, 'a hop that begins before the grant', 'The greater counts.', 'widening-hop', { hops: [[[5, NOW - 20]]] }),
  row(20, 'a hop that was made later', 'The iat of a hop is a record.', 'meet', { hops: [[[6, NOW + 20]]] }),
  pair(21, 'one of two services', 'The contained list counts.', AUD, [set(MAIL, AUDIENCE), [MAIL]], [MAIL, AUDIENCE], [of([MAIL], 1)]),
  pair(22, 'services of which one is in both lists', 'The names in both are left.', AUD, [set(MAIL, AUDIENCE), set(MAIL, WEB)], [MAIL, AUDIENCE], [of([MAIL], 0, 1)]),
  pair(23, 'services of which none is in both lists', 'Nobody may accept the token, which is not as if there were no aud.', AUD, [[MAIL], [WEB]], [MAIL], [of([], 0, 1)], 'empty-meet'),
  row(24, 'services that only the hop names', 'They are in force.', 'meet', { hops: [[aud(MAIL)]] }, {}, { aud: [of([MAIL], 1)] }),

  // delegation.
  row(25, 'a grant without a delegation', 'It is of depth 0, and a hop breaks it.', 'depth', { grant: [[11, undefined]], hops: [[]] }, { delegation: [of({ depth: 0 }, 0)] }, { delegation: [of({ depth: -1 }, 0)], broken: [{ code: 'delegation.depth', block: 0 }] }),
  row(26, 'a delegation with a list, down to its end', 'The list goes when nobody may follow.', 'depth', { grant: [[11, [2, ['agent:acme/*']]]], hops: [[], []] }, { delegation: [of({ depth: 2, to: ['agent:acme/*'] }, 0)] }, { delegation: [of({ depth: 1, to: ['agent:acme/*'] }, 0)] }, { delegation: [of({ depth: 0 }, 0)] }),
  pair(27, 'a lesser depth', 'It is contained.', DELEGATION, [[4], [1]], { depth: 4 }, [of({ depth: 1 }, 1)]),
  pair(28, 'a greater depth', 'What is left of the first counts.', DELEGATION, [[4], [9]], { depth: 4 }, [of({ depth: 3 }, 0)], 'widening-hop'),
  pair(29, 'the depth that is left', 'The two are equal, and it is that of the first.', DELEGATION, [[4], [3]], { depth: 4 }, [of({ depth: 3 }, 0)]),
  pair(30, 'a lesser depth for anybody under a list', 'The meet has the lesser depth and the only list.', DELEGATION, [[4, ['agent:acme/*']], [1]], { depth: 4, to: ['agent:acme/*'] }, [of({ depth: 1, to: ['agent:acme/*'] }, 0, 1)]),
  pair(31, 'depth 0 under a list', 'Nobody is on any list.', DELEGATION, [[4, ['agent:acme/*']], [0]], { depth: 4, to: ['agent:acme/*'] }, [of({ depth: 0 }, 1)]),
  pair(32, 'two lists of names', 'What one has and the other contains is left.', DELEGATION, [[4, ['agent:acme/*']], [2, set('agent:acme/x', 'agent:other/*')]], { depth: 4, to: ['agent:acme/*'] }, [of({ depth: 2, to: ['agent:acme/x'] }, 0, 1)]),
  pair(33, 'two lists of names with nothing in common', 'Nobody may follow.', DELEGATION, [[4, ['agent:acme/*']], [2, ['agent:other/*']]], { depth: 4, to: ['agent:acme/*'] }, [of({ depth: 0 }, 0, 1)], 'empty-meet'),
  pair(34, 'two lists of keys', 'What is on both is left.', DELEGATION, [[4, set(key(lookup), key(writer))], [2, set(key(writer), key(control))]], { depth: 4, to: [jwk(front), jwk(back)] }, [of({ depth: 2, to: [jwk(writer)] }, 0, 1)]),
  pair(35, 'a list of names and one of keys', 'A delegate has both, so both lists stay.', DELEGATION, [[4, ['agent:acme/*']], [2, [key(writer)]]], { depth: 4, to: ['agent:acme/*'] }, [of({ depth: 3, to: ['agent:acme/*'] }, 0), of({ depth: 2, to: [jwk(writer)] }, 1)], 'no-meet'),
  row(36, 'names, keys, and then only a depth', 'It meets the first, and what they say stays beside the keys.', 'no-meet', { grant: [[11, [4, ['agent:acme/*']]]], hops: [[[11, [3, [key(writer)]]]], [[11, [1]]]] },
    { delegation: [of({ depth: 4, to: ['agent:acme/*'] }, 0)] }, { delegation: [of({ depth: 3, to: ['agent:acme/*'] }, 0), of({ depth: 3, to: [jwk(writer)] }, 1)] }, { delegation: [of({ depth: 2, to: [jwk(writer)] }, 1), of({ depth: 1, to: ['agent:acme/*'] }, 0, 2)] }),
  row(37, 'a delegate that is on no list', 'The block of the list is broken, and stays so.', 'delegate', { grant: [[11, [4, ['agent:other/*']]]], hops: [[], []] }, { delegation: [of({ depth: 4, to: ['agent:other/*'] }, 0)] }, { broken: [{ code: 'delegation.delegate', block: 0 }] }),
  row(38, 'too many hops to delegates that are on no list', 'Both are broken, the depth first, and that of the hop too.', 'depth', { grant: [[11, [1, ['agent:other/*']]]], hops: [[[11, [0]]], []] },
    { delegation: [of({ depth: 1, to: ['agent:other/*'] }, 0)] }, { delegation: [of({ depth: 0 }, 0)], broken: [{ code: 'delegation.delegate', block: 0 }] },
    { delegation: [of({ depth: -1 }, 0)], broken: [{ code: 'delegation.depth', block: 0 }, { code: 'delegation.delegate', block: 0 }, { code: 'delegation.depth', block: 1 }] }),

  // Scopes.
  pair(39, 'a narrower pattern', 'It is contained.', SCOPE, [[[['read'], ['a/**']]], [[['read'], ['a/b']]]], may([['read'], ['a/**']]), [of(may([['read'], ['a/b']]), 1)]),
  pair(40, 'a wider scope', 'What it adds was never granted.', SCOPE, [[[['read'], ['a/**']]], [[['*'], ['**']]]], may([['read'], ['a/**']]), [of(may([['read'], ['a/**']]), 0)], 'widening-hop'),
  pair(41, 'a permission of which two permissions hold a part each', 'It is contained part by part.', SCOPE, [set([['list'], ['a/**']], [['read'], ['a/**']]), [[['list', 'read'], ['a/b']]]], may([['list'], ['a/**']], [['read'], ['a/**']]), [of(may([['list', 'read'], ['a/b']]), 1)]),
  pair(42, 'any action on other patterns', 'Of the actions, those of the other are left.', SCOPE, [[[['list', 'read'], ['a/**']]], [[['*'], ['*/b']]]], may([['list', 'read'], ['a/**']]), [of(may([['list', 'read'], ['a/b']]), 0, 1)]),
  pair(43, 'other actions', 'Nothing is left, which is not as if there were no scope.', SCOPE, [[[['read'], ['**']]], [[['write'], ['**']]]], may([['read'], ['**']]), [of([], 0, 1)], 'empty-meet'),
  patterns(44, 'stars in two places', 'Segment by segment, the other one is left.', ['a/*/c', '*/b/**'], 'a/b/c'),
  patterns(45, 'one star over a longer pattern', 'A pattern that ends with ** goes on with it.', ['a/**', '*/b/c/*'], 'a/b/c/*'),
  patterns(46, '** over one segment more', 'It stands for one or more.', ['a/**', '*/*'], 'a/*'),
  patterns(47, 'patterns of other lengths', 'The end of one meets no segment of the other.', ['a/*', '*/b/c'], null),
  patterns(48, 'patterns of which only one has a scheme', 'They admit nothing together.', ['a/**', 's3://a/**'], null),
  patterns(49, 'patterns of one scheme', 'The segments meet under it.', ['s3://*/x/**', 's3://b/**'], 's3://b/x/**'),
  pair(50, 'two permissions against two', 'Each meets each.', SCOPE, [set([['read'], ['a/**']], [['write'], ['b/**']]), set([['*'], ['a/x/**']], [['list', 'write'], ['*/y']])], may([['read'], ['a/**']], [['write'], ['b/**']]), [of(may([['read'], ['a/x/**']], [['write'], ['b/y']]), 0, 1)]),
  pair(51, 'a meet that another one contains', 'It is left out.', SCOPE, [set([['read'], ['a/**']], [['list', 'read'], ['a/b/**']]), [[['list', 'read'], ['*/b/**']]]], may([['read'], ['a/**']], [['list', 'read'], ['a/b/**']]), [of(may([['list', 'read'], ['a/b/**']]), 0, 1)]),
  pair(52, 'scopes whose weights multiply to 256', 'They meet.', SCOPE, [[[['read'], many('a', 16).map((a) => `${a}/**`)]], [[['read'], many('b', 16).map((b) => `*/${b}/**`)]]], may([['read'], many('a', 16).map((a) => `${a}/**`)]), [of(may([['read'], many('a', 16).flatMap((a) => many('b', 16).map((b) => `${a}/${b}/**`))]), 0, 1)], 'heavy-meet'),
  pair(53, 'scopes whose weights multiply to 272', 'Nobody is kept busy; both stay.', SCOPE, [[[['read'], many('a', 17).map((a) => `${a}/**`)]], [[['read'], many('b', 16).map((b) => `*/${b}/**`)]]], may([['read'], many('a', 17).map((a) => `${a}/**`)]), [of(may([['read'], many('a', 17).map((a) => `${a}/**`)]), 0), of(may([['read'], many('b', 16).map((b) => `*/${b}/**`)]), 1)], 'heavy-meet'),
  pair(54, 'a permission without rules against one with rules', 'Its rules are left.', SCOPE, [[[['pay'], ['invoices/*']]], [[['pay'], ['*/7'], { amount: [4, 1, 500] }]]], may([['pay'], ['invoices/*']]), [of(may([['pay'], ['invoices/7'], { amount: { range: [1, 500] } }]), 0, 1)]),
  pair(55, 'a rule that is added', 'The whole is contained.', SCOPE, [[[['pay'], ['invoices/*']]], [[['pay'], ['invoices/*'], { amount: [4, 1, 500] }]]], may([['pay'], ['invoices/*']]), [of(may([['pay'], ['invoices/*'], { amount: { range: [1, 500] } }]), 1)]),
  rules(56, 'rules of the same arguments', 'They meet one by one, and true gives way.', [{ '?memo': true, amount: [4, 1, 500] }, { '?memo': [8, 20], amount: [4, 100, false] }], { '?memo': true, amount: { range: [1, 500] } }, { '?memo': { size: 20 }, amount: { range: [100, 500] } }),
  rules(57, 'arguments that one of the two demands', 'They are demanded.', [{ x: true, '?y': true }, { '?x': [1, 3], y: true }], { x: true, '?y': true }, { x: { eq: 3 }, y: true }),
  rules(58, 'optional arguments that only one of the two lists', 'They must be absent, and are not listed.', [{ x: true, '?y': true }, { x: true, '?z': true }], { x: true, '?y': true }, { x: true }),
  rules(59, 'a demanded argument that the other does not list', 'They have nothing in common.', [{ x: true }, { y: true }], { x: true }, null),
  rules(60, 'any further arguments in both', 'What only * covers is true there.', [{ '*': true, x: [1, 1] }, { '*': true, '?y': [1, 2] }], { '*': true, x: { eq: 1 } }, { '*': true, x: { eq: 1 }, '?y': { eq: 2 } }),
  rules(61, 'an optional argument that nothing fulfils, beside any others', 'It stays listed, since * would admit it.', [{ '*': true, '?x': [1, 1] }, { '*': true, '?x': [1, 2] }], { '*': true, '?x': { eq: 1 } }, { '*': true, '?x': nothing }),
  rules(62, 'an optional argument that nothing fulfils', 'It must be absent, and is not listed.', [{ '?x': [1, 1], y: true }, { '?x': [1, 2], y: true }], { '?x': { eq: 1 }, y: true }, { y: true }),
  rules(63, 'a demanded argument that nothing fulfils', 'They have nothing in common.', [{ x: [1, 1] }, { x: [1, 2] }], { x: { eq: 1 } }, null),

  // Predicates, by the rules of their meet.
  meet(64, 'a range within a range', 'The contained one.', [[4, 1, 9], [4, 2, 5]], { range: [1, 9] }, { range: [2, 5] }, 1),
  meet(65, 'a value in a range', 'What names its values is contained where all are admitted.', [[4, 1, 9], [1, 5]], { range: [1, 9] }, { eq: 5 }, 1),
  meet(66, 'values of which a range admits several', 'They are an in.', [[4, 3, false], [2, [1, 5, 9]]], { range: [3, null] }, { in: [5, 9] }),
  meet(67, 'values of which a range admits one', 'It is an eq.', [[2, [1, 5, 9]], [4, 3, 7]], { in: [1, 5, 9] }, { eq: 5 }),
  meet(68, 'two values', 'Nothing fulfils both.', [[1, 1], [1, 2]], { eq: 1 }, nothing),
  meet(69, 'two lists of values', 'The common ones.', [[2, ['a', 'b', 'c']], [2, ['b', 'c', 'd']]], { in: ['a', 'b', 'c'] }, { in: ['b', 'c'] }),
  meet(70, 'a value and the number that it is not', 'Values are of one type.', [[1, 1], [1, '1']], { eq: 1 }, nothing),
  meet(71, 'a range and a suffix', 'No type is admitted by both.', [[4, 1, 2], [6, 'a']], { range: [1, 2] }, nothing),
  meet(72, 'a number that is excluded and a suffix', 'What excludes numbers admits numbers.', [[3, [1]], [6, 'a']], { notIn: [1] }, nothing),
  meet(73, 'ranges that overlap', 'The greater low and the lesser high bound.', [[4, 1, 5], [4, 3, 9]], { range: [1, 5] }, { range: [3, 5] }),
  meet(74, 'ranges that are open to both sides', 'An open bound yields.', [[4, 1, false], [4, false, 9]], { range: [1, null] }, { range: [1, 9] }),
  meet(75, 'ranges that touch', 'Equal bounds are an eq.', [[4, 1, 5], [4, 5, 9]], { range: [1, 5] }, { eq: 5 }),
  meet(76, 'ranges apart', 'Nothing fulfils crossed bounds.', [[4, 1, 4], [4, 5, 9]], { range: [1, 4] }, nothing),
  meet(77, 'two exclusions', 'What either excludes.', [[3, ['a']], [3, ['b']]], { notIn: ['a'] }, { notIn: ['a', 'b'] }),
  meet(78, 'exclusions of which one has a further type', 'That type is admitted by one alone.', [[3, [1, 'a']], [3, ['b']]], { notIn: [1, 'a'] }, { notIn: ['a', 'b'] }),
  meet(79, 'true and false excluded', 'No boolean is left.', [[3, [true]], [3, [false]]], { notIn: [true] }, nothing),
  meet(80, 'true, false and numbers excluded', 'Other numbers are left.', [[3, [1, true]], [3, [2, false]]], { notIn: [1, true] }, { notIn: [1, 2, false, true] }),
  meet(81, 'an exclusion that says more', 'It is contained.', [[3, ['a']], [3, ['a', 'b']]], { notIn: ['a'] }, { notIn: ['a', 'b'] }, 1),
  meet(82, 'two patterns', 'They meet segment by segment.', [[5, 'a/*'], [5, '*/b']], { pattern: 'a/*' }, { pattern: 'a/b' }),
  meet(83, 'two patterns apart', 'Nothing fulfils both.', [[5, 'a/*'], [5, 'b/*']], { pattern: 'a/*' }, nothing),
  meet(84, 'two lists of elements', 'The common ones.', [[7, [1, 2]], [7, [2, 3]]], { subset: [1, 2] }, { subset: [2] }),
  meet(85, 'two lists of elements apart', 'The empty list fulfils both.', [[7, [1]], [7, [2]]], { subset: [1] }, { subset: [] }),
  meet(86, 'two lists of hosts', 'The common ones.', [[10, ['a.example', 'b.example']], [10, ['b.example', 'c.example']]], { host: ['a.example', 'b.example'] }, { host: ['b.example'] }),
  meet(87, 'two lists of hosts apart', 'Nothing fulfils both.', [[10, ['a.example']], [10, ['b.example']]], { host: ['a.example'] }, nothing),
  meet(88, 'two networks apart', 'Neither lies in the other.', [[9, '10.0.0.0/8'], [9, '192.168.0.0/16']], { cidr: '10.0.0.0/8' }, nothing),
  meet(89, 'a network in a network, written otherwise', 'It is contained.', [[9, '2001:db8::/32'], [9, '2001:0db8:1::/48']], { cidr: '2001:db8::/32' }, { cidr: '2001:0db8:1::/48' }, 1),
  meet(90, 'all addresses of two families', 'An address is of one.', [[9, '0.0.0.0/0'], [9, '::/0']], { cidr: '0.0.0.0/0' }, nothing),
  meet(91, 'two suffixes apart', 'Neither ends with the other.', [[6, 'ab'], [6, 'bb']], { suffix: 'ab' }, nothing),
  meet(92, 'two sizes', 'The lesser is contained.', [[8, 5], [8, 3]], { size: 5 }, { size: 3 }, 1),
  meet(93, 'a suffix and a size', 'They have no meet and stay, as an all.', [[8, 5], [6, 'ab']], { size: 5 }, { all: [{ suffix: 'ab' }, { size: 5 }] }),
  meet(94, 'a list and a size', 'They have no meet and stay, as an all.', [[7, [1]], [8, 3]], { subset: [1] }, { all: [{ subset: [1] }, { size: 3 }] }),
  meet(95, 'an all and one that meets a member', 'It takes the place of that member.', [[11, [[3, [13]], [4, 1, 100]]], [4, 10, 200]], { all: [{ notIn: [13] }, { range: [1, 100] }] }, { all: [{ notIn: [13] }, { range: [10, 100] }] }),
  meet(96, 'an all and one that no value of a member fulfils', 'Nothing fulfils the whole.', [[11, [[6, 'a'], [8, 5]]], [4, 1, 2]], { all: [{ suffix: 'a' }, { size: 5 }] }, nothing),
  meet(97, 'values and an all that admits some', 'One member after the other takes values away.', [[2, ['d', 'ab', 'cb', 'acb']], [11, [[6, 'b'], [8, 2]]]], { in: ['d', 'ab', 'cb', 'acb'] }, { in: ['ab', 'cb'] }),
  meet(98, 'two alls of which one has a member more', 'It is contained.', [[11, [[6, 'b'], [8, 9]]], [11, [[5, '**'], [6, 'b'], [8, 9]]]], { all: [{ suffix: 'b' }, { size: 9 }] }, { all: [{ pattern: '**' }, { suffix: 'b' }, { size: 9 }] }, 1),
  meet(99, 'the same all', 'It is that of the block that had it first.', [[11, [[6, 'b'], [8, 9]]], [11, [[6, 'b'], [8, 9]]]], { all: [{ suffix: 'b' }, { size: 9 }] }, { all: [{ suffix: 'b' }, { size: 9 }] }, 0),
  pair(100, 'conditions on two observations', 'The names of both.', [14, 'context'], [{ a: [1, 1] }, { b: [1, 2] }], { a: { eq: 1 } }, [of({ a: { eq: 1 }, b: { eq: 2 } }, 0, 1)]),
  pair(101, 'a condition more', 'The whole is contained.', [14, 'context'], [{ a: [1, 1] }, { a: [1, 1], b: [1, 2] }], { a: { eq: 1 } }, [of({ a: { eq: 1 }, b: { eq: 2 } }, 1)]),

  // alive, approval, consent.
  pair(102, 'a fresher status of the same authority', 'The least age counts.', ALIVE, [[[key(control), 300]], [[key(control), 60]]], [{ key: jwk(control), within: 300 }], [of([{ key: jwk(control), within: 60 }], 1)]),
  pair(103, 'an older status of the same authority', 'The least age counts.', ALIVE, [[[key(control), 60]], [[key(control), 300]]], [{ key: jwk(control), within: 60 }], [of([{ key: jwk(control), within: 60 }], 0)], 'widening-hop'),
  pair(104, 'a status about another subject', 'Both entries are left.', ALIVE, [[[key(control), 300]], [[key(control), 60, 'crew']]], [{ key: jwk(control), within: 300 }], [of([{ key: jwk(control), within: 300 }, { key: jwk(control), within: 60, subject: 'crew' }], 0, 1)]),
  pair(105, 'a status of another authority', 'Both entries are left.', ALIVE, [[[key(two), 300]], [[key(one), 300]]], [{ key: jwk(two), within: 300 }], [of([{ key: jwk(one), within: 300 }, { key: jwk(two), within: 300 }], 0, 1)]),
  pair(106, 'a later approval by the same', 'It implies the other.', APPROVAL, [[[[], [key(cfo)], 1, 600]], [[[], [key(cfo)], 1, 60]]], [{ unless: [], keys: [jwk(cfo)], need: 1, within: 600 }], [of([{ unless: [], keys: [jwk(cfo)], need: 1, within: 60 }], 1)]),
  pair(107, 'an approval that more requests need', 'It implies the other.', APPROVAL, [[[[[['read'], ['**']]], [key(cfo)], 1, 600]], [[[[['read'], ['a/**']]], [key(cfo)], 1, 600]]], [{ unless: may([['read'], ['**']]), keys: [jwk(cfo)], need: 1, within: 600 }], [of([{ unless: may([['read'], ['a/**']]), keys: [jwk(cfo)], need: 1, within: 600 }], 1)]),
  pair(108, 'an approval that fewer requests need', 'The other one implies it.', APPROVAL, [[[[], [key(cfo)], 1, 600]], [[[[['read'], ['**']]], [key(cfo)], 1, 600]]], [{ unless: [], keys: [jwk(cfo)], need: 1, within: 600 }], [of([{ unless: [], keys: [jwk(cfo)], need: 1, within: 600 }], 0)], 'widening-hop'),
  pair(109, 'an approval by one of two, and by both', 'Both implies one.', APPROVAL, [[[[], set(key(one), key(two)), 1, 60]], [[[], set(key(one), key(two)), 2, 60]]], [{ unless: [], keys: [jwk(one), jwk(two)], need: 1, within: 60 }], [of([{ unless: [], keys: [jwk(one), jwk(two)], need: 2, within: 60 }], 1)]),
  pair(110, 'an approval by a certain one of two', 'Fewer keys imply more.', APPROVAL, [[[[], set(key(one), key(two)), 1, 60]], [[[], [key(two)], 1, 60]]], [{ unless: [], keys: [jwk(one), jwk(two)], need: 1, within: 60 }], [of([{ unless: [], keys: [jwk(two)], need: 1, within: 60 }], 1)]),
  pair(111, 'approvals of which neither implies the other', 'Both entries are left.', APPROVAL, [[[[], [key(one)], 1, 60]], [[[], [key(one)], 1, 90], [[], [key(two)], 1, 60]].slice(1)], [{ unless: [], keys: [jwk(one)], need: 1, within: 60 }], [of([{ unless: [], keys: [jwk(one)], need: 1, within: 60 }, { unless: [], keys: [jwk(two)], need: 1, within: 60 }], 0, 1)]),
  row(112, 'a consent', 'It is in force down the chain.', 'meet', { grant: [[17, key(cfo)]], hops: [[]] }, { consent: [of(jwk(cfo), 0)] }),

  // limits, plan, ext.
  row(113, 'the same limit in two blocks', 'A counter belongs to its block, so two are two.', 'shared-counter', { grant: [aud(AUDIENCE), [15, calls]], hops: [[[15, calls], cti]] }, { aud: [of([AUDIENCE], 0)], limits: [among([AUDIENCE], CALLS, 0)] }, { limits: [among([AUDIENCE], CALLS, 0), among([AUDIENCE], CALLS, 1)] }),
  row(114, 'limits at two services, of which a hop leaves one', 'Each is judged by the services down to its own block.', 'shared-counter', { grant: [aud(MAIL, AUDIENCE), [15, calls]], hops: [[aud(AUDIENCE), [15, [['eur-cent', 9, 60]]], cti]] },
    { aud: [of([MAIL, AUDIENCE], 0)], limits: [among([MAIL, AUDIENCE], CALLS, 0)] }, { aud: [of([AUDIENCE], 1)], limits: [among([MAIL, AUDIENCE], CALLS, 0), among([AUDIENCE], [{ unit: 'eur-cent', amount: 9, window: 60 }], 1)] }),
  row(115, 'limits where no block has named a service yet', 'There is no list of services, and a later one does not matter.', 'shared-counter', { grant: [[15, calls]], hops: [[aud(AUDIENCE)]] }, { limits: [of(CALLS, 0)] }, { aud: [of([AUDIENCE], 1)] }),
  row(116, 'limits where no service is left', 'The list of services is empty.', 'empty-meet', { grant: [aud(MAIL)], hops: [[aud(WEB), [15, calls], cti]] }, { aud: [of([MAIL], 0)] }, { aud: [of([], 0, 1)], limits: [among([], CALLS, 1)] }),
  row(117, 'the same plan in two blocks', 'Each is followed for itself.', 'plan', { grant: [aud(AUDIENCE), [16, steps]], hops: [[[16, steps], cti]] }, { aud: [of([AUDIENCE], 0)], plan: [among([AUDIENCE], STEPS, 0)] }, { plan: [among([AUDIENCE], STEPS, 0), among([AUDIENCE], STEPS, 1)] }),
  pair(118, 'extensions of two names', 'The names of both.', EXT, [EU, { 'b.example/tier': [1, true] }], EU, [of({ ...EU, 'b.example/tier': [1, true] }, 0, 1)], 'extension'),
  pair(119, 'an extension with the same value', 'It is that of the block that had it first.', EXT, [EU, EU], EU, [of(EU, 0)], 'extension'),
  pair(120, 'an extension with two values', 'Only a handler could tell; both stay.', EXT, [EU, US], EU, [of(EU, 0), of(US, 1)], 'no-meet'),
  row(121, 'a third value that equals the second', 'It meets the first one with which it has a meet.', 'no-meet', { grant: [[18, EU]], hops: [[[18, US]], [[18, US]]] }, { ext: [of(EU, 0)] }, { ext: [of(EU, 0), of(US, 1)] }),
  row(122, 'a third extension beside two values of one', 'It meets the first of them, which goes to the end of the list.', 'no-meet', { grant: [[18, EU]], hops: [[[18, US]], [[18, { 'a.example/x': 1 }]]] }, { ext: [of(EU, 0)] }, { ext: [of(EU, 0), of(US, 1)] }, { ext: [of(US, 1), of({ ...EU, 'a.example/x': 1 }, 0, 2)] }),
  row(123, 'three scopes, of which two are too heavy to meet', 'The third meets the first, and then the second as well.', 'heavy-meet', { grant: [[10, [[['read'], many('a', 17).map((a) => `${a}/**`)]]]], hops: [[[10, [[['read'], many('b', 16).map((b) => `*/${b}/**`)]]]], [[10, [[['read'], ['a00/**']]]]]] },
    { scope: [of(may([['read'], many('a', 17).map((a) => `${a}/**`)]), 0)] },
    { scope: [of(may([['read'], many('a', 17).map((a) => `${a}/**`)]), 0), of(may([['read'], many('b', 16).map((b) => `*/${b}/**`)]), 1)] },
    { scope: [of(may([['read'], many('b', 16).map((b) => `a00/${b}/**`)]), 1, 2)] }),
];

/** What is in force after each block of a chain. */
export const cases: Cases = { setting: { clock: NOW, trust, keys }, cases: chains };
