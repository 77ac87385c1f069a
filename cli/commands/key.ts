import { type Command, Option } from 'commander';
import { exportKey, type Key, type KeyFormatName, MacKey, PublicKey, SigningKey } from '../../src/index.ts';
import { printable } from '../../src/printable.ts';
import { encryptKey } from '../encrypted-key.ts';
import { withExamples } from '../examples.ts';
import { usage } from '../exit.ts';
import { createFile } from '../io.ts';
import { type PassphraseFlags, passphraseOption, publicPart, readKey } from '../keys.ts';
import { type CommonFlags, note, printJson, showKeyId } from '../output.ts';
import { readNewPassphrase } from '../passphrase.ts';

interface Flags extends CommonFlags, PassphraseFlags {
  readonly to: KeyFormatName;
  readonly publicOnly?: true;
  readonly out?: string;
  readonly encrypt?: true;
}

/** `writ key`: key files of other tools. */
export function addKey(program: Command): void {
  const command = program
    .command('key')
    .description('read and write the key files of other tools')
    .command('convert')
    .argument('<keyfile>', 'a key file of any format, or - for standard input')
    .description('write a key in another format')
    .addOption(
      new Option('--to <format>', 'the format to write')
        .choices(['jwk', 'pem', 'did', 'cose', 'openssh'] satisfies KeyFormatName[])
        .makeOptionMandatory(),
    )
    .option('--public-only', 'the public part only')
    .option('--out <file>', 'a new file for the key; a private key is written nowhere else')
    .option('--encrypt', 'encrypt the private key with a passphrase; with --to pem')
    .addOption(passphraseOption())
    .action(convert);
  withExamples(command, [
    'writ key convert cfo.jwk --to pem --encrypt --out cfo.pem',
    'writ key convert ~/.ssh/id_ed25519.pub --to did',
  ]);
}

function convert(path: string, flags: Flags): void {
  const { to, out, json, encrypt = false } = flags;
  if (encrypt && (to !== 'pem' || flags.publicOnly)) {
    throw usage('only a private key in PEM is encrypted', 'use --to pem, without --public-only');
  }
  const whole = readKey(path, flags);
  const key = flags.publicOnly ? publicPart(whole, path) : whole;
  const secret = !(key instanceof PublicKey);
  if (to === 'did' && secret) {
    throw usage('a did:key holds a public key only', 'add --public-only for the public part');
  }
  if (secret && out === undefined) {
    throw usage('a private key is written into a file only', 'name one with --out, or add --public-only');
  }
  const content = encrypt ? encrypted(key, out as string, flags) : exportKey(key, to);
  const result = { format: to, kid: showKeyId(key), private: secret, encrypted: encrypt };
  if (out !== undefined) {
    createFile(out, content, secret ? 0o600 : 0o644);
    if (json) printJson({ ...result, file: out });
    else note(`writ: wrote ${printable(out)}${secret ? `, ${encrypt ? '' : 'not '}encrypted` : ''}`);
  } else if (json) {
    printJson({ ...result, key: content });
  } else if (typeof content !== 'string' && process.stdout.isTTY) {
    throw usage('a COSE_Key is binary', 'name a file with --out, or use --json');
  } else {
    process.stdout.write(content);
  }
}

function encrypted(key: Key, out: string, { passphraseFile }: Flags): string {
  if (key instanceof SigningKey) return encryptKey(key, readNewPassphrase(out, passphraseFile));
  throw usage(
    `${key instanceof MacKey ? 'an HMAC secret' : 'a public key'} is not encrypted`,
    'leave --encrypt out',
  );
}
