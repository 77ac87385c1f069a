import { describe, expect, test } from 'vitest';
import type { Consent } from '../../src/evidence/consent.ts';
import { weighConsent } from '../../src/evidence/weigh-consent.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { boss, consentText, readAll } from '../support/evidence.ts';
import { cfo, forge, NOW, scene } from '../support/forge.ts';

const GRANTOR = 'mailto:cfo@acme.example';
const forged = forge(scene(2));
const key = new PublicKey(cfo.publicKey);
const trustIn = (writ: object, { jwk: { kty, crv, x } } = cfo) =>
  importTrust({ keys: [{ kty, crv, x, writ: { principal: GRANTOR, kind: 'human', ...writ } }] } as never);

function weighed(texts: readonly string[], trust = trustIn({}), asks = key) {
  return weighConsent(asks, readAll(texts.join('')) as Consent[], { grantor: GRANTOR, trust, now: NOW });
}
const codesOf = (...given: Parameters<typeof weighed>) =>
  weighed(...given).wanting.map(({ denial: { code }, need }) => (need ? `${code} +` : code));
const at = (iat: number, by = cfo) => consentText(forged, by, NOW + iat);
const authority = { kind: 'authority', principal: GRANTOR, speaks_for: [GRANTOR] };

describe('a consent', () => {
  test('by the key of the grant is relied on, however old', () => {
    expect(weighed([at(-99_999)])).toEqual({
      wanting: [],
      relied: [{ kind: 'consent', block: 0, key, iat: NOW - 99_999 }],
      said: [],
      alarms: [],
    });
  });

  test.each<[string, string[], string[]]>([
    ['is missing', [], ['consent.proof +']],
    ['is by another', [at(0, boss)], ['consent.proof +']],
    ['is dated 30 seconds ahead', [at(30)], []],
    ['is dated further ahead', [at(31)], ['consent.early +']],
    ['is dated further ahead, beside one that is not', [at(31), at(0)], []],
  ])('that %s', (_, texts, codes) => {
    expect(codesOf(texts)).toEqual(codes);
  });

  test.each<[string, object]>([
    ['of an authority, which could name its own', authority],
    ['of another human', { principal: 'mailto:ceo@acme.example' }],
    ['that is not trusted any more', { until: NOW }],
    ['that is not trusted yet', { from: NOW + 1 }],
  ])('counts for nothing by a key %s', (_, writ) => {
    expect(codesOf([at(0)], trustIn(writ))).toEqual(['consent.key']);
  });

  test.each<[string, object]>([
    ['in its last second', { until: NOW + 1 }],
    ['in its first second', { from: NOW }],
  ])('counts by a key %s', (_, writ) => {
    expect(codesOf([at(0)], trustIn(writ))).toEqual([]);
  });

  test('counts for nothing by a key that is no anchor', () => {
    expect(codesOf([at(0)], trustIn({}, boss))).toEqual(['consent.key']);
  });

  test('counts for nothing by a key of an unknown algorithm', () => {
    expect(codesOf([at(0)], trustIn({}), new PublicKey(cfo.publicKey, -8))).toEqual(['consent.key']);
  });
});
