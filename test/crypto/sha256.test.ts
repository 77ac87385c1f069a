import { expect, test } from 'vitest';
import { utf8 } from '../../src/bytes.ts';
import { sha256 } from '../../src/crypto/sha256.ts';
import { hex } from '../support/forge.ts';

// FIPS 180-4 example values.
test.each([
  ['no bytes', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['one block', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'two blocks',
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('the hash of %s', (_, text, expected) => {
  expect(hex(sha256(utf8(text)))).toBe(expected);
});
