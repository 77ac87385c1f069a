import { importKey, type Key, MacKey, PublicKey, SigningKey } from '../src/index.ts';
import { CliError, exits } from './exit.ts';
import { readInput } from './io.ts';

/** A key of any kind from a file of any format. @throws KeyError, CliError exit code 3 */
export function readKey(path: string): Key {
  return importKey(readInput(path));
}

/** The public part of a key file. @throws CliError exit code 3 for an HMAC secret, which has none */
export function readPublicKey(path: string): PublicKey {
  const key = readKey(path);
  if (key instanceof MacKey) throw new CliError(exits.file, `${path}: an HMAC secret has no public part`);
  return key instanceof SigningKey ? key.publicKey : key;
}

/** A signing key from a file. @throws CliError exit code 3 for any other key */
export function readSigningKey(path: string): SigningKey {
  const key = readKey(path);
  if (key instanceof SigningKey) return key;
  const what = key instanceof PublicKey ? 'this is a public key' : 'this is an HMAC secret';
  throw new CliError(exits.file, `${path}: ${what}, and an Ed25519 private key is needed`);
}
