import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/decide/decide.ts';
import { effectiveAuthority } from '../../src/decide/effective.ts';
import { findNever } from '../../src/inspect/never.ts';
import type { InvocationClaims } from '../../src/token/model.ts';
import { hands } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';
import { type Around, claimed, reviewed, type Told, verdictOf } from '../support/reviewed.ts';
import { anchor, facts, hop, root } from '../support/worlds.ts';

const read = (...resources: string[]): Told => ({ scope: [{ actions: ['read'], resources }] });
const limits = (...amounts: number[]) => ({
  limits: amounts.map((amount, i) => ({ unit: i === 0 ? 'call' : 'eur-cent', amount })),
});
const plan = {
  plan: [{ permission: { actions: ['read'], resources: ['reports/**'] }, min: 0, max: 1 }],
} as const;
const q = { action: 'read', resource: 'reports/q3', audience: 's1' };
const lists = (to: Told['delegation']) => ({ delegation: to });

describe('what can never be used, and what lies just inside', () => {
  // The warnings as `caveat block: detail`.
  test.each<[string, Told, Told[], Around, string[]]>([
    ['hops as deep as the root allows', lists({ depth: 1 }), [{}], {}, []],
    ['a hop too many', lists({ depth: 1 }), [{}, {}], {}, ['delegation 0: more hops follow than block 0 allows']],
    ['a hop that the hop above forbids', {}, [lists({ depth: 0 }), {}], {}, ['delegation 1: more hops follow than block 1 allows']],
    ['a delegate on the list', lists({ depth: 2, to: ['agent:a/*'] }), [{}], {}, []],
    ['a delegate who is not on the list', lists({ depth: 2, to: ['agent:b/*'] }), [{}], {}, ['delegation 0: other delegates follow than block 0 allows']],
    ['a delegate without the key on the list', lists({ depth: 2, to: [hands.cfo.publicKey] }), [{}], {}, ['delegation 0: other delegates follow than block 0 allows']],
    ['a delegate with the key on the list', lists({ depth: 2, to: [hands.cfo.publicKey] }), [{ key: hands.cfo.publicKey }], {}, []],
    ['a service that all blocks name', { aud: ['s1', 's2'] }, [{ aud: ['s2', 's3'] }], {}, []],
    ['no service that all blocks name', { aud: ['s1', 's2'] }, [{ aud: ['s3'] }], {}, ['aud 1: no service is named by all blocks']],
    ['scopes that share something', {}, [read('*/q3')], {}, []],
    ['scopes that share nothing', {}, [read('drafts/**')], {}, ['scope 1: the scopes of its blocks have nothing in common']],
    ['a scope that was empty already', {}, [read('drafts/**'), read('reports/q3')], {}, ['scope 1: the scopes of its blocks have nothing in common']],
    ['conditions that share a value', { context: { n: { range: [0, 5] } } }, [{ context: { n: { range: [5, 9] } } }], {}, []],
    ['conditions that share no value', { context: { n: { range: [0, 5] } } }, [{ context: { n: { range: [6, 9] } } }], {}, ['context 1: no value of n fulfils all blocks']],
    ['conditions of other names', { context: { n: { eq: 1 } } }, [{ context: { m: { eq: 2 } } }], {}, []],
    ['a start 29 seconds behind the end', { exp: NOW + 99 }, [{ nbf: NOW + 128 }], {}, []],
    ['a start 30 seconds behind the end', { exp: NOW + 99 }, [{ nbf: NOW + 129 }], {}, ['exp 0: it expires before it begins']],
    ['a grant dated 29 seconds behind the end', { exp: NOW - 29 }, [], {}, []],
    ['a grant dated 30 seconds behind the end', { exp: NOW - 30 }, [], {}, ['exp 0: it expires before it begins']],
    ['a limit of one call', { aud: ['s1'], ...limits(1) }, [], {}, []],
    ['a limit of no call', { aud: ['s1'], ...limits(0) }, [], {}, ['limits 0: its limit is 0 calls']],
    ['a limit of no call in a hop', { aud: ['s1'] }, [limits(0)], {}, ['limits 1: its limit is 0 calls']],
    ['a limit of no cent, which a call may cost', { aud: ['s1'], ...limits(1, 0) }, [], {}, []],
    ['a limit without a service', limits(5), [], {}, ['limits 0: counters need exactly one audience']],
    ['a limit at two services', { aud: ['s1', 's2'], ...limits(5) }, [], {}, ['limits 0: counters need exactly one audience']],
    ['a limit at two services, of which a hop leaves one', { aud: ['s1', 's2'], ...limits(5) }, [{ aud: ['s1'] }], {}, ['limits 0: counters need exactly one audience']],
    ['a limit of a hop at the one service left', { aud: ['s1', 's2'] }, [{ aud: ['s1'], ...limits(5) }], {}, []],
    ['a plan at one service', { aud: ['s1'], ...plan }, [], {}, []],
    ['a plan without a service', plan, [], {}, ['plan 0: counters need exactly one audience']],
    ['a plan at two services', { aud: ['s1', 's2'], ...plan }, [], {}, ['plan 0: counters need exactly one audience']],
    ['a sealed request of the scope', { aud: ['s1'] }, [], { invocation: q }, []],
    ['a sealed request without an audience caveat', {}, [], { invocation: q }, []],
    ['a sealed request for another action', {}, [], { invocation: { ...q, action: 'pay' } }, ['scope 0: the sealed request is outside the scope']],
    ['a sealed request for another resource', {}, [read('reports/q3/**')], { invocation: q }, ['scope 1: the sealed request is outside the scope']],
    ['a sealed request for another service', { aud: ['s2'] }, [], { invocation: q }, ['aud 0: the sealed request is for another service']],
    ['a sealed request whose action and resource are of two permissions', { scope: [{ actions: ['read'], resources: ['a'] }, { actions: ['pay'], resources: ['reports/q3'] }] }, [], { invocation: q }, ['scope 0: the sealed request is outside the scope']],
    ['a sealed request whose arguments only the service sees', { scope: [{ actions: ['read'], resources: ['reports/*'], args: { n: { eq: 1 } } }] }, [], { invocation: q }, []],
  ])('%s', (_, root, hops, around, expected) => {
    const found = findNever(reviewed(root, hops, around));
    expect(found.map(({ caveat, block, detail }) => `${caveat} ${block}: ${detail}`)).toEqual(expected);
    expect(found.every(({ code }) => code === 'never-usable')).toBe(true);
  }); // biome-ignore format: a row a line
});

