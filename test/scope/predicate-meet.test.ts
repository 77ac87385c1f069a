import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitsValue, type Predicate } from '../../src/scope/predicate.ts';
import { containsPredicate } from '../../src/scope/predicate-form.ts';
import { isNever, meetPredicates, NEVER } from '../../src/scope/predicate-meet.ts';
import { narrowerPredicate, predicates, predicatesByName, probes } from '../support/predicates.ts';

const kinds = Object.values(predicatesByName);
const pairs = fc.oneof(
  ...kinds.map((kind) => fc.tuple(kind, kind)),
  fc.tuple(predicates, predicates),
  predicates.chain((outer) => fc.tuple(fc.constant(outer), narrowerPredicate(outer))),
);

describe('meetPredicates', () => {
  test('admits exactly what both admit', () => {
    const law = fc.property(pairs, ([a, b]) => {
      const met = meetPredicates(a, b);
      const wrong = probes(a, b).filter(
        (value) => admitsValue(met, value) !== (admitsValue(a, value) && admitsValue(b, value)),
      );
      expect(wrong).toEqual([]);
    });
    fc.assert(law, { numRuns: 5000 });
  });

  test('is contained in both', () => {
    const law = fc.property(pairs, ([a, b]) => {
      const met = meetPredicates(a, b);
      return containsPredicate(a, met) && containsPredicate(b, met);
    });
    fc.assert(law, { numRuns: 3000 });
  });

  test('of a predicate and one that it contains is the narrower', () => {
    // The members of an `all` are shortened too, so only other predicates come back as they are.
    const simple = fc.oneof(...kinds);
    const derived = simple.chain((outer) => fc.tuple(fc.constant(outer), narrowerPredicate(outer)));
    const law = fc.property(derived, ([outer, inner]) => {
      expect('all' in inner ? inner : meetPredicates(outer, inner)).toEqual(inner);
    });
    fc.assert(law, { numRuns: 2000 });
  });

  test.each<[Predicate, Predicate, Predicate]>([
    [{ range: [0, 500] }, { range: [100, null] }, { range: [100, 500] }],
    [{ range: [null, 5] }, { range: [5, null] }, { eq: 5 }],
    [{ range: [null, 4] }, { range: [5, null] }, NEVER],
    [{ eq: 1 }, { eq: 2 }, NEVER],
    [{ eq: 1 }, { range: [0, 5] }, { eq: 1 }],
    [{ in: [1, 2, 3] }, { in: [2, 3, 4] }, { in: [2, 3] }],
    [{ in: [1, 2] }, { notIn: [2] }, { eq: 1 }],
    [{ in: ['a.pdf', 'b'] }, { suffix: '.pdf' }, { eq: 'a.pdf' }],
    [{ notIn: [1] }, { notIn: [2] }, { notIn: [1, 2] }],
    [{ notIn: [1, 'a'] }, { notIn: [2] }, { notIn: [1, 2] }],
    [{ notIn: [1] }, { notIn: ['a'] }, NEVER],
    [{ notIn: [true] }, { notIn: [false] }, NEVER],
    [{ notIn: [1] }, { range: [0, 5] }, { all: [{ notIn: [1] }, { range: [0, 5] }] }],
    [{ notIn: ['a'] }, { range: [0, 5] }, NEVER],
    [{ pattern: 'a/*' }, { pattern: '*/b' }, { pattern: 'a/b' }],
    [{ pattern: 'a/*' }, { pattern: 'b/*' }, NEVER],
    [{ suffix: '.example' }, { suffix: '.acme.example' }, { suffix: '.acme.example' }],
    [{ suffix: 'a' }, { suffix: 'b' }, NEVER],
    [{ subset: [1, 2] }, { subset: [2, 3] }, { subset: [2] }],
    [{ subset: [1] }, { subset: [2] }, { subset: [] }],
    [{ size: 3 }, { size: 5 }, { size: 3 }],
    [{ size: 3 }, { range: [0, 5] }, NEVER],
    [{ size: 3 }, { suffix: 'a' }, { all: [{ size: 3 }, { suffix: 'a' }] }],
    [{ cidr: '10.0.0.0/8' }, { cidr: '10.1.0.0/16' }, { cidr: '10.1.0.0/16' }],
    [{ cidr: '10.0.0.0/9' }, { cidr: '10.128.0.0/9' }, NEVER],
    [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }, NEVER],
    [{ host: ['a.example', 'b.example'] }, { host: ['b.example'] }, { host: ['b.example'] }],
    [{ host: ['a.example'] }, { host: ['b.example'] }, NEVER],
    [{ all: [{ suffix: 'a' }, { size: 3 }] }, { size: 2 }, { all: [{ suffix: 'a' }, { size: 2 }] }],
    [{ all: [{ suffix: 'a' }, { size: 3 }] }, { suffix: 'b' }, NEVER],
    [{ all: [{ notIn: [3] }, { range: [0, 5] }] }, { all: [{ notIn: [4] }, { range: [2, 9] }] }, { all: [{ notIn: [3, 4] }, { range: [2, 5] }] }], // biome-ignore format: a row a line
  ])('%j and %j', (a, b, met) => {
    expect(meetPredicates(a, b)).toEqual(met);
  });

  // The law says nothing where everything meets in nothing, or where nothing is shortened.
  test('meets often enough in something, and often enough in one member', () => {
    const met = fc.sample(pairs, { numRuns: 1000, seed: 1 }).map(([a, b]) => meetPredicates(a, b));
    const some = met.filter((one) => !isNever(one));
    expect(some.length).toBeGreaterThan(250);
    expect(some.filter((one) => !('all' in one)).length).toBeGreaterThan(200);
    expect(met.length - some.length).toBeGreaterThan(200);
  });
});
