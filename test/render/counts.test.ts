import { describe, expect, test } from 'vitest';
import type { CountedBlock, CountedStep, Report } from '../../cli/counted.ts';
import { renderReport } from '../../cli/render/counts.ts';
import { columnsOf } from '../support/nasty.ts';

const NOW = 1_795_356_000;
const ID = 'ab'.repeat(32);
const base = { verified: false, now: NOW, audience: 'https://files.acme.example' } as const;
const block = (more: Partial<CountedBlock>): CountedBlock => ({
  block: 0,
  id: ID,
  delegate: 'agent:acme/research',
  expires: NOW + 7200,
  limits: [],
  ...more,
});
const show = (more: Partial<CountedBlock>) => renderReport({ ...base, blocks: [block(more)] });
const step = (more: Partial<CountedStep> = {}): CountedStep => ({
  permission: { actions: ['read'], resources: ['reports/**'] },
  min: 1,
  max: 5,
  taken: 0,
  state: 'open',
  ...more,
});

test('limits and steps are bars of one length, one below the other', () => {
  const limits = [
    { unit: 'call', amount: 100, used: 41, left: 59 },
    { unit: 'call', amount: 20, window: 10, used: 20, left: 0, frees: NOW + 4 },
    { unit: 'denial', amount: 3, used: 3, left: 0, frozen: true, branch: ID },
  ];
  const plan = [
    step({ taken: 2, state: 'closed' }),
    step({ min: 2, max: 2, taken: 1 }),
    step({ state: 'waiting' }),
  ];
  expect(show({ limits, plan })).toEqual([
    "NOT VERIFIED: the limits are what somebody wrote; the counts are the store's",
    'counted at https://files.acme.example',
    '',
    'block 0  agent:acme/research',
    `  block id    ${ID}`,
    '  call 100      ████████░░░░░░░░░░░░  41 used, 59 left',
    '  call 20/10s   ████████████████████  20 used, 0 left, frees in 4s',
    '  denial 3      ████████████████████  3 counted: FROZEN',
    '  plan, step 1  ████████░░░░░░░░░░░░  2 of 5, closed',
    '                read on reports/**',
    '  plan, step 2  ██████████░░░░░░░░░░  1 of 2, open, 1 more before step 3',
    '                read on reports/**',
    '  plan, step 3  ░░░░░░░░░░░░░░░░░░░░  0 of 5, not open yet',
    '                read on reports/**',
  ]);
});

describe('a bar', () => {
  const bar = (used: number, amount: number) =>
    show({ limits: [{ unit: 'call', amount, used, left: amount - used }] })
      .at(-1)
      ?.match(/[█░]+/)?.[0];
  const rows: [string, number, number, number][] = [
    ['is empty where nothing is used', 0, 1000, 0],
    ['begins with the first use', 1, 1000, 1],
    ['is not full while something is left', 999, 1000, 19],
    ['is full where nothing is left', 1000, 1000, 20],
    ['is full where nothing may be used', 0, 0, 20],
  ];
  test.each(rows)('%s', (_name, used, amount, filled) => {
    expect(bar(used, amount)).toBe('█'.repeat(filled) + '░'.repeat(20 - filled));
  });
});

test('of a plan that is long, what is closed is left out', () => {
  const plan = Array.from({ length: 30 }, (_, i) => step({ state: i < 20 ? 'closed' : 'waiting' }));
  const labels = show({ plan }).flatMap((line) => /plan, step \d+/.exec(line) ?? []);
  expect(labels[0]).toBe('plan, step 21');
});

test('of many limits, those with the most room are left out first', () => {
  const limits = Array.from({ length: 40 }, (_, i) => ({
    unit: `u${i}`,
    amount: 10,
    used: i < 39 ? 0 : 9,
    left: i < 39 ? 10 : 1,
  }));
  expect(show({ limits })[5]).toBe('  u39 10  ██████████████████░░  9 used, 1 left');
});

test('of many limits 12 are shown, and how many others there are', () => {
  const limits = Array.from({ length: 40 }, (_, i) => ({
    unit: 'call',
    amount: i + 1,
    used: 0,
    left: i + 1,
  }));
  expect(show({ limits }).at(-1)).toBe('  … and 28 more, see --json');
});

test('a token without limits and plan says so', () => {
  const report: Report = { verified: false, now: NOW, blocks: [] };
  expect(renderReport(report)).toEqual([
    'no block has limits or a plan, so nothing is counted but the nonces of requests',
  ]);
});

test('where no single service is left, every request is denied', () => {
  const report: Report = {
    verified: false,
    now: NOW,
    denied: { code: 'limits.audience', block: 1 },
    blocks: [],
  };
  expect(renderReport(report).join(' ')).toContain('every request is denied: block 1, limits.audience: ');
});

test('of a block that has expired it says that its counts are forgotten', () => {
  const limits = [{ unit: 'call', amount: 5, used: 0, left: 5 }];
  expect(show({ limits, expires: NOW - 60 })).toContain(
    '  expired     1m ago, and what was counted is forgotten',
  );
});

test('no line is wider than 80 columns, and no terminal obeys one, whatever the token holds', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const unit = 'u'.repeat(64);
  const limits = [{ unit, amount: most, window: most, used: most - 1, left: most, frees: NOW + 8e9 }];
  const permission = { actions: ['a'], resources: ['r'], args: { '\u001b[31m\u202e': true } } as const;
  const plan = [step({ permission, max: most, min: most }), step()];
  const delegate = `agent:${'x'.repeat(200)}`;
  const report: Report = {
    ...base,
    audience: `https://${'s'.repeat(240)}`,
    blocks: [block({ limits, plan, delegate })],
  };
  const lines = renderReport(report);
  expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
