import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaveatName, Caveats } from '../../src/caveats/all.ts';
import type { CaveatForm } from '../../src/caveats/caveat.ts';
import { forms } from '../../src/caveats/forms.ts';
import { checkBlocks } from '../../src/decide/decide.ts';
import { effectiveAuthority } from '../../src/decide/effective.ts';
import { findRedundant, findWider } from '../../src/inspect/hops.ts';
import { inspect } from '../../src/inspect/inspect.ts';
import { delegate } from '../../src/token/delegate.ts';
import type { Claimed, HopClaims } from '../../src/token/model.ts';
import { hands } from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { NOW } from '../support/forge.ts';
import {
  type Around,
  brief,
  claimed,
  mintWorld,
  reviewed,
  type Told,
  verdictOf,
} from '../support/reviewed.ts';
import { anchor, facts, hop, root } from '../support/worlds.ts';

const { cfo, research, lookup } = hands;
const read = (...resources: string[]): Told => ({ scope: [{ actions: ['read'], resources }] });
const alive = (within: number, key = cfo): Told => ({ alive: [{ key: key.publicKey, within }] });
const approval = (need: number, within: number): Told => ({
  approval: [{ unless: [], keys: [cfo.publicKey, lookup.publicKey], need, within }],
});
const limit = (amount: number, window?: number): Told => ({
  limits: [{ unit: 'call', amount, ...(window !== undefined && { window }) }],
});
const plan = (...resources: string[]): Told => ({
  plan: resources.map((own) => ({ permission: { actions: ['read'], resources: [own] }, min: 0, max: 1 })),
});
const one: Told = { aud: ['s1'] };
const context = (name: string, low: number, high: number): Told => ({
  context: { [name]: { range: [low, high] } },
});
const depth = (own: number, ...to: string[]): Told => ({
  delegation: to.length === 0 ? { depth: own } : { depth: own, to },
});
const ext = (value: string): Told => ({ ext: { 'a.example/x': value } });

