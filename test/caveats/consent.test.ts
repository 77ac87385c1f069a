import { describe, expect, test } from 'vitest';
import { consentForm } from '../../src/caveats/consent.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { codeOf } from '../support/code-of.ts';
import { cfo, type Item } from '../support/forge.ts';
import { check, keys, parseCode, roundTrip } from '../support/wire.ts';

describe('on the wire', () => {
  test('a key comes back as it was', () => {
    expect(roundTrip('consent', keys.cfo)).toEqual(keys.cfo);
  });

  test('a key of an algorithm to come is read', () => {
    expect(parseCode('consent', [-48, new Uint8Array(9)])).toBe('accepted');
  });

  test.each<[string, Item]>([
    ['a text', cfo.jwk.x],
    ['true', true],
    ['31 bytes', cfo.publicKey.slice(1)],
    ['a list of a key', [cfo.publicKey]],
    ['two keys', [cfo.publicKey, cfo.publicKey]],
  ])('%s is refused', (_, item) => {
    expect(parseCode('consent', item)).toBe('claim.value');
  });

  test('the default algorithm spelt out is degenerate', () => {
    expect(parseCode('consent', [-19, cfo.publicKey])).toBe('claim.degenerate');
  });

  test('a weak key is not written', () => {
    expect(codeOf(() => consentForm.encode(new PublicKey(new Uint8Array(32))))).toBe('key.weak');
  });
});

test('without a proof a consent denies, and needs one by its key', () => {
  expect(check('consent', keys.cfo)).toEqual([
    { code: 'consent.proof', expected: 'proof', actual: null, need: { kind: 'consent', key: keys.cfo } },
  ]);
});

test('in words', () => {
  expect(consentForm.describe(keys.cfo)).toEqual([`only with the grantor's own consent by key ${cfo.jwk.x}`]);
});

test.each([
  ['the same key', keys.cfo, true],
  ['another key', keys.research, false],
])('is contained, and met, in %s: %s', (_, other, expected) => {
  expect(consentForm.contains(keys.cfo, other)).toBe(expected);
  expect(consentForm.meet(keys.cfo, other)).toBe(expected ? keys.cfo : undefined);
});
