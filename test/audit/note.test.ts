import { describe, expect, test } from 'vitest';
import { fromBase64, isKeyName, openNote, signNote, toBase64 } from '../../src/audit/note.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { codeOf } from '../support/code-of.ts';
import { otherKey, recorderKey } from '../support/receipts.ts';

// The published example of golang.org/x/mod/sumdb/note: its keys, its text and the note.
const NAME = 'PeterNeumann';
const VERIFIER = 'ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SIGNER = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

// Behind the byte of the signature type.
const rawKey = (text: string) => Uint8Array.from(Buffer.from(text, 'base64')).subarray(1);
const publicKey = new PublicKey(rawKey(VERIFIER));

describe('the published example', () => {
  test('is opened', () => {
    expect(openNote(NOTE, publicKey)).toBe(TEXT);
  });

  test('is what signing gives', () => {
    expect(signNote(TEXT, NAME, new SigningKey(rawKey(SIGNER)))).toBe(NOTE);
  });
});

describe('openNote', () => {
  const signed = signNote('a\n\nb\n', 'log', recorderKey);
  const other = signNote('a\n\nb\n', 'log', otherKey).split('\n').at(-2);

  test('gives a text with empty lines in it', () => {
    expect(openNote(signed, recorderKey.publicKey)).toBe('a\n\nb\n');
  });

  test('passes over the signatures of others, before and behind', () => {
    const [line] = signed.split('\n').slice(-2);
    const all = `a\n\nb\n\n${other}\n${line}\n${other}\n`;
    expect(openNote(all, recorderKey.publicKey)).toBe('a\n\nb\n');
  });

  test.each([
    ['without a signature', 'a\n\n'],
    ['without a blank line', signed.replaceAll('\n\n', '\n')],
    ['without its last newline', signed.slice(0, -1)],
    ['with another dash', signed.replace('—', '-')],
    ['with a control character', signed.replace('a', '\u0007')],
    ['with a signature that is not base64', signed.replace(/ \S+\n$/, ' a_==\n')],
    ['with something behind the signature', signed.replace(/\n$/, ' x\n')],
    ['with more signatures than anybody makes', signed + `${other}\n`.repeat(100)],
  ])('refuses one %s', (_, note) => {
    expect(codeOf(() => openNote(note, recorderKey.publicKey))).toBe('receipt.shape');
  });

  test('refuses one that another key signed', () => {
    expect(codeOf(() => openNote(signed, otherKey.publicKey))).toBe('receipt.key');
  });

  test('refuses the signature of a name that is put on another', () => {
    expect(codeOf(() => openNote(signed.replace('— log', '— lag'), recorderKey.publicKey))).toBe(
      'receipt.key',
    );
  });

  test('refuses a text that was changed', () => {
    expect(codeOf(() => openNote(signed.replace('b', 'c'), recorderKey.publicKey))).toBe('receipt.signature');
  });
});

test.each([
  ['pay.acme.example/receipts', true],
  ['https://pay.acme.example', true],
  ['', false],
  ['a b', false],
  ['a\u00a0b', false],
  ['a+b', false],
  ['a\nb', false],
])('isKeyName(%j) is %s', (name, holds) => {
  expect(isKeyName(name)).toBe(holds);
});

test.each([0, 1, 2, 3, 32])('base64 of %i bytes comes back', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => 255 - i * 7);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});

test.each(['AA', 'AA=', 'A===', 'AB==', '-_==', 'AA==\n'])('%j is no base64', (text) => {
  expect(fromBase64(text)).toBeUndefined();
});
