import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caveatNames } from '../../src/caveats/all.ts';
import type { CaveatForm } from '../../src/caveats/caveat.ts';
import { forms } from '../../src/caveats/forms.ts';
import { exceeds } from '../../src/token/narrower.ts';
import { hands } from '../support/chains.ts';
import { hop } from '../support/worlds.ts';

describe('exceeds', () => {
  test('never says so of a hop that repeats what the block above says', () => {
    const law = fc.property(hop, ({ delegation: _, ...caveats }) =>
      caveatNames(caveats).every((name) => {
        const value: unknown = caveats[name as keyof typeof caveats];
        return !exceeds(forms[name] as CaveatForm<unknown>, value, value, 1);
      }),
    );
    fc.assert(law, { numRuns: 1000 });
  });

  test.each([
    ['alive', forms.alive, [{ key: hands.cfo.publicKey, within: 60 }, { key: hands.cfo.publicKey, within: 300 }]],
    ['approval', forms.approval, [1, 2].map((within) => ({ unless: [], keys: [hands.cfo.publicKey], need: 1, within }))],
    ['limits', forms.limits, [5, 9].map((amount) => ({ unit: 'call', amount, window: 60 }))],
  ])('reads a list of %s as a whole', (_, form, value) => {
    expect(exceeds(form as CaveatForm<unknown>, value, value, 1)).toBe(false);
  }); // biome-ignore format: a row a line

  test('counts the hops between', () => {
    expect([1, 2].map((hops) => exceeds(forms.delegation, { depth: 3 }, { depth: 2 }, hops))).toEqual([
      false,
      true,
    ]);
  });
});
