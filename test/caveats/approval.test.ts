import { describe, expect, test } from 'vitest';
import { type Approval, approvalForm } from '../../src/caveats/approval.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { exceeds } from '../../src/token/narrower.ts';
import { codeOf } from '../support/code-of.ts';
import { cfo, type Item, lookup, research } from '../support/forge.ts';
import { check, checkCodes, keys, parseCode, roundTrip } from '../support/wire.ts';

const sorted = [cfo.publicKey, research.publicKey].sort(Buffer.compare);
const [first, second] = sorted as [Uint8Array, Uint8Array];
const one: Approval = { unless: [], keys: [keys.cfo], need: 1, within: 600 };
const small = { actions: ['read'], resources: ['reports/**'], args: undefined };

describe('on the wire', () => {
  test('an entry comes back as it was', () => {
    const entry = { ...one, unless: [small], keys: sorted.map((key) => new PublicKey(key)), need: 2 };
    expect(roundTrip('approval', [entry])).toEqual([entry]);
  });

  test('entries, permissions and keys come back in the order of the wire, without repetition', () => {
    const pay = { ...small, actions: ['pay'] };
    const entry = {
      ...one,
      unless: [small, pay, pay],
      keys: [second, first, first].map((key) => new PublicKey(key)),
    };
    expect(roundTrip('approval', [entry, one, one])).toEqual([
      one,
      { ...entry, unless: [pay, small], keys: [first, second].map((key) => new PublicKey(key)) },
    ]);
  });

  test.each<[string, Item]>([
    ['no entries', []],
    ['an entry alone', [[], [first], 1, 600]],
    ['three elements', [[[], [first], 1]]],
    ['five elements', [[[], [first], 1, 600, 1]]],
    ['"unless" that is no list', [[false, [first], 1, 600]]],
    ['a permission that is none', [[[[['read']]], [first], 1, 600]]],
    ['no keys', [[[], [], 1, 600]]],
    ['a key alone', [[[], first, 1, 600]]],
    ['a key of 31 bytes', [[[], [first.slice(1)], 1, 600]]],
    ['"need" below zero', [[[], [first], -1, 600]]],
    ['"need" that is true', [[[], [first], true, 600]]],
    ['an age as text', [[[], [first], 1, '600']]],
  ])('%s is refused', (_, item) => {
    expect(parseCode('approval', item)).toBe('claim.value');
  });

  const read = [['read'], ['a']];
  const pay = [['pay'], ['a']];
  test.each<[string, Item]>([
    ['entries, unsorted', [[[], [first], 1, 600], [[], [first], 1, 500]]], // biome-ignore format: pairs read as pairs
    ['entries, repeated', [[[], [first], 1, 600], [[], [first], 1, 600]]], // biome-ignore format: pairs read as pairs
    ['permissions, unsorted', [[[read, pay], [first], 1, 600]]],
    ['keys, unsorted', [[[], [second, first], 1, 600]]],
    ['keys, repeated', [[[], [first, first], 1, 600]]],
  ])('%s are no set', (_, item) => {
    expect(parseCode('approval', item)).toBe('claim.set');
  });

  test.each<[string, Item]>([
    ['the need of nobody', [[[], [first], 0, 600]]],
    ['the need of more than there are', [[[], [first, second], 3, 600]]],
    ['any arguments spelt out', [[[[['read'], ['a'], new Map([['*', true]])]], [first], 1, 600]]],
    ['the default algorithm spelt out', [[[], [[-19, first]], 1, 600]]],
  ])('%s is degenerate', (_, item) => {
    expect(parseCode('approval', item)).toBe('claim.degenerate');
  });

  test('a weak key is not written', () => {
    const weak = new PublicKey(new Uint8Array(32));
    expect(codeOf(() => approvalForm.encode([{ ...one, keys: [weak] }]))).toBe('key.weak');
  });
});

describe('without an approval', () => {
  test('an entry denies, and needs so many of its keys', () => {
    const entry = { ...one, keys: [keys.cfo, keys.research], need: 2 };
    expect(check('approval', [entry])).toEqual([
      {
        code: 'approval.required',
        expected: 2,
        actual: 0,
        need: { kind: 'approval', keys: entry.keys, need: 2, within: 600 },
      },
    ]);
  });

  test.each([
    ['a request that "unless" admits', {}, []],
    ['another action', { action: 'pay' }, ['approval.required']],
    ['another resource', { resource: 'hr/q3.pdf' }, ['approval.required']],
  ])('%s is free or not', (_, facts, codes) => {
    expect(checkCodes('approval', [{ ...one, unless: [small] }], facts)).toEqual(codes);
  });

  test('a request is free only within the arguments that "unless" admits', () => {
    const unless = [{ ...small, args: { amount: { range: [0, 100] as const } } }];
    const codes = [100, 101].map((amount) =>
      checkCodes('approval', [{ ...one, unless }], { args: { amount } }),
    );
    expect(codes).toEqual([[], ['approval.required']]);
  });

  test('each entry is asked for itself', () => {
    const free = { ...one, unless: [small] };
    expect(checkCodes('approval', [free, one, { ...one, within: 60 }])).toEqual([
      'approval.required',
      'approval.required',
    ]);
  });
});

test('in words, a line for each entry', () => {
  const entries: Approval[] = [
    one,
    {
      unless: [small, { actions: ['pay'], resources: ['fees/*'] }],
      keys: [keys.cfo, keys.lookup],
      need: 1,
      within: 60,
    },
  ];
  expect(approvalForm.describe(entries)).toEqual([
    `needs the approval of key ${cfo.jwk.x}, at most 600 s old`,
    `needs 1 of the approvals of key ${cfo.jwk.x}, key ${lookup.jwk.x}, at most 60 s old, except to read on reports/**; pay on fees/*`,
  ]);
});

describe('a hop that asks for', () => {
  const two: Approval = { ...one, keys: [keys.cfo, keys.research], need: 2, unless: [small] };
  const pay = { ...small, actions: ['pay'] };
  test.each<[string, boolean, Approval[], Approval[]]>([
    ['the same', true, [one], [one]],
    ['fresher approvals', true, [one], [{ ...one, within: 599 }]],
    ['staler approvals', false, [one], [{ ...one, within: 601 }]],
    ['fewer approvals', false, [two], [{ ...two, need: 1 }]],
    ['an exception', false, [one], [{ ...one, unless: [small] }]],
    ['no exception', true, [two], [{ ...two, unless: [] }]],
    ['another exception', false, [two], [{ ...two, unless: [pay] }]],
    ['staler approvals of others', true, [one], [{ ...one, keys: [keys.research], within: 999 }]],
    ['staler approvals of the same in another order', false, [two], [{ ...two, keys: [keys.research, keys.cfo], within: 999 }]],
  ])('%s asks for no more: %s', (_, expected, outer, inner) => {
    expect(exceeds(approvalForm, outer, inner, 1)).toBe(!expected);
  }); // biome-ignore format: a row a line
});
