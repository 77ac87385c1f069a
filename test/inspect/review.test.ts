import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveAuthority } from '../../src/decide/effective.ts';
import { inspect } from '../../src/inspect/inspect.ts';
import { review } from '../../src/inspect/review.ts';
import { type WarningCode, warnings } from '../../src/inspect/warning.ts';
import { type Change, type Changes, hands, suites, textWith } from '../support/chains.ts';
import { cfo, NOW } from '../support/forge.ts';
import { brief, claimed, reviewed } from '../support/reviewed.ts';
import { hop, root } from '../support/worlds.ts';

const DAY = 86_400;
const alive: Change = [[12, [[cfo.publicKey, 300]]]];
const grant = (...change: Change) => ({ root: [...alive, ...change], invocation: null }) as const;
const withHop = (...hop: Change) => ({ ...grant(), hop }) as const;
const sealed = (...invocation: Change): Changes => ({ root: alive, invocation });

describe.each(suites)('a token of suite %i', (suite) => {
  test.each([grant(), sealed()])('that is in order has no warning: %#', (changes) => {
    expect(inspect(textWith(suite, changes), { now: NOW }).warnings).toEqual([]);
  });

  // What raises a warning, and what lies just inside and raises none.
  test.each<[WarningCode, Changes, Changes]>([
    ['never-usable', grant([3, ['a', 'b']], [15, [['call', 5]]]), grant([3, ['a']], [15, [['call', 5]]])],
    ['expired', grant([4, NOW]), grant([4, NOW + 1])],
    ['stale', sealed([6, NOW - 60], [4, NOW]), sealed([6, NOW - 60], [4, NOW + 1])],
    ['not-yet', grant([5, NOW + 31]), grant([5, NOW + 30])],
    ['wider', withHop([4, NOW + 7201]), withHop([4, NOW + 7199])],
    ['expiring-soon', grant([6, NOW - DAY], [4, NOW + 3599]), grant([6, NOW - DAY], [4, NOW + 3600])],
    ['without-status', { invocation: null }, grant()],
    ['over-broad', grant([10, [[['read'], ['**']]]]), grant([10, [[['read'], ['a/**']]]])],
    ['weak-window', grant([4, NOW + 30 * DAY + 1]), grant([4, NOW + 30 * DAY])],
    ['redundant', withHop([10, [[['read'], ['reports/**']]]]), withHop([10, [[['read'], ['reports/*']]]])],
  ])('raises %s alone, and at the boundary nothing', (code, outside, inside) => {
    const codes = [outside, inside].map((changes) =>
      inspect(textWith(suite, changes), { now: NOW }).warnings.map((warning) => warning.code),
    );
    expect(codes).toEqual([[code], []]);
  }); // biome-ignore format: a row a line
});

describe('order', () => {
  test('problems stand first, then advice', () => {
    const law = fc.property(root, fc.array(hop, { maxLength: 4 }), fc.integer({ min: -40, max: 300 }), (first, rest, later) => {
      const blocks = claimed({ ...first, iat: NOW - 2 * DAY }, rest);
      const found = review({ blocks, authorities: effectiveAuthority(blocks), now: NOW + later });
      const kinds = found.map(({ code }) => warnings[code][0]);
      expect(kinds).toEqual([...kinds].sort().reverse());
    });
    fc.assert(law, { numRuns: 1000 });
  }); // biome-ignore format: steps

  test('a hop that is wider stands before an end that is near', () => {
    const token = reviewed({ iat: NOW - 2 * DAY, exp: NOW + 60 }, [{ exp: NOW + 61 }]);
    expect(brief(review(token))).toEqual(['wider exp 1', 'expiring-soon exp 0']);
  });

  test('what one caveat is warned of does not hide another', () => {
    const scope = [{ actions: ['*'], resources: ['**'] }];
    const alive = [{ key: hands.cfo.publicKey, within: 7200 }];
    expect(brief(review(reviewed({ scope, alive, exp: NOW }, [{ scope, exp: NOW + 1 }])))).toEqual([
      'wider exp 1',
      'expired exp 0',
      'over-broad scope',
      'weak-window alive 0',
      'redundant scope 1',
    ]);
  });
});
