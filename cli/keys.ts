import { Option } from 'commander';
import { importKey, type Key, KeyError, MacKey, PublicKey, SigningKey } from '../src/index.ts';
import { decryptKey, isEncrypted } from './encrypted-key.ts';
import { CliError, exits, toFailure } from './exit.ts';
import { readInput } from './io.ts';
import { readPassphrase } from './passphrase.ts';

const NO_PUBLIC = 'only Ed25519 has one: writ keygen --suite ed25519 makes such a key';
const PRIVATE = 'give the file that writ keygen --out made; a token of suite hmac takes no key';

/** The flag of every command that reads or writes a private key. */
export interface PassphraseFlags {
  readonly passphraseFile?: string;
}

/** The option that says where the passphrase is, where there is no terminal to ask at. */
export function passphraseOption(): Option {
  return new Option(
    '--passphrase-file <file>',
    'the passphrase of the key, instead of asking at the terminal',
  );
}

/**
 * A key of any kind from a file of any format; where that is encrypted, its passphrase is asked for.
 *
 * @throws CliError exit code 3, with the code of what is wrong with the key
 */
export function readKey(path: string, { passphraseFile }: PassphraseFlags = {}): Key {
  const content = readInput(path);
  const text = content.toString('latin1');
  const [, kind] = /^(writ_|~)/.exec(text) ?? [];
  if (kind !== undefined) {
    const what = kind === '~' ? 'this is evidence, such as a status' : 'this is a token';
    throw new CliError(exits.file, `${path}: ${what}, and no key`, PRIVATE);
  }
  const key = isEncrypted(text) ? decryptKey(text, readPassphrase(path, passphraseFile), path) : content;
  try {
    return importKey(key);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    // A command may read several key files.
    const { message, hint } = toFailure(error);
    throw new CliError(exits.file, `${path}: ${message}`, hint, error.code);
  }
}

/** The public part of a key file. @throws CliError exit code 3 for an HMAC secret, which has none */
export function readPublicKey(path: string, flags?: PassphraseFlags): PublicKey {
  return publicPart(readKey(path, flags), path);
}

/** The public part of a key. @throws CliError exit code 3 for an HMAC secret, which has none */
export function publicPart(key: Key, path: string): PublicKey {
  if (key instanceof MacKey)
    throw new CliError(exits.file, `${path}: an HMAC secret has no public part`, NO_PUBLIC);
  return key instanceof SigningKey ? key.publicKey : key;
}

/** A signing key from a file. @throws CliError exit code 3 for any other key */
export function readSigningKey(path: string, flags?: PassphraseFlags): SigningKey {
  const key = readKey(path, flags);
  if (key instanceof SigningKey) return key;
  const what = key instanceof PublicKey ? 'this is a public key' : 'this is an HMAC secret';
  throw new CliError(exits.file, `${path}: ${what}, and an Ed25519 private key is needed`, PRIVATE);
}
