import { expect, test } from 'vitest';
import { openCheckpoint, signCheckpoint } from '../../src/audit/checkpoint.ts';
import { signNote } from '../../src/audit/note.ts';
import { codeOf } from '../support/code-of.ts';
import { sha256 } from '../support/forge.ts';
import { otherKey, recorderKey } from '../support/receipts.ts';

const HASH = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
const ORIGIN = 'example.com/behind-the-sofa';
const sign = (text: string) => signNote(text, ORIGIN, recorderKey);

test('signCheckpoint writes the text of the published example', () => {
  const id = Uint8Array.from(Buffer.from(HASH, 'base64'));
  const note = signCheckpoint({ size: 20_852_163, id }, ORIGIN, recorderKey);
  expect(note.split('\n\n')[0]).toBe(`${ORIGIN}\n20852163\n${HASH}`);
});

test('openCheckpoint gives what was signed', () => {
  const head = { size: 3, id: sha256('head') };
  const note = signCheckpoint(head, 'pay', recorderKey);
  expect(openCheckpoint(note, recorderKey.publicKey)).toEqual({ ...head, origin: 'pay' });
});

test('openCheckpoint passes over extensions', () => {
  const note = sign(`${ORIGIN}\n3\n${HASH}\nmore\n`);
  expect(openCheckpoint(note, recorderKey.publicKey).size).toBe(3);
});

test.each([
  ['no origin', `\n3\n${HASH}\n`],
  ['no hash', `${ORIGIN}\n3\n`],
  ['a hash of 31 bytes', `${ORIGIN}\n3\n${HASH.slice(0, 40)}AA==\n`],
  ['a size of 0', `${ORIGIN}\n0\n${HASH}\n`],
  ['a leading zero', `${ORIGIN}\n03\n${HASH}\n`],
  ['a size that is no number', `${ORIGIN}\n-3\n${HASH}\n`],
  ['a size above 2^53', `${ORIGIN}\n9007199254740993\n${HASH}\n`],
  ['an empty extension', `${ORIGIN}\n3\n${HASH}\n\nmore\n`],
])('openCheckpoint refuses %s', (_, text) => {
  expect(codeOf(() => openCheckpoint(sign(text), recorderKey.publicKey))).toBe('receipt.shape');
});

test('openCheckpoint refuses that of another key', () => {
  const note = signCheckpoint({ size: 3, id: sha256('head') }, 'pay', otherKey);
  expect(codeOf(() => openCheckpoint(note, recorderKey.publicKey))).toBe('receipt.key');
});
