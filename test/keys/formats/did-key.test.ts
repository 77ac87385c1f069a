import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { didKey } from '../../../src/keys/formats/did-key.ts';
import { MacKey } from '../../../src/keys/mac-key.ts';
import type { PublicKey } from '../../../src/keys/public-key.ts';
import { SigningKey } from '../../../src/keys/signing-key.ts';
import { codeOf } from '../../support/code-of.ts';
import { beginnings, outcomes } from '../../support/damage.ts';
import { cfo, domain } from '../../support/forge.ts';
import { fromHex } from '../../support/hex.ts';
import { pairs } from '../../support/key-files.ts';
import { nonCanonical, smallOrder } from '../../support/points.ts';

const code = (text: string) => codeOf(() => didKey.read(text));
const did = (digits: string) => `did:key:z${base58.encode(fromHex(digits))}`;
const x = Buffer.from(cfo.publicKey).toString('hex');
const good = did(`ed01${x}`);

describe('the vectors of the did:key method, by their seeds', () => {
  test.each([
    ['00', 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'],
    ['01', 'did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG'],
    ['02', 'did:key:z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf'],
  ])('…%s', (last, text) => {
    const { publicKey } = new SigningKey(fromHex('00'.repeat(31) + last));
    expect(didKey.read(text)).toEqual(publicKey);
    expect(didKey.write(publicKey)).toBe(`${text}\n`);
  });
});

test('the example of the specification is read', () => {
  const key = didKey.read('did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK') as PublicKey;
  expect(key.bytes).toHaveLength(32);
});

test('a public key is read as it was written, for every seed', () => {
  fc.assert(
    fc.property(pairs, ({ publicKey }) => {
      expect(didKey.read(didKey.write(publicKey))).toEqual(publicKey);
    }),
    { numRuns: 25 },
  );
});

test.each([
  ['as it is', good],
  ['with a newline', `${good}\n`],
  ['with CRLF', `${good}\r\n`],
])('a did:key is read %s', (_, text) => {
  expect(code(text)).toBe('accepted');
});

test.each([
  ['no digits', 'did:key:z', 'key.format'],
  ['another multibase', good.replace(':z', ':u'), 'key.format'],
  ['no multibase', good.replace(':z', ':'), 'key.format'],
  ['a digit that is none', good.replace(/.$/, '0'), 'key.format'],
  ['a fragment', `${good}#${good.slice(8)}`, 'key.format'],
  ['a query', `${good}?a=b`, 'key.format'],
  ['a version', good.replace('key:z', 'key:1.1:z'), 'key.format'],
  ['two of them', `${good}\n${good}`, 'key.format'],
  ['white space behind it', `${good} `, 'key.format'],
  ['upper case', good.replace('did', 'DID'), 'key.format'],
  ['the multicodec of X25519', did(`ec01${x}`), 'key.algorithm'],
  ['the multicodec of a private key', did(`8026${x}`), 'key.algorithm'],
  ['the multicodec in one byte', did(`ed${x}`), 'key.algorithm'],
  ['31 bytes', did(`ed01${x.slice(2)}`), 'key.length'],
  ['33 bytes', did(`ed01${x}00`), 'key.length'],
  ['129 digits', `did:key:z${'6'.repeat(129)}`, 'key.length'],
  ['a million digits', `did:key:z${'6'.repeat(1_000_000)}`, 'key.length'],
])('%s is refused', (_, text, expected) => {
  expect(code(text)).toBe(expected);
});

test('one that is cut short anywhere is refused', () => {
  expect(outcomes(beginnings(good), code)).toEqual(['key.algorithm', 'key.format']);
});

test.each([...smallOrder, ...nonCanonical])('a key that is %s is refused', (_, encoding) => {
  expect(code(did(`ed01${encoding}`))).toBe('key.weak');
});

test.each([
  ['a private key', new SigningKey(cfo.seed)],
  ['an HMAC secret', new MacKey(domain.secret, domain.kid)],
])('%s is not written', (_, key) => {
  expect(codeOf(() => didKey.write(key))).toBe('key.format');
});
