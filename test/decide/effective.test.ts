import { describe, expect, test } from 'vitest';
import type { Caveats } from '../../src/caveats/all.ts';
import { checkAuthority, effectiveAuthority } from '../../src/decide/effective.ts';
import type { Permission } from '../../src/scope/permission.ts';
import type { Claimed } from '../../src/token/model.ts';
import { hands } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';

const reports: Permission = { actions: ['read', 'list'], resources: ['reports/**'] };
const q3: Permission = { actions: ['read'], resources: ['reports/q3/**'] };

/** The authority after the last of some blocks, of which each has the given caveats. */
function last(root: Caveats, ...hops: Caveats[]) {
  const first = { scope: [reports], exp: NOW + 100, delegation: { depth: 9 }, ...root };
  const named = [first, ...hops].map((caveats, i) => ({ delegate: `agent:a/${i}`, ...caveats }));
  const [own, ...rest] = named.map((claims) => ({ claims }));
  const grantor = { grantor: 'mailto:cfo@acme.example', mission: { id: 'q3', purpose: 'x' }, iat: NOW };
  const blocks = [{ claims: { ...own?.claims, ...grantor } }, ...rest] as unknown as Claimed;
  const authority = effectiveAuthority(blocks).at(-1);
  if (authority === undefined) throw new Error('no block');
  return authority;
}

const values = (name: keyof Caveats, authority = last({})) =>
  authority.conditions[name]?.map(({ value }) => value);
const blocksOf = (name: keyof Caveats, authority = last({})) =>
  authority.conditions[name]?.map(({ blocks }) => blocks);

