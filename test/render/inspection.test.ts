import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderInspection } from '../../cli/render/inspection.ts';
import { type InspectOptions, inspect, type WarningCode, warnings } from '../../src/index.ts';
import { type Change, type Changes, longScene, textWith, trust } from '../support/chains.ts';
import { base64url, forge, hex, lookup, NOW, research, scene } from '../support/forge.ts';
import { columnsOf, nastyTokens } from '../support/nasty.ts';

const DAY = 86_400;

function show(text: string, options: InspectOptions = {}): string[] {
  return renderInspection(inspect(text, { now: NOW + 10, ...options }));
}

/** The lines below a heading, up to the next empty line. */
function section(lines: readonly string[], title: RegExp): readonly string[] {
  const start = lines.findIndex((line) => title.test(line));
  const end = lines.indexOf('', start);
  return start === -1 ? [] : lines.slice(start + 1, end === -1 ? undefined : end);
}

const open = (suite: 1 | 2, changes: Omit<Changes, 'invocation'> = {}) =>
  textWith(suite, { ...changes, invocation: null });
const scopeOf = (...resources: string[]): Change => [[10, resources.map((own) => [['read'], [own]])]];

test('a chain reads from the human to the holder', () => {
  const narrowed = open(2, { hop: [...scopeOf('reports/q3/**'), [4, NOW + 600], [9, new Map([[2, 'Find it']])]] }); // biome-ignore format: one hop
  const [, ...lines] = show(narrowed, { trust }).filter((line) => !/^[│ ]+(key|block id|bytes) /.test(line));
  expect(lines).toEqual([
    'VERIFIED back to mailto:cfo@acme.example, by their own key; no request was',
    'decided',
    '',
    'mailto:cfo@acme.example',
    '│  mission     q3-report: “Prepare the Q3 report”',
    '│  granted     2027-01-15T08:00:00Z, 10s ago',
    '│',
    '├─▶ agent:acme/research                                                  block 0',
    '│  static      expires 2027-01-15T10:00:00Z, in 1h 59m',
    '│  request     may read on reports/**',
    '│  static      may be delegated 4 hops deep',
    '│',
    '└─▶ agent:acme/lookup                                                    block 1',
    '   task        “Find it”',
    '   static      - expires 2027-01-15T10:00:00Z',
    '               + expires 2027-01-15T08:10:00Z, in 9m 50s',
    '   request     - may read on reports/**',
    '               + may read on reports/q3/**',
    '   static      - may be delegated 4 hops deep',
    '               + may be delegated 3 hops deep',
    '',
    'What agent:acme/lookup may do, all blocks together',
    '   static      expires 2027-01-15T08:10:00Z, in 9m 50s (block 1)',
    '   request     may read on reports/q3/** (block 1)',
    '   static      may be delegated 3 hops deep (block 0)',
    '',
    'Not promised',
    '   suite       a holder can always share its key: the chain names keys, not',
    '               machines',
    '',
    'Warnings, of which writ explain CODE tells more',
    '   advice      no mission status is demanded: nothing but expiry ends it',
    '               (without-status)',
  ]);
});

test('the sealed request stands apart, with how long it lives', () => {
  const lines = section(show(textWith(2)), /^Sealed request/);
  expect(lines.slice(0, 4)).toEqual([
    '   request     read reports/q3.pdf',
    '   arguments   none',
    '   service     https://files.acme.example',
    '   expires     2027-01-15T08:01:00Z, in 50s',
  ]);
});

test('what a hop says and does not change has a sign of its own', () => {
  expect(show(open(2, { hop: scopeOf('reports/**') })).join('\n')).toContain(
    '   request     = may read on reports/**',
  );
});

test('what must not be taken for granted is noted once, however many blocks say it', () => {
  const context = [[14, new Map([['region', [1, 'de']]])]] as const;
  const lines = show(open(2, { root: context, hop: context }));
  expect(lines.filter((line) => line.includes('does not observe region denies'))).toHaveLength(1);
});

describe('the first line says what kind of token it is', () => {
  const { invocation: _, ...unsealed } = scene(2);
  const bundle = `writ_secret_${base64url(forge(unsealed).bytes)}~${base64url(lookup.seed)}`;
  test.each([
    ['sealed token, Ed25519, 2 blocks', textWith(2)],
    ['sealed token, HMAC-SHA-256, 2 blocks', textWith(1)],
    ['open token, Ed25519, 2 blocks', open(2)],
    ['open token, a secret, HMAC-SHA-256, 2 blocks', open(1)],
    ['open bundle, a secret, Ed25519, 2 blocks', bundle],
    ['open token, Ed25519, 1 block', forge({ ...unsealed, blocks: unsealed.blocks.slice(0, 1) }).text],
  ])('%s', (kind, text) => {
    expect(show(text)[0]?.startsWith(`${kind}, ${text.length} characters, `)).toBe(true);
  });

  test.each([
    [
      'an open HMAC token',
      open(1),
      forge({ ...scene(1), invocation: undefined } as never).blocks.at(-1)?.proof,
    ],
    ['a bundle', bundle, lookup.seed],
  ])('and %s shows no secret', (_name, text, secret) => {
    const shown = show(text).join('');
    const part = (secret as Uint8Array).subarray(0, 6);
    expect(shown).not.toContain(hex(part));
    expect(shown).not.toContain(base64url(part));
    expect(shown).not.toContain(text.slice(-12));
  });
});

