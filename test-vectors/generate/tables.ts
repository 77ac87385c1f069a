import type { Claims, Table, Tables } from '../../cli/vectors/tables.ts';
import type { Json } from '../../src/json.ts';
import { AUDIENCE } from '../../test/support/forge.ts';

// What accumulated tokens are drawn from. Most of what is usual passes most requests; each odd value is there for a
// check that may refuse it, or is on the edge of one. Times are told from the clock.

function table(usual: readonly Json[], odd: readonly Json[]): Table {
  return { usual, odd };
}

/** 2^33 is this much after the clock. */
const END = 2 ** 33 - 1_800_000_000;
const LOOKUP_RULES = { '?memo': [8, 12], amount: [4, 1, '%900'], to: true };
const FETCH_RULES = { '?dry': [1, true], '*': true, from: [9, '10.0.0.0/8'], tags: [7, ['a', 'b']], url: [10, ['files.acme.example']] }; // biome-ignore format: a table

const scopes = [
  [[['*'], ['**', 'https://**']]],
  [[['pay', 'list', 'read', 'fetch'], ['**', 'https://**', 'https://*/feed']]],
  [[['list', 'read'], ['reports/**']], [['pay'], ['invoices/*'], LOOKUP_RULES], [['fetch'], ['https://**'], FETCH_RULES]],
]; // biome-ignore format: a table
const oddScopes = [
  [[['read'], ['reports/*']]],
  [[['list'], ['*/q3']]],
  [[['pay', 'read'], ['**'], { amount: [4, false, '%600'], '*': true }]],
  [[['pay'], ['**'], { amount: [11, [[3, [0]], [4, '%9', 500]]], memo: [5, '*'], to: [2, ['DE02', 'DE03']] }]],
  [[['fetch'], ['https://acme.example/*'], { '*': true, dry: [3, [false]], note: [8, '%9'] }]],
  [[['fetch'], ['https://*/*'], { '*': true, note: [11, [[6, 'ze'], [8, 6]]], url: [5, 'https://**'] }]],
  [[['*'], ['**'], {}]],
  [[['read', 'list'], ['reports/../**']]],
]; // biome-ignore format: a table

/** The caveats that a grant and a hop have alike. */
const caveats: Claims = {
  5: table([null, null, 0, 30], [31, '%60', END - 1]),
  12: table([null], [[['@control', 300]], [['@control', '%9', 'crew']], [['@control', 60, 'mailto:cfo@acme.example#q3-report']]]), // biome-ignore format: a table
  13: table(
    [null, null, null, [[[[['*'], ['**', 'https://**']]], ['@cfo'], 1, 600]]],
    [[[[], ['@cfo'], 1, 600]], [[[[['read'], ['**']]], ['@cfo'], 1, 600]], [[[], ['@cfo'], '%3', 600]]],
  ),
  14: table(
    [null, null, null, { net: [9, '10.0.0.0/8'] }, { tier: [4, '%3', 3], zone: [2, ['eu', 'us']] }],
    [
      { net: [9, '10.1.0.0/16'], tier: [4, 3, false] },
      { zone: [3, ['eu']] },
      { hour: [4, 8, 18], tier: [1, '%4'] },
      { zone: [11, [[6, 'u'], [8, 2]]] }, // biome-ignore format: a table
      { tier: [4, '%9', '%9'] },
    ],
  ),
  15: table(
    [null],
    [
      [['call', 400]],
      [
        ['call', '%2'],
        ['denial', '%3'],
      ],
      [['eur-cent', 500, '%2']],
    ],
  ),
  16: table([null], [[[[['read'], ['**']], 1, 5]], [[[['*'], ['**']], 0, '%9']]]),
  18: table([null], [{ 'acme.example/region': 'eu' }, { b: 1, a: ['%9', { 1: true }] }]),
};

const delegate = table(
  ['agent:acme/lookup', 'agent:acme/research', 'agent:acme/writer'],
  ['agent:other/lookup', 'agent:acme/lookups', 'agent:acme/*'],
);
const key = table(['@holder'], ['@stranger', `#01${'00'.repeat(31)}`, [-7, '#0401'], null]);