describe('what a hop asks for against what is above it', () => {
  test.each<[string, Told, Told[], string[]]>([
    ['aud: one name fewer', { aud: ['s1', 's2'] }, [{ aud: ['s1'] }], []],
    ['aud: the same', { aud: ['s1', 's2'] }, [{ aud: ['s2', 's1'] }], ['redundant aud 1']],
    ['aud: one name more', { aud: ['s1'] }, [{ aud: ['s1', 's2'] }], ['wider aud 1']],
    ['aud: where none was named', {}, [{ aud: ['s1'] }], []],
    ['exp: a second sooner', {}, [{ exp: NOW + 7199 }], []],
    ['exp: the same', {}, [{ exp: NOW + 7200 }], ['redundant exp 1']],
    ['exp: a second later', {}, [{ exp: NOW + 7201 }], ['wider exp 1']],
    ['nbf: a second later', { nbf: NOW + 5 }, [{ nbf: NOW + 6 }], []],
    ['nbf: the same', { nbf: NOW + 5 }, [{ nbf: NOW + 5 }], ['redundant nbf 1']],
    ['nbf: a second sooner', { nbf: NOW + 5 }, [{ nbf: NOW + 4 }], ['wider nbf 1']],
    ['nbf: after the date of the grant', {}, [{ nbf: NOW + 1 }], []],
    ['nbf: the date of the grant', {}, [{ nbf: NOW }], ['redundant nbf 1']],
    ['nbf: before the date of the grant, which is no caveat', {}, [{ nbf: NOW - 1 }], ['redundant nbf 1']],
    ['scope: narrower', {}, [read('reports/q3')], []],
    ['scope: the same', {}, [{ scope: [{ actions: ['list', 'read'], resources: ['reports/**'] }] }], ['redundant scope 1']],
    ['scope: the same in parts', {}, [{ scope: ['list', 'read'].map((own) => ({ actions: [own], resources: ['reports/**'] })) }], ['redundant scope 1']],
    ['scope: wider', {}, [read('**')], ['wider scope 1']],
    ['scope: other', {}, [read('drafts/*')], ['wider scope 1']],
    ['scope: as a hop above left it', {}, [read('reports/q3'), read('reports/q3')], ['redundant scope 2']],
    ['scope: between the root and a hop above', {}, [read('reports/q3'), read('reports/*')], ['wider scope 2']],
    ['delegation: one hop fewer than is left', {}, [depth(7)], []],
    ['delegation: what is left', {}, [depth(8)], ['redundant delegation 1']],
    ['delegation: as many as above', {}, [depth(9)], ['wider delegation 1']],
    ['delegation: what is left two hops down', {}, [{}, depth(7)], ['redundant delegation 2']],
    ['delegation: one more than is left two hops down', {}, [{}, depth(8)], ['wider delegation 2']],
    ['delegation: fewer delegates', depth(9, 'agent:*'), [depth(8, 'agent:a/*')], []],
    ['delegation: the same delegates', depth(9, 'agent:*'), [depth(8, 'agent:*')], ['redundant delegation 1']],
    ['delegation: anybody', depth(9, 'agent:*'), [depth(8)], ['wider delegation 1']],
    ['delegation: more delegates', depth(9, 'agent:a/*'), [depth(8, 'agent:*')], ['wider delegation 1']],
    ['delegation: not at all where nothing is left', depth(1), [depth(0)], ['redundant delegation 1']],
    ['alive: fresher', {}, [alive(299)], []],
    ['alive: the same', {}, [alive(300)], ['redundant alive 1']],
    ['alive: older', {}, [alive(301)], ['wider alive 1']],
    ['alive: of another authority', {}, [alive(301, lookup)], []],
    ['approval: more people', approval(1, 60), [approval(2, 60)], []],
    ['approval: fresher', approval(1, 60), [approval(1, 59)], []],
    ['approval: the same', approval(1, 60), [approval(1, 60)], ['redundant approval 1']],
    ['approval: fewer people', approval(2, 60), [approval(1, 60)], ['wider approval 1']],
    ['approval: older', approval(1, 60), [approval(1, 61)], ['wider approval 1']],
    ['approval: of others', approval(1, 60), [{ approval: [{ unless: [], keys: [research.publicKey], need: 1, within: 99 }] }], []],
    ['context: narrower', context('n', 0, 5), [context('n', 1, 5)], []],
    ['context: the same', context('n', 0, 5), [context('n', 0, 5)], ['redundant context 1']],
    ['context: wider', context('n', 0, 5), [context('n', 0, 6)], ['wider context 1']],
    ['context: of another name', context('n', 0, 5), [context('m', 0, 9)], []],
    ['limits: fewer', { ...one, ...limit(5) }, [limit(4)], []],
    ['limits: the same', { ...one, ...limit(5) }, [limit(5)], ['redundant limits 1']],
    ['limits: as many in a window', { ...one, ...limit(5) }, [limit(5, 60)], ['redundant limits 1']],
    ['limits: more in a window', { ...one, ...limit(5) }, [limit(6, 60)], ['redundant limits 1']],
    ['limits: more', { ...one, ...limit(5) }, [limit(6)], ['wider limits 1']],
    ['limits: more than a window allows, in all', { ...one, ...limit(5, 60) }, [limit(6)], []],
    ['limits: of another unit', { ...one, ...limit(5) }, [{ limits: [{ unit: 'eur-cent', amount: 9 }] }], []],
    ['plan: fewer steps', { ...one, ...plan('reports/a', 'reports/b') }, [plan('reports/a')], []],
    ['plan: the same, which its holder must follow from the start', { ...one, ...plan('reports/a') }, [plan('reports/a')], []],
    ['plan: a step that no step above admits', { ...one, ...plan('reports/a') }, [plan('reports/b')], ['wider plan 1']],
    ['ext: of another name', ext('x'), [{ ext: { 'a.example/y': 'x' } }], []],
    ['ext: the same', ext('x'), [ext('x')], ['redundant ext 1']],
    ['ext: another value', ext('x'), [ext('y')], ['wider ext 1']],
  ])('%s', (_, root, hops, expected) => {
    const token = reviewed(root, hops);
    expect(brief([...findWider(token), ...findRedundant(token)])).toEqual(expected);
  }); // biome-ignore format: a row a line

  const demanding: Around = { anchor: { alive: { key: lookup.publicKey, within: 60 } } };

  test.each<[string, number, string[]]>([
    ['fresher than', 59, []],
    ['as fresh as', 60, ['redundant alive 1']],
    ['older than', 61, ['redundant alive 1']],
  ])('alive: a status %s the anchor demands, which is no caveat of a block', (_, within, expected) => {
    const token = reviewed({}, [alive(within, lookup)], demanding);
    expect(brief([...findWider(token), ...findRedundant(token)])).toEqual(expected);
  });

  test('the first block above that has less is named', () => {
    const token = reviewed({}, [read('reports/q3'), { exp: NOW + 9 }, { ...read('**'), exp: NOW + 99 }]);
    expect(findWider(token).map(({ detail }) => detail)).toEqual([
      'exp of block 3 asks for more than block 2 has, and gains nothing',
      'scope of block 3 asks for more than block 0 has, and gains nothing',
    ]);
  });
});

