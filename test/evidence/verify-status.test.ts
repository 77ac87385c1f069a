import { describe, expect, test } from 'vitest';
import { verifyStatus } from '../../src/evidence/verify-status.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { codeOf } from '../support/code-of.ts';
import {
  boss,
  consentText,
  entryOf,
  evidenceOf,
  keeper,
  SUBJECT,
  stateOf,
  statusPayload,
  statusText,
  textOfEvidence,
} from '../support/evidence.ts';
import { forge, NOW, scene } from '../support/forge.ts';

const key = new PublicKey(keeper.publicKey);

describe('a status is verified', () => {
  test('by the key of its issuer, and read', () => {
    const status = verifyStatus(statusText(keeper, NOW, entryOf(2)), key);
    expect([status.claims.issued, stateOf(status, SUBJECT).state]).toEqual([NOW, 'suspended']);
  });

  const proof = new Uint8Array(64);
  test.each<[string, string, string]>([
    ['is by another key', statusText(boss), 'evidence.signature'],
    ['says that it is by the key and is not', textOfEvidence(evidenceOf('status', keeper, statusPayload(), { proof })), 'evidence.signature'],
    ['is signed as something else', textOfEvidence(evidenceOf('status', keeper, statusPayload(), { label: 'consent' })), 'evidence.signature'],
    ['hangs on a link', textOfEvidence(evidenceOf('status', keeper, statusPayload(), { link: keeper.kid })), 'evidence.signature'],
    ['is a consent', consentText(forge(scene(2)), keeper), 'evidence.signature'],
    ['is one of two', statusText(keeper) + statusText(keeper, NOW + 1), 'evidence.signature'],
    ['is no evidence', 'status', 'text.prefix'],
  ])('and refused where it %s', (_, text, code) => {
    expect(codeOf(() => verifyStatus(text, key))).toBe(code);
  }); // biome-ignore format: a row a line

  test('and refused by a key of small order', () => {
    const weak = new PublicKey(Uint8Array.from({ length: 32 }, (_, i) => Number(i === 0)));
    expect(codeOf(() => verifyStatus(statusText(keeper), weak))).toBe('evidence.signature');
  });
});
