import { AUDIENCE, cfo, type Item, NOW, sha256 } from '../../../test/support/forge.ts';
import { type Ask, allow, deny, type Scenario } from '../scenario.ts';
import { chain, control, hops, iam, open, set, watched } from '../scene.ts';

// Decisions: each caveat on both sides of its edge. Every request is sealed anew over one chain.

type Permission = readonly [actions: readonly string[], patterns: readonly string[], args?: Item];

const scope = (...permissions: readonly Permission[]) => chain([[10, set(...permissions)]]);
const args = (rules: Item) => scope([['read'], ['reports/**'], rules]);
const rule = (predicate: Item) => args({ x: predicate });
const on = (...resources: readonly string[]) => resources.map((resource): Ask => ({ resource }));
const values = (...list: readonly NonNullable<Ask['args']>[string][]) =>
  list.map((x): Ask => ({ args: { x } }));
const rows = (allowed: readonly Ask[], denied: readonly Ask[]) => [
  ...allowed.map(allow),
  ...denied.map(deny),
];
const observe = (predicate: Item) => chain([[14, { x: predicate }]]);
const seen = (...list: readonly NonNullable<Ask['context']>[string][]) =>
  list.map((x): Ask => ({ context: { x } }));

const aud = [3, [AUDIENCE]] as const;
const two = [3, ['https://a.example', AUDIENCE]] as const;
const cti = [7, sha256('hop').slice(0, 8)] as const;
const calls = [15, [['call', 5]]] as const;
const plan = [16, [[[['read'], ['reports/*']], 0, 3], [[['send'], ['mail/*']], 0, 1]]] as const; // biome-ignore format: steps read as steps
const approvals = (...entries: readonly Item[]) => [13, set(...entries)] as const;
const status = (within: number, ...subject: readonly string[]) => [control.publicKey, within, ...subject];