describe('effectiveAuthority', () => {
  test.each<[string, keyof Caveats, Caveats, Caveats, unknown, number[]]>([
    ['the narrower scope', 'scope', {}, { scope: [q3] }, [q3], [1]],
    ['the ancestor’s scope under a wider one', 'scope', { scope: [q3] }, { scope: [reports] }, [q3], [0]],
    ['what two scopes share', 'scope', { scope: [reports] }, { scope: [{ actions: ['read', 'pay'], resources: ['*/q3'] }] }, [{ actions: ['read'], resources: ['reports/q3'] }], [0, 1]],
    ['nothing, where two scopes share nothing', 'scope', { scope: [q3] }, { scope: [{ actions: ['pay'], resources: ['**'] }] }, [], [0, 1]],
    ['the earlier expiry', 'exp', { exp: NOW + 9 }, { exp: NOW + 5 }, NOW + 5, [1]],
    ['the earlier expiry of the ancestor', 'exp', { exp: NOW + 5 }, { exp: NOW + 9 }, NOW + 5, [0]],
    ['a time of issue as the start', 'nbf', {}, {}, NOW, [0]],
    ['the later start', 'nbf', { nbf: NOW + 5 }, { nbf: NOW + 9 }, NOW + 9, [1]],
    ['the services that all blocks name', 'aud', { aud: ['a', 'b'] }, { aud: ['b', 'c'] }, ['b'], [0, 1]],
    ['the services that the hop leaves', 'aud', { aud: ['a', 'b'] }, { aud: ['a'] }, ['a'], [1]],
    ['a scope that the hop repeats', 'scope', { scope: [q3] }, { scope: [{ ...q3 }] }, [q3], [0]],
    ['one hop fewer for every block', 'delegation', { delegation: { depth: 3 } }, {}, { depth: 2 }, [0]],
    ['the fewer hops of the hop', 'delegation', { delegation: { depth: 3 } }, { delegation: { depth: 0 } }, { depth: 0 }, [1]],
    ['what both observe', 'context', { context: { n: { range: [0, 5] } } }, { context: { n: { range: [3, 9] } } }, { n: { range: [3, 5] } }, [0, 1]],
  ])('gives %s', (_, name, root, hop, value, blocks) => {
    const authority = last(root, hop);
    expect(values(name, authority)).toEqual([value]);
    expect(blocksOf(name, authority)).toEqual([blocks]);
  }); // biome-ignore format: a row a line

  test('keeps counters apart, each with its block', () => {
    const aud = ['https://a.example'];
    const authority = last({ aud, limits: [{ unit: 'call', amount: 9 }] }, { limits: [{ unit: 'call', amount: 5 }] }); // biome-ignore format: one step
    expect(blocksOf('limits', authority)).toEqual([[0], [1]]);
  });

  test('judges a counter by the services that the blocks down to its own leave', () => {
    const authority = last({ aud: ['a', 'b'], limits: [{ unit: 'call', amount: 9 }] }, { aud: ['a'] });
    expect(authority.conditions.limits?.[0]?.audiences).toEqual(['a', 'b']);
  });

  test('keeps two scopes apart whose product would be too large, and admits what both admit', () => {
    const many = (prefix: string, names: readonly string[]): Caveats => ({
      scope: [{ actions: ['read'], resources: names.map((name) => prefix.replace('?', name)) }],
    });
    const letters = Array.from({ length: 17 }, (_, i) => `s${i}`);
    const authority = last(many('?/*', letters), many('*/?', letters));
    expect(blocksOf('scope', authority)).toEqual([[0], [1]]);
    const facts = { now: NOW, audience: 's', action: 'read', args: {}, context: {} };
    const codes = (resource: string) => checkAuthority(authority, { ...facts, resource }).map((f) => f.code);
    expect([codes('s1/s16'), codes('s1/x')]).toEqual([[], ['scope.resource']]);
  });

  test('multiplies scopes up to 256 parts', () => {
    const many = (prefix: string): Caveats => ({
      scope: [{ actions: ['read'], resources: Array.from({ length: 16 }, (_, i) => prefix.replace('?', `s${i}`)) }],
    }); // biome-ignore format: one step
    const [product] = values('scope', last(many('?/*'), many('*/?'))) as [Permission[]];
    expect(product[0]?.resources).toHaveLength(256);
  });

  test.each<[string, Caveats, Caveats[], string[]]>([
    ['more hops than the root allows', { delegation: { depth: 1 } }, [{}, {}], ['delegation.depth']],
    ['a hop below one that allows none', {}, [{ delegation: { depth: 0 } }, {}], ['delegation.depth']],
    ['another delegate', { delegation: { depth: 9, to: ['agent:b/*'] } }, [{}], ['delegation.delegate']],
    ['a key that is not the delegate’s', { delegation: { depth: 9, to: [hands.cfo.publicKey] } }, [{}], ['delegation.delegate']],
    ['nothing where all is in order', { delegation: { depth: 2, to: ['agent:a/*'] } }, [{}, {}], []],
  ])('names what is broken: %s', (_, root, hops, codes) => {
    expect(last(root, ...hops).broken.map(({ code }) => code)).toEqual(codes);
  }); // biome-ignore format: a row a line

  const large = (block: number): Caveats => ({
    scope: Array.from({ length: 120 }, (_, i) => ({
      actions: ['read'],
      resources: [i === 0 ? `own${block}/*` : `a${i}${'/*'.repeat(block % 2)}/**`],
    })),
  });

  test('stops merging where a chain has many large scopes, and admits what all admit', () => {
    const authority = last(
      { ...large(0), delegation: { depth: 40 } },
      ...Array.from({ length: 23 }, (_, i) => large(i + 1)),
    );
    expect(authority.conditions.scope?.length).toBeGreaterThan(1);
    const facts = { now: NOW, audience: 's', action: 'read', args: {}, context: {} };
    const codes = (resource: string) => checkAuthority(authority, { ...facts, resource }).map((f) => f.code);
    expect(codes('a1/b/c')).toEqual([]);
    expect(new Set(codes('own1/x'))).toEqual(new Set(['scope.resource']));
  });

  test('stops merging scopes of which each contains the next', () => {
    const nested = (block: number): Caveats => ({
      scope: Array.from({ length: 200 - block }, (_, i) => ({ actions: ['read'], resources: [`a${i}`] })),
    });
    const few = Array.from({ length: 8 }, (_, i) => nested(i + 1));
    const many = Array.from({ length: 30 }, (_, i) => nested(i + 1));
    expect(last(nested(0), ...few).conditions.scope?.length).toBe(1);
    expect(last(nested(0), ...many).conditions.scope?.length).toBeGreaterThan(1);
  });

  test('has one expiry, however many large scopes stand above it', () => {
    const hops = Array.from({ length: 30 }, (_, i) => large(i + 1));
    const authority = last(large(0), ...hops, { exp: NOW + 1 });
    expect(values('exp', authority)).toEqual([NOW + 1]);
  });
});
