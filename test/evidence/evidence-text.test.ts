import { describe, expect, test } from 'vitest';
import { decodeEvidence, formatEvidence } from '../../src/evidence/evidence-text.ts';
import { codeOf } from '../support/code-of.ts';
import { evidenceOf, keeper, statusPayload, statusText } from '../support/evidence.ts';
import { base64url, NOW } from '../support/forge.ts';

const one = statusText(keeper, NOW);
const two = statusText(keeper, NOW + 1);
const issuedIn = (text: string) =>
  decodeEvidence(text).map(({ claims }) => ('issued' in claims ? claims.issued : undefined));

describe('evidence as text', () => {
  test.each<[string, string, number[]]>([
    ['alone', one, [NOW]],
    ['with the line break of a file', `${one}\n`, [NOW]],
    ['several, one behind the other', one + two, [NOW, NOW + 1]],
    ['several, of a line each', `${one}\n${two}\n`, [NOW, NOW + 1]],
    ['several, of a file of Windows', `${one}\r\n${two}\r\n`, [NOW, NOW + 1]],
  ])('is read %s', (_, text, issued) => {
    expect(issuedIn(text)).toEqual(issued);
  });

  test('is what it is written as', () => {
    const bytes = evidenceOf('status', keeper, statusPayload(NOW));
    expect(formatEvidence(bytes)).toBe(`~${base64url(bytes)}`);
  });

  test('may be larger than what rides on a token', () => {
    const entry = [1, Array.from({ length: 1000 }, (_, i) => [Uint8Array.from([...Buffer.alloc(30), i >> 8, i & 255]), 9])];
    const text = statusText(keeper, NOW, entry);
    expect(text.length).toBeGreaterThan(16_384 * 2);
    expect(issuedIn(text)).toEqual([NOW]);
  }); // biome-ignore format: short

  test.each<[string, string, string]>([
    ['is empty', '', 'text.prefix'],
    ['has no tilde', one.slice(1), 'text.prefix'],
    ['stands behind a token', `writ_gA${one}`, 'text.prefix'],
    ['has an empty piece', `${one}~`, 'cbor.truncated'],
    ['is no base64url', '~a+b=', 'text.base64'],
    ['has a space in it', `${one} ${two}`, 'text.base64'],
    ['has a bit too many', '~gB', 'text.base64'],
    ['is of no evidence', '~gA', 'evidence.shape'],
  ])('is refused where it %s', (_, text, code) => {
    expect(codeOf(() => decodeEvidence(text))).toBe(code);
  });

  test('is refused above 64 MiB', () => {
    const size = Math.ceil((67_108_864 * 4) / 3) + 1;
    expect(codeOf(() => decodeEvidence('~'.padEnd(size, 'A')))).toBe('limit.size');
  });

  test('names the piece that it refuses', () => {
    expect(() => decodeEvidence(`${one}~gA`)).toThrow('evidence 1');
  });
});