describe('scopes that hold together, for no single scope says it', () => {
  const parts = (pattern: (n: string) => string) =>
    Array.from({ length: 17 }, (_, i) => `${i}`.padStart(2, '0')).map((n) => [[`a${n}`], [pattern(n)]]);
  const lines = show(
    open(2, { root: [[10, parts((n) => `*/b${n}`)]], hop: [[10, parts((n) => `c${n}/*`)]] }),
  );

  test('the hop adds the second, and takes nothing from the first', () => {
    const hop = lines.slice(lines.findIndex((line) => line.startsWith('└─▶')));
    expect(hop).toContain('   request     + scope 2 of 2 (block 1); both must admit a request');
    expect(hop).toContain('                 + may a00 on c00/*');
    expect(hop.filter((line) => line.includes('- may a'))).toEqual([]);
  });

  test('the authority names both, each under its number', () => {
    const authority = section(lines, /^What /);
    expect(authority.filter((line) => line.includes('must admit'))).toEqual([
      '   request     scope 1 of 2 (block 0); both must admit a request',
      '   request     scope 2 of 2 (block 1); both must admit a request',
    ]);
    expect(authority.filter((line) => line.endsWith('… and 5 more, see --json'))).toHaveLength(2);
  });
});

test('of 200 permissions that a hop takes away, 12 are shown', () => {
  const all = Array.from({ length: 200 }, (_, i) => `r${`${i}`.padStart(3, '0')}/**`);
  const lines = show(open(2, { root: scopeOf(...all), hop: scopeOf('r001/a') }));
  expect(lines.filter((line) => /- may read on r\d{3}/.test(line))).toHaveLength(12);
  expect(lines).toContain('               - … and 188 more, see --json');
  expect(lines).toContain('               + may read on r001/a');
});

test('all of a chain of 32 blocks is shown', () => {
  const hops = Array.from({ length: 31 }, (_, i): Change => [[2, `agent:acme/h${i}`]]);
  const lines = show(forge(longScene(1, hops, [[11, [31]]])).text);
  expect(lines.filter((line) => /block \d+$/.test(line))).toHaveLength(32);
});

test('a chain that does not hold is shown all the same, and says so', () => {
  const lines = show(textWith(2), { trust: new Map() });
  expect(lines[1]).toBe('NOT VERIFIED: anchor.unknown; all of this is what somebody wrote');
  expect(lines).toContain('mailto:cfo@acme.example');
});

describe('warnings', () => {
  const rows: [WarningCode, string, number?][] = [
    ['never-usable', textWith(2, { invocation: [[2, 'hr/salaries']] })],
    ['expired', open(2), NOW + 7200],
    ['stale', textWith(2), NOW + 60],
    ['not-yet', open(2, { root: [[5, NOW + 600]] })],
    ['wider', open(2, { hop: scopeOf('**') })],
    ['expiring-soon', open(2, { root: [[4, NOW + 3 * DAY]] }), NOW + 3 * DAY - 60],
    ['without-status', open(2)],
    ['over-broad', open(2, { root: [[10, [[['*'], ['**']]]]] })],
    ['weak-window', open(2, { root: [[4, NOW + 90 * DAY]] })],
    ['redundant', open(2, { hop: scopeOf('reports/**') })],
  ];
  test.each(rows)('%s is shown under its level', (code, text, now = NOW + 10) => {
    const [level] = warnings[code];
    const lines = section(show(text, { now }), /^Warnings/);
    const start = lines.findIndex((line) => line.startsWith(`   ${level} `));
    const end = lines.findIndex((line, i) => i > start && line.startsWith('   advice'));
    const own = lines.slice(start, end === -1 ? undefined : end);
    expect(own.join('').replace(/\s+/g, ' ')).toContain(`(${code})`);
  });

  test('problems are named at the top too, and advice is not', () => {
    const lines = show(open(2, { hop: scopeOf('reports/**') }), { now: NOW + 7200 });
    expect(lines[2]).toBe('problems, see the end: expired');
  });

  test('without any, there is no section of them', () => {
    const alive = [[12, [[research.publicKey, 60]]]] as const;
    expect(show(open(2, { root: alive })).filter((line) => line.startsWith('Warnings'))).toEqual([]);
  });
});

test('no token makes a line wider than 80 columns, or reaches the terminal with what it obeys', () => {
  fc.assert(
    fc.property(
      nastyTokens,
      fc.integer({ min: -99, max: 99_999_999 }),
      fc.boolean(),
      (text, later, tried) => {
        const lines = show(text, { now: NOW + later, ...(tried && { trust }) });
        expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
        expect(lines.join('')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      },
    ),
    { numRuns: 60 },
  );
});
