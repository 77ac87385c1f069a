import { base64 } from '@scure/base';
import { concat, equal, fromUtf8, utf8 } from '../../bytes.ts';
import { KeyError } from '../../errors.ts';
import { importPair, importPublicBytes } from '../jwk.ts';
import { PublicKey } from '../public-key.ts';
import type { SigningKey } from '../signing-key.ts';
import { decodeBase64, readArmour, writeArmour } from './armour.ts';
import { type KeyFormat, refuseAlgorithm, refuseFormat, withoutSecret } from './format.ts';
import { type SshReader, sshReader, sshString } from './ssh-wire.ts';

const ED25519 = 'ssh-ed25519';
const LABEL = 'OPENSSH PRIVATE KEY';
const WIDTH = 70;
const MAGIC = utf8('openssh-key-v1\0');
// What is not encrypted is padded to a multiple of this nevertheless.
const BLOCK = 8;
const PADDING = Uint8Array.of(1, 2, 3, 4, 5, 6, 7);

/** OpenSSH: one line of a public key (RFC 4253 §6.6, RFC 8709), or an unencrypted private key (PROTOCOL.key). */
export const openssh: KeyFormat = {
  recognises: (text) => text.startsWith('ssh-') || text.startsWith(`-----BEGIN ${LABEL}-----`),
  read: (text) => (text.startsWith('ssh-') ? readLine(text) : readPrivate(readArmour(text, WIDTH).bytes)),
  write: (key) => {
    const one = withoutSecret(key);
    if (one instanceof PublicKey) return `${ED25519} ${base64.encode(publicBlob(one))}\n`;
    return writeArmour(LABEL, writePrivate(one), WIDTH);
  },
};

function readLine(text: string): PublicKey {
  const [, type, digits = ''] = /^(ssh-\S+) ([A-Za-z0-9+/=]+)(?: [^\r\n]*)?(?:\r?\n)?$/.exec(text) ?? [];
  if (type === undefined) return refuseFormat('expected one line of type, base64 and comment');
  if (type !== ED25519) return refuseAlgorithm();
  return readPublicBlob(decodeBase64(digits));
}

function readPublicBlob(blob: Uint8Array): PublicKey {
  const reader = sshReader(blob);
  expectType(reader);
  const key = reader.string();
  return reader.rest().length === 0 ? importPublicBytes(key) : malformed();
}

function publicBlob(key: PublicKey): Uint8Array {
  return concat(sshString(utf8(ED25519)), sshString(key.bytes));
}

function readPrivate(bytes: Uint8Array): SigningKey {
  const file = sshReader(bytes);
  if (!equal(file.take(MAGIC.length), MAGIC)) return malformed();
  const [cipher, kdf, options] = [file.string(), file.string(), file.string()];
  if (fromUtf8(cipher) !== 'none') {
    return refuseFormat('it is encrypted; `ssh-keygen -p` with an empty new passphrase decrypts a copy');
  }
  if (fromUtf8(kdf) !== 'none' || options.length > 0 || file.uint32() !== 1) return malformed();
  const publicKey = readPublicBlob(file.string());
  const inner = file.string();
  return file.rest().length === 0 ? readPair(inner, publicKey) : malformed();
}

function readPair(bytes: Uint8Array, publicKey: PublicKey): SigningKey {
  const reader = sshReader(bytes);
  const [check, again] = [reader.uint32(), reader.uint32()];
  if (check !== again) return malformed();
  expectType(reader);
  const [x, pair] = [reader.string(), reader.string()];
  reader.string(); // the comment
  const padding = reader.rest();
  if (!equal(padding, PADDING.subarray(0, padding.length)) || bytes.length % BLOCK > 0) return malformed();
  if (pair.length !== 64) throw new KeyError('key.length');
  // The public key stands here four times over, and all must agree.
  if (!equal(x, publicKey.bytes) || !equal(x, pair.subarray(32))) throw new KeyError('key.mismatch');
  return importPair(pair.subarray(0, 32), publicKey);
}

function expectType(reader: SshReader): void {
  if (fromUtf8(reader.string()) !== ED25519) refuseAlgorithm();
}

function malformed(): never {
  return refuseFormat('it is not an OpenSSH key');
}

function writePrivate(key: SigningKey): Uint8Array {
  const { publicKey, seed } = key;
  const none = sshString(utf8('none'));
  // Two equal numbers show a reader that it has decrypted well, and nothing is encrypted here.
  const checks = new Uint8Array(8);
  const pair = sshString(concat(seed.expose(), publicKey.bytes));
  const inner = concat(checks, publicBlob(publicKey), pair, sshString(new Uint8Array()));
  const padding = PADDING.subarray(0, -inner.length & (BLOCK - 1));
  const head = concat(MAGIC, none, none, sshString(new Uint8Array()), Uint8Array.of(0, 0, 0, 1));
  return concat(head, sshString(publicBlob(publicKey)), sshString(concat(inner, padding)));
}
