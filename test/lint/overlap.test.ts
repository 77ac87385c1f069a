import { describe, expect, test } from 'vitest';
import { effectiveAuthority } from '../../src/decide/effective.ts';
import { type Effort, type Held, hold } from '../../src/lint/contain.ts';
import { findOverlaps } from '../../src/lint/overlap.ts';
import type { GrantClaims } from '../../src/token/model.ts';
import { NOW } from '../support/forge.ts';

const COUNT = 1000;

function held(claims: Partial<GrantClaims>, i: number): Held {
  const own: GrantClaims = {
    grantor: 'mailto:cfo@acme.example',
    delegate: 'agent:acme/research',
    iat: NOW,
    cti: new Uint8Array(16),
    mission: { id: 'q3', purpose: 'x' },
    exp: NOW + 60,
    scope: [{ actions: ['read'], resources: ['reports/**'] }],
    delegation: { depth: 0 },
    ...claims,
  };
  const [authority] = effectiveAuthority([{ claims: own }]);
  return hold(authority as NonNullable<typeof authority>, [String(i)]);
}

function search(claims: (i: number) => Partial<GrantClaims>, left: number = Number.POSITIVE_INFINITY) {
  const effort: Effort = { left, comparisons: 0 };
  const tokens = Array.from({ length: COUNT }, (_, i) => held(claims(i), i));
  return { ...findOverlaps(tokens, effort), comparisons: effort.comparisons };
}

const scope = (resource: string, rule = {}) => ({ scope: [{ actions: ['read'], resources: [resource], ...rule }] }); // biome-ignore format: short

describe('a thousand tokens of one holder take few comparisons', () => {
  const rows: [string, (i: number) => Partial<GrantClaims>, number][] = [
    ['that say the same', () => ({}), COUNT - 1],
    ['of which each contains the next', (i) => ({ exp: NOW + i }), COUNT - 1],
    ['with patterns of their own', (i) => scope(`reports/${i}/**`), 0],
    ['with actions of their own', (i) => ({ scope: [{ actions: [`a${i}`], resources: ['**'] }] }), 0],
    ['with an argument of their own', (i) => scope('pay/*', { args: { to: { eq: i } } }), 0],
    ['with a condition of their own', (i) => ({ context: { tenant: { eq: i } } }), 0],
    ['with a service of their own', (i) => ({ aud: [`s${i}`] }), 0],
    ['with a budget of their own', () => ({ limits: [{ unit: 'call', amount: 1 }], aud: ['s'] }), 0],
  ];
  test.each(rows)('%s', (_, claims, contained) => {
    const { within, unfinished, comparisons } = search(claims);
    expect([within.size, unfinished]).toEqual([contained, 0]);
    expect(comparisons).toBeLessThanOrEqual(4 * COUNT);
  });

  test('of which one contains all others in patterns of their own', () => {
    const { within, comparisons } = search((i) => (i === COUNT - 1 ? {} : scope(`reports/${i}`)));
    expect([within.size, within.get(0)]).toEqual([COUNT - 1, COUNT - 1]);
    expect(comparisons).toBeLessThanOrEqual(4 * COUNT);
  });
});

describe('where no two can be told apart beforehand', () => {
  const claims = (i: number) => ({ context: { n: { range: [i, i] as const } } });

  test('every pair is compared', () => {
    expect(search(claims)).toMatchObject({ unfinished: 0, comparisons: COUNT * (COUNT - 1) });
  });

  test('the effort ends the search, which says so', () => {
    const { unfinished, comparisons } = search(claims, 10_000);
    expect(comparisons).toBeLessThanOrEqual(10_000);
    expect(unfinished).toBeGreaterThan(COUNT / 2);
  });
});

test('none is named that is superfluous itself', () => {
  const effort: Effort = { left: 1000, comparisons: 0 };
  const actions = [['list', 'read'], ['read'], ['list', 'pay', 'read']];
  const tokens = actions.map((own, i) => held({ scope: [{ actions: own, resources: ['**'] }] }, i));
  expect([...findOverlaps(tokens, effort).within]).toEqual([
    [0, 2],
    [1, 2],
  ]);
});

test('what lives longest is named', () => {
  const effort: Effort = { left: 1000, comparisons: 0 };
  const tokens = [1, 2, 3].map((i) => held({ exp: NOW + i }, i));
  expect([...findOverlaps(tokens, effort).within]).toEqual([
    [1, 2],
    [0, 2],
  ]);
});