// biome-ignore format: a scenario reads as a paragraph
export const scenarios: readonly Scenario[] = [
  // Scope: actions and resources.
  { id: 'decision-001', name: 'one action', reason: 'Actions are compared exactly.', flags: ['scope'],
    refused: ['decide', 'scope.action'], recipe: scope([['read'], ['**']]),
    requests: rows([{}], [{ action: 'Read' }, { action: 'rea' }, { action: 'read:all' }]) },
  { id: 'decision-002', name: 'any action', reason: 'The action * admits any.', flags: ['scope'], recipe: scope([['*'], ['**']]),
    requests: rows([{}, { action: 'payments:create' }], []) },
  { id: 'decision-003', name: 'a pattern that ends in **', reason: '** stands for one or more segments.', flags: ['path-confusion'],
    refused: ['decide', 'scope.resource'], recipe: scope([['read'], ['reports/**']]),
    requests: rows(on('reports/q3.pdf', 'reports/2026/q3.pdf'), on('reports', 'reportsx/q3.pdf', 'hr/reports/q3.pdf', 'Reports/q3.pdf')) },
  { id: 'decision-004', name: 'a pattern with *', reason: '* stands for one whole segment.', flags: ['path-confusion'],
    refused: ['decide', 'scope.resource'], recipe: scope([['read'], ['reports/*/final']]),
    requests: rows(on('reports/q3/final'), on('reports/final', 'reports/a/b/final', 'reports/q3/final/x', 'reports/q3/finals')) },
  { id: 'decision-005', name: 'an exact resource', reason: 'It admits itself alone.', flags: ['path-confusion'],
    refused: ['decide', 'scope.resource'], recipe: scope([['read'], ['reports/q3.pdf']]),
    requests: rows(on('reports/q3.pdf'), on('reports/q3.pdf/x', 'reports/q3xpdf', 'reports/q3')) },
  { id: 'decision-006', name: 'a pattern without a scheme', reason: 'It admits no resource with one.', flags: ['path-confusion'],
    refused: ['decide', 'scope.resource'], recipe: scope([['read'], ['**']]),
    requests: rows(on('a', 'a/b'), on('https://a/b')) },
  { id: 'decision-007', name: 'a pattern with a scheme', reason: 'Schemes are compared exactly.', flags: ['path-confusion'],
    refused: ['decide', 'scope.resource'], recipe: scope([['read'], ['https://a.example/**']]),
    requests: rows(on('https://a.example/b'), on('http://a.example/b', 'https://a.example.evil.example/b', 'a.example/b')) },
  { id: 'decision-008', name: 'two permissions', reason: 'One of them admits as a whole; they do not mix.', flags: ['scope'],
    refused: ['decide', 'scope.resource'], recipe: scope([['read'], ['reports/**']], [['write'], ['drafts/**']]),
    requests: rows([{}, { action: 'write', resource: 'drafts/a' }], [{ action: 'write' }, { resource: 'drafts/a' }]) },
  { id: 'decision-009', name: 'scopes of two blocks', reason: 'Each of them must admit.', flags: ['scope', 'ancestor-condition'],
    refused: ['decide', 'scope.resource'], recipe: chain([[10, [[['read'], ['reports/*']]]]], [[10, [[['read'], ['*/q3.pdf']]]]]),
    requests: rows(on('reports/q3.pdf'), on('reports/q4.pdf', 'invoices/q3.pdf')) },

  // Scope: arguments.
  { id: 'decision-010', name: 'no rules for arguments', reason: 'Any arguments are admitted.', flags: ['closed-world'], recipe: scope([['read'], ['**']]),
    requests: rows([{}, { args: { page: 1, deep: { list: [1.5, null] } } }], []) },
  { id: 'decision-011', name: 'an empty map of arguments', reason: 'No argument is admitted.', flags: ['closed-world'],
    refused: ['decide', 'scope.arguments'], recipe: args({}), requests: rows([{}], [{ args: { page: 1 } }]) },
  { id: 'decision-012', name: 'one listed argument', reason: 'What is not listed denies, and so does what is listed and missing.', flags: ['closed-world'],
    refused: ['decide', 'scope.arguments'], recipe: args({ page: true }),
    requests: rows([{ args: { page: 1 } }, { args: { page: null } }], [{}, { args: { page: 1, all: true } }, { args: { Page: 1 } }]) },
  { id: 'decision-013', name: 'an optional argument', reason: 'It may be missing, and is checked where it is there.', flags: ['closed-world'],
    refused: ['decide', 'scope.arguments'], recipe: args({ '?page': [1, 1] }),
    requests: rows([{}, { args: { page: 1 } }], [{ args: { page: 2 } }, { args: { other: 1 } }]) },
  { id: 'decision-014', name: 'an open list of arguments', reason: 'With * others are admitted, and the listed ones are checked.', flags: ['closed-world'],
    refused: ['decide', 'scope.arguments'], recipe: args({ '*': true, page: [1, 1] }),
    requests: rows([{ args: { page: 1, other: 2 } }], [{ args: { other: 2 } }, { args: { page: 2 } }]) },
  { id: 'decision-015', name: 'an argument with the name of a member of every object', reason: 'What is inherited is not there.', flags: ['absent-attribute'],
    refused: ['decide', 'scope.arguments'], recipe: args({ constructor: true }),
    requests: rows([{ args: { constructor: 1 } }], [{}, { args: { toString: 1, constructor: 1 } }]) },
  { id: 'decision-016', name: 'a body of JSON', reason: 'Its members are the arguments.', flags: ['arguments'],
    refused: ['decide', 'scope.arguments'], recipe: rule([4, false, 500]),
    requests: rows([{ body: '{"x": 500}' }], [{ body: '{"x": 501}' }, { body: '{"X": 1}' }]) },

  // Predicates.
  { id: 'decision-017', name: 'eq with an integer', reason: 'Equal in value and in type.', flags: ['type-confusion'],
    refused: ['decide', 'scope.arguments'], recipe: rule([1, 1]), requests: rows(values(1, 1.0), values(2, '1', true, [1], null, 1.5)) },
  { id: 'decision-018', name: 'eq with a text', reason: 'Equal in value and in type, without folding.', flags: ['type-confusion', 'unicode'],
    refused: ['decide', 'scope.arguments'], recipe: rule([1, 'k']), requests: rows(values('k'), values('K', '\u212a', 'k ', ['k'])) },
  { id: 'decision-019', name: 'eq with false', reason: 'Equal in value and in type.', flags: ['type-confusion'],
    refused: ['decide', 'scope.arguments'], recipe: rule([1, false]), requests: rows(values(false), values(true, 0, '', null)) },
  { id: 'decision-020', name: 'in', reason: 'One of the list, by eq.', flags: ['type-confusion'],
    refused: ['decide', 'scope.arguments'], recipe: rule([2, set(1, 'a')]), requests: rows(values(1, 'a'), values('1', 'b', [1], ['a'])) },
  { id: 'decision-021', name: 'notIn', reason: 'None of the list, and of a type that is in the list.', flags: ['type-confusion'],
    refused: ['decide', 'scope.arguments'], recipe: rule([3, set('root', 'admin')]), requests: rows(values('guest', 'Root', ''), values('root', 'admin', 0, true, null, ['root'])) },
  { id: 'decision-022', name: 'notIn with integers', reason: 'A number that is no integer has no type of the list.', flags: ['type-confusion', 'number-range'],
    refused: ['decide', 'scope.arguments'], recipe: rule([3, [0]]), requests: rows(values(1, -1), values(0, 0.5, '1', true)) },
  { id: 'decision-023', name: 'a range', reason: 'Both bounds are inclusive, and fractions lie between.', flags: ['number-range'],
    refused: ['decide', 'scope.arguments'], recipe: rule([4, 1, 500]), requests: rows(values(1, 12.5, 500), values(0, 0.999, 500.01, -1, '5', true, null, [5])) },
  { id: 'decision-024', name: 'a range without a lower bound', reason: 'false leaves a side open.', flags: ['number-range'],
    refused: ['decide', 'scope.arguments'], recipe: rule([4, false, 0]), requests: rows(values(0, -12.5), values(1, '-1')) },
  { id: 'decision-025', name: 'a range without an upper bound', reason: 'false leaves a side open.', flags: ['number-range'],
    refused: ['decide', 'scope.arguments'], recipe: rule([4, -5, false]), requests: rows(values(-5, 2 ** 53 - 1), values(-6, false)) },
  { id: 'decision-026', name: 'a pattern', reason: 'As in a scope, for values that are resources.', flags: ['path-confusion'],
    refused: ['decide', 'scope.arguments'], recipe: rule([5, 'out/*']), requests: rows(values('out/a'), values('out', 'out/a/b', 'out/../etc', 'out/*', 'out/', 7)) },
  { id: 'decision-027', name: 'a suffix', reason: 'The text ends so, without folding.', flags: ['type-confusion'],
    refused: ['decide', 'scope.arguments'], recipe: rule([6, '@acme.example']), requests: rows(values('a@acme.example', '@acme.example'), values('a@ACME.example', 'a@acme.example.', ['@acme.example'])) },
  { id: 'decision-028', name: 'a subset', reason: 'A list whose every element is in the list.', flags: ['type-confusion'],
    refused: ['decide', 'scope.arguments'], recipe: rule([7, set('a', 'b')]), requests: rows(values([], ['a'], ['b', 'a', 'a']), values(['a', 'c'], 'a', [['a']], { a: 1 })) },
  { id: 'decision-029', name: 'a size', reason: 'UTF-8 bytes of a text, elements of a list.', flags: ['number-range', 'unicode'],
    refused: ['decide', 'scope.arguments'], recipe: rule([8, 3]), requests: rows(values('', 'abc', '€', [1, 2, 3]), values('abcd', 'a€', [1, 2, 3, 4], 2, { length: 1 })) },
  { id: 'decision-030', name: 'a network of IPv4', reason: 'Addresses of its family, in their one form.', flags: ['address-form'],
    refused: ['decide', 'scope.arguments'], recipe: rule([9, '10.0.0.0/8']),
    requests: rows(values('10.0.0.0', '10.255.255.255'), values('11.0.0.0', '::ffff:10.0.0.1', '010.0.0.1', '10.1', '167772161', '0xa000001', '10.0.0.1 ', '10.0.0.0/8')) },
  { id: 'decision-031', name: 'a network of IPv6', reason: 'Addresses of its family, in any form of RFC 4291.', flags: ['address-form'],
    refused: ['decide', 'scope.arguments'], recipe: rule([9, '2001:db8::/33']),
    requests: rows(values('2001:db8::1', '2001:0DB8:7fff::', '2001:db8::10.0.0.1'), values('2001:db8:8000::', '10.0.0.1', '2001:db8::1%eth0', '[2001:db8::1]')) },
  { id: 'decision-032', name: 'a host', reason: 'The exact host of a name or a URL that all parsers read alike.', flags: ['host-form'],
    refused: ['decide', 'scope.arguments'], recipe: rule([10, ['api.acme.example']]),
    requests: rows(values('api.acme.example', 'https://api.acme.example/v1?x=1', 'https://api.acme.example:8443/'),
      values('api.acme.example.evil.example', 'https://api.acme.example@evil.example/', 'https://evil.example/api.acme.example', 'https://API.acme.example/', 'https:\\\\api.acme.example', 'https://evil.example\\@api.acme.example/', '//api.acme.example/')) },
  { id: 'decision-033', name: 'all', reason: 'Every one of its predicates admits.', flags: ['number-range'],
    refused: ['decide', 'scope.arguments'], recipe: rule([11, set([4, 1, 9], [3, [5]])]), requests: rows(values(1, 9), values(5, 10, '4', 1.5)) },

  // Audience and time.
  { id: 'decision-034', name: 'one audience', reason: 'The service is compared exactly.', flags: ['audience'],
    refused: ['decide', 'aud.other'], recipe: chain([aud]), requests: rows([{}], [{ audience: 'https://mail.acme.example' }, { audience: `${AUDIENCE}/` }]) },
  { id: 'decision-035', name: 'two audiences, of which the hop leaves one', reason: 'Every block must name the service.', flags: ['audience', 'ancestor-condition'],
    refused: ['decide', 'aud.other'], recipe: chain([two], [aud]), requests: rows([{}], [{ audience: 'https://a.example' }]) },
  { id: 'decision-036', name: 'an expiry in a second', reason: 'It holds while now < exp.', flags: ['time-boundary'], recipe: chain([[4, NOW + 1]]), requests: rows([{}], []) },
  { id: 'decision-037', name: 'an expiry now', reason: 'It holds while now < exp.', flags: ['time-boundary'],
    refused: ['decide', 'exp.passed'], recipe: chain([[4, NOW]]), requests: rows([], [{}]) },
  { id: 'decision-038', name: 'not before 30 seconds from now', reason: 'Clocks may differ by so much.', flags: ['time-boundary'], recipe: chain([[5, NOW + 30], [6, NOW + 30]]), requests: rows([{}], []) },
  { id: 'decision-039', name: 'not before 31 seconds from now', reason: 'Clocks may differ by 30.', flags: ['time-boundary'],
    refused: ['decide', 'nbf.early'], recipe: chain([], [[5, NOW + 31]]), requests: rows([], [{}]) },
  { id: 'decision-040', name: 'a grant dated 31 seconds ahead', reason: 'Clocks may differ by 30.', flags: ['time-boundary'],
    refused: ['decide', 'iat.early'], recipe: chain([[6, NOW + 31]]), requests: rows([], [{}]) },

  // Context.
  { id: 'decision-041', name: 'a condition on what the service observes', reason: 'It is checked like an argument.', flags: ['type-confusion'],
    refused: ['decide', 'context.mismatch'], recipe: observe([1, 'prod']), requests: rows(seen('prod'), seen('dev', 'PROD', ['prod'], null)) },
  { id: 'decision-042', name: 'a condition on what the service does not observe', reason: 'What is missing denies, notIn too.', flags: ['absent-attribute'],
    refused: ['decide', 'context.missing'], recipe: observe([3, ['dev']]), requests: rows(seen('prod'), [{}, { context: { y: 'prod' } }]) },
  { id: 'decision-043', name: 'a condition on a member of every object', reason: 'What is inherited was not observed.', flags: ['absent-attribute'],
    refused: ['decide', 'context.missing'], recipe: chain([[14, { constructor: [8, 9] }]]), requests: rows([{ context: { constructor: 'x' } }], [{}]) },
  { id: 'decision-044', name: 'conditions of two blocks on one name', reason: 'All of them must hold.', flags: ['ancestor-condition'],
    refused: ['decide', 'context.mismatch'], recipe: chain([[14, { x: [4, 0, 10] }]], [[14, { x: [4, 5, 99] }]]), requests: rows(seen(5, 10), seen(4, 11)) },

  // Evidence and state: denied, with what would help.
  { id: 'decision-045', name: 'a mission that must be alive', reason: 'A status is needed, and none is there.', flags: ['evidence'],
    refused: ['decide', 'alive.status'], recipe: chain([[12, set(status(60), status(5, 'key:lookup'))]]), requests: rows([], [{}]) },
  { id: 'decision-046', name: 'an anchor that demands a status', reason: 'It is as if the root demanded it.', flags: ['evidence'],
    refused: ['decide', 'alive.status'], recipe: { ...chain([]), root: watched }, requests: rows([], [{}]) },
  { id: 'decision-047', name: 'an approval, except to read reports', reason: 'What the exceptions admit needs none.', flags: ['evidence'],
    refused: ['decide', 'approval.required'],
    recipe: chain([[10, [[['*'], ['**']]]], approvals([[[['read'], ['reports/*']]], set(cfo.publicKey, iam.publicKey), 2, 300])]),
    requests: rows([{}], [{ action: 'write' }, { resource: 'hr/a' }]) },
  { id: 'decision-048', name: 'two approvals with different exceptions', reason: 'All entries must hold.', flags: ['evidence'],
    refused: ['decide', 'approval.required'],
    recipe: chain([approvals([[[['read'], ['reports/a/*']]], [cfo.publicKey], 1, 300], [[[['read'], ['reports/*/b']]], [cfo.publicKey], 1, 300])]),
    requests: rows(on('reports/a/b'), on('reports/a/c', 'reports/c/b', 'reports/c/c')) },
  { id: 'decision-049', name: 'a consent', reason: "The human's own proof is needed, and none is there.", flags: ['evidence'],
    refused: ['decide', 'consent.proof'], recipe: { ...chain([[17, cfo.publicKey]]), root: iam }, requests: rows([], [{}]) },
  { id: 'decision-050', name: 'a limit', reason: 'It is counted in a store, and there is none.', flags: ['counters'],
    refused: ['decide', 'limits.store'], recipe: chain([aud, calls]), requests: rows([], [{}]) },
  { id: 'decision-051', name: 'a limit of a hop that leaves one audience', reason: 'The audiences of all blocks down to the limit count.', flags: ['counters'],
    refused: ['decide', 'limits.store'], recipe: chain([two], [aud, cti, calls]), requests: rows([], [{}]) },
  { id: 'decision-052', name: 'a limit without an audience', reason: 'Counters are per audience, so several would multiply them.', flags: ['counters'],
    refused: ['decide', 'limits.audience'], recipe: chain([calls]), requests: rows([], [{}]) },
  { id: 'decision-053', name: 'a limit with two audiences, of which a hop leaves one', reason: 'A hop below does not mend the block above.', flags: ['counters'],
    refused: ['decide', 'limits.audience'], recipe: chain([two, calls], [aud]), requests: rows([], [{}]) },
  { id: 'decision-054', name: 'a plan', reason: 'It is followed in a store, and there is none.', flags: ['counters'],
    refused: ['decide', 'plan.store'], recipe: chain([aud, plan]), requests: rows([], [{}]) },
  { id: 'decision-055', name: 'a plan without a step for the request', reason: 'No store would change it.', flags: ['counters'],
    refused: ['decide', 'plan.step'], recipe: chain([aud, plan]), requests: rows([], on('reports/2026/q3.pdf')) },
  { id: 'decision-056', name: 'a plan without an audience', reason: 'Counters are per audience, so several would multiply them.', flags: ['counters'],
    refused: ['decide', 'plan.audience'], recipe: chain([plan]), requests: rows([], [{}]) },

  // Extensions, order and the whole.
  { id: 'decision-057', name: 'an extension', reason: 'A name without a handler denies.', flags: ['unknown-extension'],
    refused: ['decide', 'ext.unknown'], recipe: chain([], [[18, { 'https://acme.example/geofence': [1, 2, { a: true }] }]]), requests: rows([], [{}]) },
  { id: 'decision-058', name: 'denials of the invocation, of two blocks and of a limit', reason: 'All are listed: invocation, blocks in order, state last; no need remains.', flags: ['order'],
    refused: ['decide', 'invocation.expired'], recipe: chain([aud, [4, NOW], calls], [[5, NOW + 31], [10, [[['write'], ['**']]]], [18, { x: 1 }]]),
    requests: rows([], [{ seal: [[4, NOW], [6, NOW - 60]] }]) },
  { id: 'decision-059', name: 'caveats that only evidence and a store can meet', reason: 'All needs are listed, with their blocks.', flags: ['order', 'evidence', 'counters'],
    refused: ['decide', 'alive.status'],
    recipe: { ...chain([aud, calls, [12, [status(60)]], approvals([[], [cfo.publicKey], 1, 60]), [17, cfo.publicKey]], [[12, [status(5)]]]), root: iam }, requests: rows([], [{}]) },
  { id: 'decision-060', name: 'an HMAC chain', reason: 'Its grantor is attested by an authority.', flags: ['normal'], recipe: chain([], [], 1), requests: rows([{}], []) },
  { id: 'decision-061', name: 'a chain of three with tasks, references and a digest', reason: 'The decision tells the whole chain.', flags: ['normal'],
    recipe: open(hops([[[9, new Map([[2, 'Look it up']])]], [[2, 'agent:acme/writer'], [9, new Map([[3, 'TICKET-7']])]]],
      [[9, new Map<number, Item>([[1, 'q3-report'], [2, 'Prepare the Q3 report'], [3, 'TICKET-1'], [4, sha256('instruction')]])]])), requests: rows([{}], []) },
  { id: 'decision-062', name: 'an extension with a handler', reason: 'It holds where the handler says yes to its value.', flags: ['extension'],
    refused: ['decide', 'ext.refused'], recipe: chain([[18, { 'acme.example/region': 'eu' }]]),
    requests: rows([{ handlers: { 'acme.example/region': ['eu', 'uk'] } }], [{ handlers: { 'acme.example/region': ['us'] } }, { handlers: { 'acme.example/region': [] } }]) },
  { id: 'decision-063', name: 'extensions of two blocks under one name', reason: 'The handler is asked about each, and must say yes to both.', flags: ['extension'],
    refused: ['decide', 'ext.refused'], recipe: chain([[18, { 'acme.example/region': 'eu' }]], [[18, { 'acme.example/region': ['eu', 'fr'] }]]),
    requests: rows([{ handlers: { 'acme.example/region': ['eu', ['eu', 'fr']] } }], [{ handlers: { 'acme.example/region': ['eu'] } }]) },

  // The examples of the specification.
  { id: 'decision-064', name: 'a pattern with a scheme and stars', reason: 'Each * stands for one segment, the scheme for itself.', flags: ['path-confusion'],
    refused: ['decide', 'scope.resource'], recipe: scope([['read'], ['s3://*/2026/*']]),
    requests: rows(on('s3://backups/2026/01'), on('s3://backups/2025/01', 's3://2026/01', 's3://backups/2026/01/a', 'backups/2026/01')) },
  { id: 'decision-065', name: 'two conditions that are missing', reason: 'Denials stand in the order of the bytes of their names, not of their encodings.', flags: ['order'],
    refused: ['decide', 'context.missing'], recipe: chain([[14, { aa: [1, 'x'], b: [1, 'x'] }], [18, { aa: 1, b: 1 }]]), requests: rows([], [{}]) },
  { id: 'decision-066', name: 'a number that is nearly an integer', reason: 'A number is the nearest double of what is written.', flags: ['number-range', 'arguments'],
    refused: ['decide', 'scope.arguments'], recipe: rule([1, 1]),
    requests: rows([{ body: '{"x":1.00000000000000001}' }, { body: '{"x":1e0}' }, { body: '{"x":10e-1}' }], [{ body: '{"x":1.0000000000000002}' }]) },
];
