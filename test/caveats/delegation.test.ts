import { describe, expect, test } from 'vitest';
import { type Delegation, delegationForm } from '../../src/caveats/delegation.ts';
import type { Delegate } from '../../src/facts.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { exceeds } from '../../src/token/narrower.ts';
import { codeOf } from '../support/code-of.ts';
import { type Item, lookup, research } from '../support/forge.ts';
import { check, checkCodes, keys, parseCode, roundTrip } from '../support/wire.ts';

const hop = (delegate: string, key?: PublicKey): Delegate => ({ delegate, key });
const below = (...names: string[]): { below: Delegate[] } => ({ below: names.map((name) => hop(name)) });

describe('on the wire', () => {
  test.each<[string, Delegation]>([
    ['a depth', { depth: 3 }],
    ['a depth of none, in a hop', { depth: 0 }],
    ['a depth and names', { depth: 1, to: ['agent:acme/*', 'agent:acme/lookup'] }],
    ['a depth and a key', { depth: 1, to: [keys.lookup] }],
    ['a depth, a key and a name', { depth: 2, to: [keys.lookup, 'agent:a'] }],
  ])('%s comes back as it was', (_, value) => {
    expect(roundTrip('delegation', value)).toEqual(value);
  });

  test('parties come back in the order of the wire, without repetition', () => {
    const to = ['mailto:b', 'agent:a', keys.lookup, 'agent:a'];
    expect(roundTrip('delegation', { depth: 1, to }).to).toEqual([keys.lookup, 'agent:a', 'mailto:b']);
  });

  test.each<[string, Item]>([
    ['a depth alone', 3],
    ['an empty list', []],
    ['three elements', [3, ['agent:a'], 1]],
    ['a depth below zero', [-1]],
    ['a depth as text', ['3']],
    ['a depth that is false', [false]],
    ['a name alone', [3, 'agent:a']],
    ['no names', [3, []]],
    ['a name that is no URI', [3, ['lookup']]],
    ['everybody', [3, ['*']]],
    ['a wildcard inside a name', [3, ['agent:acme/l*']]],
    ['a name with a fragment', [3, ['agent:acme#1']]],
    ['a number as party', [3, [7]]],
    ['a key of 31 bytes', [3, [new Uint8Array(31)]]],
  ])('%s is refused', (_, item) => {
    expect(parseCode('delegation', item)).toBe('claim.value');
  });

  test.each<[string, Item]>([
    ['unsorted', [3, ['agent:b', 'agent:a']]],
    ['repeated', [3, ['agent:a', 'agent:a']]],
    ['names before keys', [3, ['agent:a', lookup.publicKey]]],
  ])('parties that are %s are no set', (_, item) => {
    expect(parseCode('delegation', item)).toBe('claim.set');
  });

  test.each<[string, Item]>([
    ['names where no hop may follow', [0, ['agent:a']]],
    ['no names where no hop may follow', [0, []]],
    ['the default algorithm spelt out', [3, [[-19, lookup.publicKey]]]],
  ])('%s is degenerate', (_, item) => {
    expect(parseCode('delegation', item)).toBe('claim.degenerate');
  });

  test('a weak key is not written', () => {
    const weak = new PublicKey(new Uint8Array(32));
    expect(codeOf(() => delegationForm.encode({ depth: 1, to: [weak] }))).toBe('key.weak');
  });
});

describe('the depth', () => {
  test.each<[number, string[], string[]]>([
    [0, [], []],
    [0, ['agent:a'], ['delegation.depth']],
    [1, ['agent:a'], []],
    [1, ['agent:a', 'agent:b'], ['delegation.depth']],
    [3, ['agent:a', 'agent:b', 'agent:c'], []],
  ])('%i with the hops %j', (depth, names, codes) => {
    expect(checkCodes('delegation', { depth }, {}, below(...names))).toEqual(codes);
  });

  test('is counted, and the denial says how many hops there are', () => {
    expect(check('delegation', { depth: 1 }, {}, below('agent:a', 'agent:b', 'agent:c'))).toEqual([
      { code: 'delegation.depth', expected: 1, actual: 3 },
    ]);
  });
});