describe('laws', () => {
  const chain = fc.tuple(root, fc.array(hop, { minLength: 1, maxLength: 4 }));
  const asked = fc.array(facts, { minLength: 6, maxLength: 6 });
  const verdictsOf = (blocks: Claimed, of: typeof anchor, requests: readonly Parameters<typeof checkBlocks>[1][]) =>
    requests.map((request) => verdictOf(checkBlocks({ blocks, anchor: of }, request)));
  const anchors = fc.constantFrom(anchor, { ...anchor, alive: { key: cfo.publicKey, within: 50 } });

  /** The hops with every caveat that a warning is about made another; `undefined` takes it away. */
  function withOthers(
    blocks: Claimed,
    found: readonly { readonly block?: number; readonly caveat?: CaveatName }[],
    other: (name: CaveatName, block: number) => unknown,
  ): Claimed {
    return blocks.map(({ claims }, i) => {
      const own = found.filter(({ block }) => block === i).map(({ caveat }) => caveat as CaveatName);
      const changed = Object.fromEntries(own.map((name) => [name, other(name, i)]));
      return { claims: { ...claims, ...changed } };
    }) as unknown as Claimed;
  }

  test('without all that is redundant, every request ends as it did', () => {
    const seen: Record<string, number> = {};
    const law = fc.property(chain, asked, anchors, ([first, rest], requests, of) => {
      const blocks = claimed(first, rest);
      const found = findRedundant({ blocks, authorities: effectiveAuthority(blocks, of), now: NOW });
      for (const { caveat = '' } of found) seen[caveat] = (seen[caveat] ?? 0) + 1;
      const without = withOthers(blocks, found, () => undefined);
      expect(verdictsOf(without, of, requests)).toEqual(verdictsOf(blocks, of, requests));
    });
    fc.assert(law, { numRuns: 2000 });
    const kinds = ['aud', 'exp', 'nbf', 'scope', 'delegation', 'alive', 'limits'];
    expect(kinds.filter((name) => (seen[name] ?? 0) < 10)).toEqual([]);
  });

  test('what is wider gains nothing: cut to what every block above it leaves, every request ends as it did', () => {
    let seen = 0;
    const law = fc.property(chain, asked, anchors, ([first, rest], requests, of) => {
      const blocks = claimed(first, rest);
      const found = findWider({ blocks, authorities: effectiveAuthority(blocks, of), now: NOW });
      seen += found.length;
      const cut = withOthers(blocks, found, (name, block) => {
        const form = forms[name] as CaveatForm<unknown>;
        const values = blocks.map(({ claims }): unknown => (claims as Caveats)[name]);
        return values.slice(0, block).reduce((own, outer, i) => {
          if (outer === undefined) return own;
          return form.meet(form.below?.(outer, block - i) ?? outer, own) ?? own;
        }, values[block]);
      });
      expect(verdictsOf(cut, of, requests)).toEqual(verdictsOf(blocks, of, requests));
    });
    fc.assert(law, { numRuns: 2000 });
    expect(seen).toBeGreaterThan(1000);
  });

  test('a caveat is wider or redundant, and never both', () => {
    const law = fc.property(chain, ([first, rest]) => {
      const blocks = claimed(first, rest);
      const token = { blocks, authorities: effectiveAuthority(blocks), now: NOW };
      const places = [...findWider(token), ...findRedundant(token)].map((own) => `${own.block} ${own.caveat}`);
      expect(new Set(places).size).toBe(places.length);
    });
    fc.assert(law, { numRuns: 1000 });
  });

  test('a last hop is called wider, or its chain broken, just where minting refuses it', () => {
    const seen = { refused: 0, minted: 0 };
    const stateless = ({ limits: _l, plan: _p, key: _k, ...own }: HopClaims) => own;
    const law = fc.property(root, fc.array(hop, { maxLength: 2 }), hop, (first, rest, last) => {
      const text = mintWorld(1, first, rest);
      const refused = codeOf(() => delegate(text, stateless(last))) === 'hop.wider';
      const { blocks, warnings } = inspect(delegate(text, { ...stateless(last), force: true }), { now: NOW });
      const warned = warnings.some(
        ({ code, block, caveat }) =>
          (code === 'wider' && block === blocks.length - 1) ||
          (code === 'never-usable' && caveat === 'delegation'),
      );
      seen[refused ? 'refused' : 'minted'] += 1;
      expect(warned).toBe(refused);
    });
    fc.assert(law, { numRuns: 500 });
    expect(Math.min(seen.refused, seen.minted)).toBeGreaterThan(50);
  });
}); // biome-ignore format: steps
