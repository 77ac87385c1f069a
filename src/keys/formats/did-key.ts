import { base58 } from '@scure/base';
import { concat, equal } from '../../bytes.ts';
import { KeyError } from '../../errors.ts';
import { importPublicBytes } from '../jwk.ts';
import { PublicKey } from '../public-key.ts';
import { type KeyFormat, refuseAlgorithm, refuseFormat, withoutSecret } from './format.ts';

// `z` says base58btc (multibase); the two bytes are the multicodec ed25519-pub, 0xed, as a varint.
const PREFIX = 'did:key:z';
const ED25519 = Uint8Array.of(0xed, 0x01);

// Base58 takes quadratic time; an Ed25519 key has 48 digits, and this leaves room to name other algorithms.
const MAX_DIGITS = 128;

/** `did:key`, the method of W3C's community group, for public keys; only a final newline may stand beside it. */
export const didKey: KeyFormat = {
  recognises: (text) => text.startsWith('did:key:'),
  read: (text) => {
    const [, digits = ''] = /^did:key:z([1-9A-HJ-NP-Za-km-z]+)(?:\r?\n)?$/.exec(text) ?? [];
    if (digits === '') return refuseFormat('expected did:key:z and base58 digits, and nothing else');
    if (digits.length > MAX_DIGITS) throw new KeyError('key.length');
    const bytes = base58.decode(digits);
    if (!equal(bytes.subarray(0, 2), ED25519)) return refuseAlgorithm();
    return importPublicBytes(bytes.subarray(2));
  },
  write: (key) => {
    const one = withoutSecret(key);
    if (!(one instanceof PublicKey)) return refuseFormat('a did:key holds a public key only');
    return `${PREFIX}${base58.encode(concat(ED25519, one.bytes))}\n`;
  },
};
