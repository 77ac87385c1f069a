import { spawnSync } from 'node:child_process';
import { type Key, MacKey, type Signer, SigningKey } from '../src/index.ts';
import { CliError, exits, usage } from './exit.ts';
import { type PassphraseFlags, readKey } from './keys.ts';

/** The flags that say who signs. */
export interface SignerFlags extends PassphraseFlags {
  readonly key?: string;
  readonly signer?: string;
}

/** The flag that stands beside `--key` in every command that signs. */
export const signerFlag: readonly [flags: string, description: string] = [
  '--signer <command>',
  'a shell command that signs standard input, in place of a private key; --key is then the public one',
];

/**
 * Who signs: what `read` makes of the file in `--key`, or the command of `--signer` for the public key in it.
 *
 * @throws CliError exit code 2 where the file holds no public key, and 3 where the command fails
 */
export function readSigner<K extends Key>(
  flags: SignerFlags & { readonly key: string },
  read: (path: string, flags: PassphraseFlags) => K,
): K | Signer;
export function readSigner<K extends Key>(
  flags: SignerFlags,
  read: (path: string, flags: PassphraseFlags) => K,
): K | Signer | undefined;
export function readSigner<K extends Key>(
  flags: SignerFlags,
  read: (path: string, flags: PassphraseFlags) => K,
): K | Signer | undefined {
  const { key, signer } = flags;
  if (signer === undefined) return key === undefined ? undefined : read(key, flags);
  if (key === undefined) {
    throw usage('--signer needs --key', 'name the file of the public key that the command signs for');
  }
  const publicKey = readKey(key, flags);
  if (publicKey instanceof SigningKey) {
    throw usage(
      `${key}: a private key, where --signer needs the public one`,
      'leave --signer out, or write the public key with writ public',
    );
  }
  if (publicKey instanceof MacKey) {
    throw usage(`${key}: an HMAC secret, and --signer signs with Ed25519`, 'leave --signer out');
  }
  return { publicKey, sign: async (bytes) => runSigner(signer, bytes) };
}

// What the command wrote is nobody's to print: minting verifies it, and says only how long it was.
function runSigner(command: string, bytes: Uint8Array): Uint8Array {
  const { status, signal, error, stdout } = spawnSync('sh', ['-c', command], {
    input: bytes,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (status === 0) return stdout;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const killed = code === 'ENOBUFS' ? 'wrote far more than a signature' : `was ended by ${signal ?? code}`;
  const end = status === null ? killed : `ended with exit code ${status}`;
  throw new CliError(exits.file, `the command of --signer ${end}`, 'its standard error may say why');
}