const grant: Claims = {
  1: table(['mailto:cfo@acme.example'], ['mailto:ceo@acme.example', 'agent:acme/cfo', null]),
  2: delegate,
  3: table([[AUDIENCE], ['https://mail.acme.example', AUDIENCE]], [['https://mail.acme.example'], null]),
  4: table([7200, 86_400, 1], [0, -1, '%9', END - 1, END]),
  6: table([0, -3600, 30], [31, '%60', '%60']),
  7: table([16], [15, 17]),
  8: key,
  9: table(
    [{ 1: 'q3-report', 2: 'Prepare the Q3 report' }],
    [{ 1: 'q3-report', 2: '', 3: 'Q3', 4: `#${'0f'.repeat(32)}` }, { 1: 'q3' }],
  ),
  10: table(scopes, oddScopes),
  11: table(
    [[3], [4, ['agent:acme/*']], [3, ['agent:acme/lookup', 'agent:acme/writer', 'agent:acme/research']]],
    [['%5'], [3, ['@lookup', 'agent:acme/w*']], [3, ['@lookup', 'agent:acme/writer']], [3, ['agent:other/*']]],
  ),
  ...caveats,
  17: table([null], ['@cfo', '@stranger']),
}; // biome-ignore format: a table

const hop: Claims = {
  2: delegate,
  3: table([null, null, [AUDIENCE]], [[`${AUDIENCE}/`], [AUDIENCE, AUDIENCE]]),
  4: table([null, null, 3600, 90_000], [0, 1, '%3']),
  6: table([null, 0], [100]),
  7: table([null, 8, 16], [7]),
  8: key,
  9: table([null, null, { 2: 'Find the revenue' }, { 3: 'Q3' }], [{ 4: `#${'0f'.repeat(32)}` }, { 1: 'q3-report' }]),
  10: table([null, null, ...scopes], oddScopes),
  11: table([null, null, [1], [3], [2, ['agent:acme/*']]], [['%3'], [1, ['agent:acme/lookup']], [0, []]]),
  ...caveats,
  17: table([null], ['@cfo']),
}; // biome-ignore format: a table

/** The tables of accumulated tokens. */
export const tables: Tables = {
  odds: 32,
  altered: 24,
  open: 16,
  anchor: table(['cfo'], ['iam', 'retired', 'early', 'current', 'watched', 'stranger', 'research']),
  holders: ['research', 'lookup', 'writer', 'stranger'],
  grant,
  hop,
  invocation: {
    3: table([AUDIENCE], ['https://mail.acme.example', `${AUDIENCE}/`, null]),
    4: table([60, 200], [0, 1, 31]),
    5: table([null], [0]),
    6: table([0, -5, -100], [-101, 30, 31]),
    7: table([16], [15]),
    9: table([null, null, { 2: 'Read it' }], [{}]),
  },
  requests: [
    { action: 'read', resource: 'reports/q3.pdf', args: null },
    { action: 'read', resource: 'reports/2026/q3.pdf', args: null },
    { action: 'list', resource: 'reports/q3', args: null },
    { action: 'pay', resource: 'invoices/7', args: { to: 'DE02', amount: '%900', memo: 'Q3' } },
    { action: 'pay', resource: 'invoices/8', args: { to: 'DE03', amount: 12.5 } },
    {
      action: 'fetch',
      resource: 'https://acme.example/feed',
      args: {
        url: 'https://files.acme.example/a?b',
        from: '10.1.2.3',
        tags: ['b', 'a'],
        note: 'Grüße',
        dry: true,
      },
    },
  ],
  context: table(
    [{ net: '10.1.2.3', tier: 2, zone: 'eu' }],
    [
      {},
      { net: '::ffff:10.1.2.3', tier: 2.5, zone: 'eu' },
      { net: '10.1.2.3', tier: '2', zone: ['eu'] },
      { net: null, tier: 3, zone: 'us' },
    ],
  ),
  characters: 'Ag9_-~=+ é',
};
