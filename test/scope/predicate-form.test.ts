import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitsValue, type Predicate, parsePredicate } from '../../src/scope/predicate.ts';
import { containsPredicate, describePredicate, encodePredicate } from '../../src/scope/predicate-form.ts';
import { codeOf } from '../support/code-of.ts';
import { narrowerPredicate, predicates, predicatesByName, probes } from '../support/predicates.ts';
import { rewire } from '../support/wire.ts';

/** The same predicate with its sets in the order of the wire. */
const read = (predicate: Predicate): Predicate =>
  parsePredicate(rewire(encodePredicate(predicate)), 'predicate');

describe('encodePredicate', () => {
  test.each(Object.entries(predicatesByName))('is undone by the parser: %s', (_, predicate) => {
    fc.assert(
      fc.property(predicate, (one) => {
        const sorted = read(one);
        expect(read(sorted)).toEqual(sorted);
        expect([containsPredicate(one, sorted), containsPredicate(sorted, one)]).toEqual([true, true]);
      }),
      { numRuns: 100 },
    );
  });

  test('puts sets into the order of the wire, without repetition', () => {
    const all: Predicate[] = [{ size: 3 }, { in: ['b', 'a', 10, -1, 'b'] }, { size: 3 }];
    expect(read({ all })).toEqual({ all: [{ in: [10, -1, 'a', 'b'] }, { size: 3 }] });
  });

  test.each([
    ['no member', {}],
    ['two members', { eq: 1, size: 2 }],
    ['an unknown member', { regex: '(a+)+$' }],
    ['a member that every object has', { toString: 1 }],
    ['a member named like the prototype', JSON.parse('{"__proto__": 1}')],
  ])('refuses an object with %s', (_, predicate) => {
    expect(codeOf(() => encodePredicate(predicate as Predicate))).toBe('mint.input');
  });
});

test.each<[Predicate, string]>([
  [{ eq: 7 }, 'is 7'],
  [{ eq: 'a "b"' }, 'is "a \\"b\\""'],
  [{ eq: true }, 'is true'],
  [{ in: [1, 'a'] }, 'is one of 1, "a"'],
  [{ notIn: [1, 'a'] }, 'is none of 1, "a"'],
  [{ range: [1, 5] }, 'is from 1 to 5'],
  [{ range: [0, null] }, 'is at least 0'],
  [{ range: [null, 0] }, 'is at most 0'],
  [{ pattern: 'a/**' }, 'matches a/**'],
  [{ suffix: '.pdf' }, 'ends with ".pdf"'],
  [{ subset: [1, 'a'] }, 'has no elements but 1, "a"'],
  [{ subset: [] }, 'is an empty list'],
  [{ size: 3 }, 'has at most 3 bytes or elements'],
  [{ cidr: '10.0.0.0/8' }, 'is an address in 10.0.0.0/8'],
  [{ host: ['a.example'] }, 'has the host a.example'],
  [{ host: ['a.example', 'b.example'] }, 'has the host a.example or b.example'],
  [{ all: [{ suffix: 'a' }, { size: 3 }] }, 'ends with "a" and has at most 3 bytes or elements'],
])('%j in words', (predicate, words) => {
  expect(describePredicate(predicate)).toBe(words);
});