describe('the names', () => {
  const to = ['agent:acme/*', 'agent:other'];
  test.each<[string, string[], string[]]>([
    ['one of the pattern', ['agent:acme/a'], []],
    ['one of the pattern and the exact one', ['agent:acme/a/b', 'agent:other'], []],
    ['none', [], []],
    ['the pattern without an end', ['agent:acme/'], ['delegation.delegate']],
    ['a longer name', ['agent:acme2/a'], ['delegation.delegate']],
    ['the beginning of the pattern', ['agent:acme'], ['delegation.delegate']],
    ['a longer exact name', ['agent:other/x'], ['delegation.delegate']],
    ['another case', ['agent:Other'], ['delegation.delegate']],
    ['a stranger behind a friend', ['agent:other', 'agent:evil'], ['delegation.delegate']],
    ['a stranger before a friend', ['agent:evil', 'agent:other'], ['delegation.delegate']],
  ])('hold for all hops below: %s', (_, names, codes) => {
    expect(checkCodes('delegation', { depth: 2, to }, {}, below(...names))).toEqual(codes);
  });

  test('deny the first stranger, by name', () => {
    expect(check('delegation', { depth: 3, to }, {}, below('agent:other', 'agent:x', 'agent:y'))).toEqual([
      { code: 'delegation.delegate', expected: to, actual: 'agent:x' },
    ]);
  });

  test('and the depth are told apart, and both told', () => {
    expect(checkCodes('delegation', { depth: 1, to }, {}, below('agent:x', 'agent:y'))).toEqual([
      'delegation.depth',
      'delegation.delegate',
    ]);
  });
});

describe('a key among the names', () => {
  const to = [new PublicKey(lookup.publicKey)];
  test.each<[string, Delegate, string[]]>([
    ['is that of the delegate, under whatever name', hop('agent:x', keys.lookup), []],
    ['is another', hop('agent:x', keys.research), ['delegation.delegate']],
    ['is of another algorithm', hop('agent:x', new PublicKey(lookup.publicKey, -8)), ['delegation.delegate']],
    ['meets a delegate without a key', hop('agent:x'), ['delegation.delegate']],
  ])('%s', (_, delegate, codes) => {
    expect(checkCodes('delegation', { depth: 1, to }, {}, { below: [delegate] })).toEqual(codes);
  });
});

describe('a hop that asks for', () => {
  const some = ['agent:acme/*'];
  test.each<[string, boolean, Delegation, Delegation, number]>([
    ['one less, a hop below', true, { depth: 3 }, { depth: 2 }, 1],
    ['as much, a hop below', false, { depth: 3 }, { depth: 3 }, 1],
    ['two less, two hops below', true, { depth: 3 }, { depth: 1 }, 2],
    ['one less, two hops below', false, { depth: 3 }, { depth: 2 }, 2],
    ['no hop, where one is left', true, { depth: 1 }, { depth: 0 }, 1],
    ['no hop, at the very end', false, { depth: 0 }, { depth: 0 }, 1],
    ['names under anybody', true, { depth: 3 }, { depth: 1, to: some }, 1],
    ['anybody under names', false, { depth: 3, to: some }, { depth: 1 }, 1],
    ['nobody under names', true, { depth: 3, to: some }, { depth: 0 }, 1],
    ['a name under a pattern', true, { depth: 3, to: some }, { depth: 1, to: ['agent:acme/a'] }, 1],
    ['a narrower pattern', true, { depth: 3, to: some }, { depth: 1, to: ['agent:acme/a/*'] }, 1],
    ['a wider pattern', false, { depth: 3, to: some }, { depth: 1, to: ['agent:*'] }, 1],
    ['another name', false, { depth: 3, to: some }, { depth: 1, to: ['agent:acme/a', 'agent:b'] }, 1],
    ['the same key', true, { depth: 3, to: [keys.lookup] }, { depth: 1, to: [keys.lookup] }, 1],
    ['another key', false, { depth: 3, to: [keys.lookup] }, { depth: 1, to: [keys.research] }, 1],
    ['a name under a key', false, { depth: 3, to: [keys.lookup] }, { depth: 1, to: ['agent:a'] }, 1],
    ['a key under a name', false, { depth: 3, to: some }, { depth: 1, to: [keys.lookup] }, 1],
  ])('%s asks for no more: %s', (_, expected, outer, inner, distance) => {
    expect(exceeds(delegationForm, outer, inner, distance)).toBe(!expected);
  });
});

test.each<[Delegation, string]>([
  [{ depth: 0 }, 'may not be delegated further'],
  [{ depth: 1 }, 'may be delegated once'],
  [{ depth: 2 }, 'may be delegated 2 hops deep'],
  [{ depth: 1, to: ['agent:a'] }, 'may be delegated once, only to agent:a'],
  [
    { depth: 3, to: ['agent:a', keys.research] },
    `may be delegated 3 hops deep, only to agent:a, key ${research.jwk.x}`,
  ],
])('%j in words', (value, words) => {
  expect(delegationForm.describe(value)).toEqual([words]);
});

test('a meet of lists grows no longer than the lists', () => {
  const nested = Array.from({ length: 12 }, (_, i) => `x${':'.repeat(i + 1)}*`);
  const lists = Array.from({ length: 8 }, (_, k): Delegation => ({ depth: 9, to: [...nested, `y${k}:*`] }));
  const met = lists.reduce((a, b) => delegationForm.meet(a, b) ?? a);
  expect(met.to).toEqual(['x:*']);
});