describe('laws', () => {
  const chain = fc.tuple(root, fc.array(hop, { maxLength: 4 }), fc.array(facts, { minLength: 6, maxLength: 6 }));
  const authoritiesOf = (blocks: ReturnType<typeof claimed>) => effectiveAuthority(blocks, anchor);

  test('nothing is admitted of what can never be used, nor would be with what is needed', () => {
    let seen = 0;
    const law = fc.property(chain, ([first, rest, asked]) => {
      const blocks = claimed(first, rest);
      const never = findNever({ blocks, authorities: authoritiesOf(blocks), now: NOW }).length > 0;
      seen += Number(never);
      return !never || asked.every((one) => verdictOf(checkBlocks({ blocks, anchor }, one)) === 'deny');
    });
    fc.assert(law, { numRuns: 3000 });
    expect(seen).toBeGreaterThan(300);
  });

  test('a sealed request is warned of just where a chain that can be used denies its action, resource or service', () => {
    const seen = { never: 0, usable: 0 };
    const law = fc.property(chain, ([first, rest, asked]) => {
      const blocks = claimed(first, rest);
      const authorities = authoritiesOf(blocks);
      fc.pre(findNever({ blocks, authorities, now: NOW }).length === 0);
      for (const one of asked) {
        const invocation = one as unknown as InvocationClaims;
        const never = findNever({ blocks, invocation, authorities, now: NOW }).length > 0;
        const codes = checkBlocks({ blocks, anchor }, one).map(({ code }) => code);
        const outside = ['scope.action', 'scope.resource', 'aud.other'].some((code) => codes.includes(code as never));
        seen[never ? 'never' : 'usable'] += 1;
        if (outside) expect(never).toBe(true);
        if (never) expect(verdictOf(checkBlocks({ blocks, anchor }, one))).toBe('deny');
      }
    });
    fc.assert(law, { numRuns: 1000 });
    expect(Math.min(seen.never, seen.usable)).toBeGreaterThan(300);
  });
}); // biome-ignore format: steps