describe('containsPredicate', () => {
  test.each<[Predicate, Predicate]>([
    [{ range: [0, 500] }, { range: [0, 500] }],
    [{ range: [0, 500] }, { range: [1, 499] }],
    [{ range: [0, null] }, { range: [1, 5] }],
    [{ range: [null, 5] }, { range: [null, 4] }],
    [{ range: [0, 500] }, { eq: 500 }],
    [{ range: [0, 500] }, { in: [0, 500] }],
    [{ in: [1, 2, 3] }, { in: [1, 3] }],
    [{ in: [1, 2] }, { eq: 2 }],
    [{ notIn: ['a'] }, { notIn: ['a', 'b'] }],
    [{ notIn: ['a', 1] }, { notIn: ['a'] }],
    [{ notIn: ['a'] }, { eq: 'b' }],
    [{ pattern: 'a/**' }, { pattern: 'a/*/b' }],
    [{ pattern: 'a/**' }, { eq: 'a/b' }],
    [{ suffix: '.example' }, { suffix: '.acme.example' }],
    [{ suffix: '' }, { suffix: 'a' }],
    [{ suffix: '.pdf' }, { in: ['a.pdf', 'b.pdf'] }],
    [{ subset: [1, 2] }, { subset: [1] }],
    [{ subset: [1, 2] }, { subset: [] }],
    [{ size: 3 }, { size: 3 }],
    [{ size: 3 }, { eq: 'abc' }],
    [{ cidr: '10.0.0.0/8' }, { cidr: '10.1.0.0/16' }],
    [{ cidr: '10.0.0.0/8' }, { eq: '10.1.2.3' }],
    [{ cidr: '::/0' }, { cidr: '2001:db8::/32' }],
    [{ host: ['a.example', 'b.example'] }, { host: ['b.example'] }],
    [{ host: ['a.example'] }, { eq: 'https://a.example/x' }],
    [{ range: [0, 9] }, { all: [{ range: [1, 8] }, { notIn: [5] }] }],
    [{ all: [{ range: [0, null] }, { range: [null, 9] }] }, { range: [0, 9] }],
    [{ all: [{ suffix: 'a' }, { size: 3 }] }, { all: [{ suffix: 'ba' }, { size: 3 }, { pattern: '*' }] }],
  ])('%j provably contains %j', (outer, inner) => {
    expect(containsPredicate(outer, inner)).toBe(true);
  });

  test.each<[Predicate, Predicate]>([
    [{ range: [1, 499] }, { range: [0, 499] }],
    [{ range: [1, 499] }, { range: [1, 500] }],
    [{ range: [0, 5] }, { range: [0, null] }],
    [{ range: [0, 5] }, { range: [null, 5] }],
    [{ range: [0, 5] }, { in: [5, 6] }],
    [{ in: [1, 2, 3] }, { range: [1, 3] }],
    [{ notIn: [7] }, { range: [1, 3] }],
    [{ notIn: ['a', 'b'] }, { notIn: ['a'] }],
    [{ notIn: [1] }, { notIn: [1, 'a'] }],
    [{ notIn: ['a'] }, { eq: 7 }],
    [{ eq: 1 }, { eq: '1' }],
    [{ eq: 1 }, { in: [1, 2] }],
    [{ pattern: 'a/*' }, { pattern: 'a/**' }],
    [{ pattern: 'john/**' }, { eq: 'johnathan/x' }],
    [{ suffix: '.acme.example' }, { suffix: '.example' }],
    [{ suffix: '.example' }, { eq: '.EXAMPLE' }],
    [{ subset: [1] }, { subset: [1, 2] }],
    [{ subset: [1] }, { eq: 1 }],
    [{ size: 3 }, { size: 4 }],
    [{ cidr: '10.1.0.0/16' }, { cidr: '10.0.0.0/8' }],
    [{ cidr: '10.0.0.0/9' }, { cidr: '10.0.0.0/8' }],
    [{ cidr: '10.0.0.0/8' }, { cidr: '11.0.0.0/16' }],
    [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }],
    [{ cidr: '::/0' }, { cidr: '10.0.0.0/8' }],
    [{ host: ['a.example'] }, { host: ['a.example', 'b.example'] }],
    [{ host: ['a.example'] }, { suffix: 'a.example' }],
    [{ all: [{ suffix: 'a' }, { size: 3 }] }, { suffix: 'a' }],
    [{ size: 3 }, { suffix: 'a' }],
  ])('%j does not contain %j', (outer, inner) => {
    expect(containsPredicate(outer, inner)).toBe(false);
  });

  test('proves what is narrower by one of the rules', () => {
    const pairs = predicates.chain((outer) => fc.tuple(fc.constant(outer), narrowerPredicate(outer)));
    fc.assert(
      fc.property(pairs, ([outer, inner]) => containsPredicate(outer, inner)),
      { numRuns: 1000 },
    );
  });

  const kinds = Object.values(predicatesByName);
  const samePairs = fc.oneof(...kinds.map((kind) => fc.tuple(kind, kind)));
  const derived = predicates.chain((outer) => fc.tuple(fc.constant(outer), narrowerPredicate(outer)));
  const pairs = fc.oneof(samePairs, derived, fc.tuple(predicates, predicates));

  test('implies that whatever the inner admits, the outer admits', () => {
    fc.assert(
      fc.property(pairs, ([outer, inner]) => {
        const escapes = probes(outer, inner).filter(
          (value) => admitsValue(inner, value) && !admitsValue(outer, value),
        );
        expect(containsPredicate(outer, inner) ? escapes : []).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  // The law above says nothing where nothing is contained, or where everything is.
  test('finds enough of both answers among the pairs that the law is tested with', () => {
    const answers = fc.sample(pairs, { numRuns: 1000, seed: 1 }).map(([a, b]) => containsPredicate(a, b));
    const contained = answers.filter(Boolean).length;
    expect(contained).toBeGreaterThan(300);
    expect(contained).toBeLessThan(900);
  });

  test('is transitive', () => {
    const triples = predicates
      .chain((a) => fc.tuple(fc.constant(a), narrowerPredicate(a)))
      .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), narrowerPredicate(b)));
    fc.assert(
      fc.property(triples, ([a, , c]) => containsPredicate(a, c)),
      { numRuns: 1000 },
    );
  });
});
