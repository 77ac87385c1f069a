import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caveats } from '../../src/caveats/all.ts';
import { effectiveAuthority } from '../../src/decide/effective.ts';
import { compareAuthority, describeAuthority } from '../../src/inspect/words.ts';
import { hands } from '../support/chains.ts';
import { NOW } from '../support/forge.ts';
import { claimed, reviewed, type Told } from '../support/reviewed.ts';
import { hop, root } from '../support/worlds.ts';

/** What the last of some hops changed, as `caveat - removed + added`. */
function changed(root: Told, ...hops: Told[]): string[] {
  const [before, after] = reviewed(root, hops).authorities.slice(-2);
  if (before === undefined || after === undefined) throw new Error('no hop');
  return compareAuthority(before, after).map(({ caveat, removed, added }) =>
    [caveat, ...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)].join(' '),
  );
}

const { cfo } = hands;
const read = (...resources: string[]): Told => ({ scope: [{ actions: ['read'], resources }] });
const fixed: Told = { delegation: { depth: 0 } };

describe('what a hop changed', () => {
  test.each<[string, Told, Told[], string[]]>([
    ['one hop fewer, where it says nothing', {}, [{}], ['delegation - may be delegated 9 hops deep + may be delegated 8 hops deep']],
    ['the last hop', { delegation: { depth: 1 } }, [{}], ['delegation - may be delegated once + may not be delegated further']],
    ['nothing, where nothing was left and it says nothing', fixed, [{}], []],
    ['the scope', fixed, [read('reports/q3')], ['scope - may read, list on reports/** + may read on reports/q3']],
    ['no scope, where it asks for more', fixed, [read('**'), { scope: [{ actions: ['*'], resources: ['**'] }] }], []],
    ['one permission of two', { ...fixed, scope: [{ actions: ['read'], resources: ['a'] }, { actions: ['pay'], resources: ['b'] }] }, [read('a')], ['scope - may pay on b']],
    ['a scope to nothing', fixed, [read('drafts')], ['scope - may read, list on reports/** + may do nothing']],
    ['a first audience', fixed, [{ aud: ['s'] }], ['aud + accepted only by s']],
    ['a second condition', { ...fixed, context: { n: { eq: 1 } } }, [{ context: { m: { eq: 2 } } }], ['context + only where m is 2']],
    ['an end, and no later one', fixed, [{ exp: NOW + 60 }], ['exp - expires 2027-01-15T10:00:00Z + expires 2027-01-15T08:01:00Z']],
    ['several caveats, in the order of their keys', fixed, [{ ext: { 'a/x': 1 }, nbf: NOW + 60, aud: ['s'] }], ['aud + accepted only by s', 'nbf - not before 2027-01-15T08:00:00Z + not before 2027-01-15T08:01:00Z', 'ext + only where the extension a/x allows']],
  ])('%s', (_, root, hops, expected) => {
    expect(changed(root, ...hops)).toEqual(expected);
  }); // biome-ignore format: a row a line
});

describe('the authority in words', () => {
  const phrases = (root: Told, ...hops: Told[]) => describeAuthority(reviewed(root, hops).authorities.at(-1) as never);

  test('comes in the order of the keys, each with its blocks', () => {
    const found = phrases({ context: { n: { eq: 1 } } }, { aud: ['s'], scope: [{ actions: ['read', 'pay'], resources: ['*/q3'] }] });
    expect(found.map(({ caveat, blocks }) => [caveat, blocks])).toEqual([
      ['aud', [1]],
      ['exp', [0]],
      ['nbf', [0]],
      ['scope', [0, 1]],
      ['delegation', [0]],
      ['alive', [0]],
      ['context', [0]],
    ]);
  });

  test('shows two scopes that are not merged as no choice', () => {
    const letters = Array.from({ length: 17 }, (_, i) => `s${i}`);
    const found = phrases(read(...letters.map((name) => `${name}/*`)), read(...letters.map((name) => `*/${name}`)));
    const lines = found.filter(({ caveat }) => caveat === 'scope').flatMap(({ words }) => words);
    expect(lines.map((line) => line.replace(/^.*(?= \[)/, ''))).toEqual([
      ' [scope 1 of 2, which must all admit a request]',
      ' [scope 2 of 2, which must all admit a request]',
    ]);
  });

  test('shows every counter of its own', () => {
    const limits = [{ unit: 'call', amount: 5 }];
    const found = phrases({ aud: ['s'], limits }, { limits }).filter(({ caveat }) => caveat === 'limits');
    expect(found.map(({ words, blocks }) => [words, blocks])).toEqual([
      [['at most 5 calls in all'], [0]],
      [['at most 5 calls in all'], [1]],
    ]);
  });

  test('names the status that the anchor demands', () => {
    const anchor = { alive: { key: cfo.publicKey, within: 7 } };
    const [authority] = reviewed({ alive: undefined }, [], { anchor }).authorities;
    const found = describeAuthority(authority as never).find(({ caveat }) => caveat === 'alive');
    expect(found?.words[0]).toMatch(/^only while the mission is active, .* at most 7 s old$/);
  });
}); // biome-ignore format: steps

describe('laws', () => {
  const chain = fc.tuple(root, fc.array(hop, { minLength: 1, maxLength: 4 }));

  test('what is removed and added is exactly what the words differ in', () => {
    const law = fc.property(chain, ([first, rest]) => {
      const authorities = effectiveAuthority(claimed(first, rest));
      for (const [i, after] of authorities.entries()) {
        const before = authorities[i - 1];
        if (before === undefined) continue;
        const changes = compareAuthority(before, after);
        for (const caveat of Object.keys(caveats)) {
          const [old, own] = [before, after].map(
            (of) =>
              new Set(describeAuthority(of).flatMap((phrase) => (phrase.caveat === caveat ? phrase.words : []))),
          ) as [Set<string>, Set<string>];
          const change = changes.find((one) => one.caveat === caveat);
          const { removed = [], added = [] } = change ?? {};
          expect(new Set(removed)).toEqual(new Set([...old].filter((line) => !own.has(line))));
          expect(new Set(added)).toEqual(new Set([...own].filter((line) => !old.has(line))));
          expect(change === undefined).toBe(removed.length + added.length === 0);
        }
      }
    });
    fc.assert(law, { numRuns: 500 });
  });

  test('a hop without caveats changes nothing but what may be delegated', () => {
    const law = fc.property(chain, ([first, rest]) => {
      const bare = { delegate: 'agent:a/x' };
      const [before, after] = effectiveAuthority(claimed(first, [...rest, bare])).slice(-2);
      const changes = compareAuthority(before as never, after as never);
      expect(changes.filter(({ caveat }) => caveat !== 'delegation')).toEqual([]);
    });
    fc.assert(law, { numRuns: 1000 });
  });
}); // biome-ignore format: steps
