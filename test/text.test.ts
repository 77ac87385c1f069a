import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatText, parseText } from '../src/text.ts';
import { codeOf } from './support/code-of.ts';
import { base64url } from './support/forge.ts';

const zeros = (length: number) => base64url(new Uint8Array(length));

describe('parseText', () => {
  test.each([
    ['a token', 'writ_ggKA', { secret: false, token: [0x82, 2, 0x80], attachments: [] }],
    ['a token with a secret', 'writ_secret_ggKA', { secret: true, token: [0x82, 2, 0x80], attachments: [] }],
    ['a token with evidence', 'writ_gA~AQ~Ag', { secret: false, token: [0x80], attachments: [[1], [2]] }],
    ['a bundle', 'writ_secret_gA~AQ', { secret: true, token: [0x80], attachments: [[1]] }],
    ['no bytes at all', 'writ_', { secret: false, token: [], attachments: [] }],
    ['an empty piece of evidence', 'writ_gA~', { secret: false, token: [0x80], attachments: [[]] }],
    [
      'base64url that looks like a prefix',
      'writ_writ_wrt',
      { secret: false, token: [...Buffer.from('writ_wrt', 'base64url')], attachments: [] },
    ],
  ])('takes %s apart', (_, text, expected) => {
    const { secret, token, attachments } = parseText(text);
    expect({ secret, token: [...token], attachments: attachments.map((part) => [...part]) }).toEqual(
      expected,
    );
  });

  test.each([
    ['the empty text', '', 'text.prefix'],
    ['no prefix', 'ggKA', 'text.prefix'],
    ['half a prefix', 'writ', 'text.prefix'],
    ['a prefix in capitals', 'WRIT_ggKA', 'text.prefix'],
    ['a hyphen in the prefix', 'writ-ggKA', 'text.prefix'],
    ['a space in front', ' writ_ggKA', 'text.prefix'],
    ['a byte order mark in front', '\ufeffwrit_ggKA', 'text.prefix'],
    ['an authentication scheme in front', 'Bearer writ_ggKA', 'text.prefix'],
    ['a fullwidth prefix', '\uff57rit_ggKA', 'text.prefix'],
    ['padding', 'writ_gA==', 'text.base64'],
    ['padding in the middle', 'writ_gA==gA', 'text.base64'],
    ['a plus sign', 'writ_gg+A', 'text.base64'],
    ['a slash', 'writ_gg/A', 'text.base64'],
    ['a space behind', 'writ_ggKA ', 'text.base64'],
    ['a newline behind', 'writ_ggKA\n', 'text.base64'],
    ['a newline in the middle', 'writ_gg\nKA', 'text.base64'],
    ['an exclamation mark', 'writ_ggK!', 'text.base64'],
    ['a letter that is not ASCII', 'writ_ggKé', 'text.base64'],
    ['trailing bits', 'writ_gB', 'text.base64'],
    ['a length of 1 modulo 4', 'writ_ggKAg', 'text.base64'],
    ['bad base64url behind the prefix of secrets', 'writ_secret_gB', 'text.base64'],
    ['bad base64url in evidence', 'writ_gA~AQ~AR', 'text.base64'],
    ['a newline behind evidence', 'writ_gA~AQ\n', 'text.base64'],
    ['another separator', 'writ_gA.AQ', 'text.base64'],
    ['a token of 65537 bytes', `writ_${zeros(65_537)}`, 'limit.size'],
    ['a piece of evidence of 16385 bytes', `writ_gA~${zeros(16_385)}`, 'limit.size'],
    ['17 pieces of evidence', `writ_gA${'~AQ'.repeat(17)}`, 'limit.evidence'],
    ['a great many pieces of evidence', `writ_gA${'~'.repeat(100_000)}`, 'limit.evidence'],
    ['an oversized token that is no base64url', `writ_${'!'.repeat(100_000)}`, 'limit.size'],
  ])('refuses %s', (_, text, code) => {
    expect(codeOf(() => parseText(text))).toBe(code);
  });

  test('takes a token of 65536 bytes', () => {
    expect(parseText(`writ_${zeros(65_536)}`).token.length).toBe(65_536);
  });

  test('takes 16 pieces of evidence of 16384 bytes each', () => {
    const { attachments } = parseText(`writ_gA${`~${zeros(16_384)}`.repeat(16)}`);
    expect(attachments.map(({ length }) => length)).toEqual(Array.from({ length: 16 }, () => 16_384));
  });
});

describe('formatText', () => {
  const bytes = fc.uint8Array({ maxLength: 40 });
  const parts = fc.record({
    secret: fc.boolean(),
    // No token begins with these bytes, whose base64url reads like the prefix of secrets.
    token: bytes.filter((token) => !base64url(token).startsWith('secret_')),
    attachments: fc.array(bytes, { maxLength: 16 }),
  });

  test('is the inverse of parsing', () => {
    fc.assert(
      fc.property(parts, (value) => {
        expect(parseText(formatText(value))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('gives back every text that parses', () => {
    const unit = fc.constantFrom(...'AgQw-_~=+ ');
    fc.assert(
      fc.property(fc.boolean(), fc.string({ unit, maxLength: 8 }), (secret, body) => {
        const text = `${secret ? 'writ_secret_' : 'writ_'}${body}`;
        if (codeOf(() => parseText(text)) === 'accepted') expect(formatText(parseText(text))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});
