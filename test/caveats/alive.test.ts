import { describe, expect, test } from 'vitest';
import { aliveForm } from '../../src/caveats/alive.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import type { Alive } from '../../src/keys/trust.ts';
import { exceeds } from '../../src/token/narrower.ts';
import { codeOf } from '../support/code-of.ts';
import { cfo, type Item, research } from '../support/forge.ts';
import { check, keys, parseCode, roundTrip } from '../support/wire.ts';

const key = cfo.publicKey;

describe('on the wire', () => {
  test.each<[string, Alive]>([
    ['a key and an age', { key: keys.cfo, within: 60 }],
    ['an age of nothing', { key: keys.cfo, within: 0 }],
    ['a subject', { key: keys.cfo, within: 60, subject: 'org:acme#all \u00fc' }],
    ['an empty subject', { key: keys.cfo, within: 60, subject: '' }],
  ])('%s comes back as it was', (_, entry) => {
    expect(roundTrip('alive', [entry])).toEqual([entry]);
  });

  test('entries come back in the order of the wire, without repetition', () => {
    const [long, short] = [{ key: keys.cfo, within: 90, subject: 's' }, { key: keys.cfo, within: 60 }]; // biome-ignore format: one step
    expect(roundTrip('alive', [long, short, long])).toEqual([short, long]);
  });

  test('a key of an algorithm to come is read', () => {
    expect(parseCode('alive', [[[-48, new Uint8Array(9)], 60]])).toBe('accepted');
  });

  test.each<[string, Item]>([
    ['no entries', []],
    ['an entry alone', [key, 60]],
    ['no age', [[key]]],
    ['four elements', [[key, 60, 's', 1]]],
    ['a key of 31 bytes', [[key.slice(1), 60]]],
    ['a key as text', [[cfo.jwk.x, 60]]],
    ['an age below zero', [[key, -1]]],
    ['an age as text', [[key, '60']]],
    ['a subject that is bytes', [[key, 60, key]]],
    ['a subject that is false', [[key, 60, false]]],
  ])('%s is refused', (_, item) => {
    expect(parseCode('alive', item)).toBe('claim.value');
  });

  test.each<[string, Item]>([
    ['unsorted', [[key, 60], [key, 50]]], // biome-ignore format: pairs read as pairs
    ['repeated', [[key, 60], [key, 60]]], // biome-ignore format: pairs read as pairs
  ])('entries that are %s are no set', (_, item) => {
    expect(parseCode('alive', item)).toBe('claim.set');
  });

  test('the default algorithm spelt out is degenerate', () => {
    expect(parseCode('alive', [[[-19, key], 60]])).toBe('claim.degenerate');
  });

  test('a weak key is not written', () => {
    const weak = new PublicKey(new Uint8Array(32));
    expect(codeOf(() => aliveForm.encode([{ key: weak, within: 1 }]))).toBe('key.weak');
  });
});

describe('without a status', () => {
  test('an entry denies, and needs one of its key, age and subject', () => {
    expect(check('alive', [{ key: keys.cfo, within: 60, subject: 'org:acme' }])).toEqual([
      {
        code: 'alive.status',
        expected: 'active',
        actual: null,
        need: { kind: 'status', key: keys.cfo, within: 60, subject: 'org:acme' },
      },
    ]);
  });

  test('an entry without a subject needs that of the mission', () => {
    const [finding] = check('alive', [{ key: keys.cfo, within: 60 }], {}, { subject: 'mailto:a#m' });
    expect(finding?.need).toMatchObject({ subject: 'mailto:a#m' });
  });

  test('each entry denies for itself, in order', () => {
    const findings = check('alive', [
      { key: keys.cfo, within: 60 },
      { key: keys.research, within: 30 },
    ]);
    expect(findings.map(({ need }) => need)).toMatchObject([{ key: keys.cfo }, { key: keys.research }]);
  });
});

describe('a hop that asks for', () => {
  const entry = { key: keys.cfo, within: 60 };
  test.each<[string, boolean, Alive[], Alive[]]>([
    ['the same', true, [entry], [entry]],
    ['a fresher one', true, [entry], [{ ...entry, within: 59 }]],
    ['a staler one', false, [entry], [{ ...entry, within: 61 }]],
    ['one of another key', true, [entry], [{ key: keys.research, within: 999 }]],
    ['one of another subject', true, [entry], [{ ...entry, within: 999, subject: 's' }]],
    [
      'a staler one of the same subject',
      false,
      [{ ...entry, subject: 's' }],
      [{ ...entry, within: 61, subject: 's' }],
    ],
    [
      'a staler one among others',
      false,
      [entry],
      [
        { key: keys.research, within: 1 },
        { ...entry, within: 61 },
      ],
    ],
  ])('%s asks for no more: %s', (_, expected, outer, inner) => {
    expect(exceeds(aliveForm, outer, inner, 1)).toBe(!expected);
  });
});

test('in words, a line for each entry', () => {
  const entries = [
    { key: keys.cfo, within: 60 },
    { key: keys.research, within: 0, subject: 'org:acme' },
  ];
  expect(aliveForm.describe(entries)).toEqual([
    `only while the mission is active, by a status of key ${cfo.jwk.x} at most 60 s old`,
    `only while org:acme is active, by a status of key ${research.jwk.x} at most 0 s old`,
  ]);
});
