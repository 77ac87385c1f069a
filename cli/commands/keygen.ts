import { rmSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { exportKey, MacKey, SigningKey } from '../../src/index.ts';
import { encryptKey } from '../encrypted-key.ts';
import { withExamples } from '../examples.ts';
import { usage } from '../exit.ts';
import { createFile } from '../io.ts';
import { type PassphraseFlags, passphraseOption } from '../keys.ts';
import { print, printJson, showKeyId } from '../output.ts';
import { readNewPassphrase } from '../passphrase.ts';

interface Flags extends PassphraseFlags {
  readonly suite: 'ed25519' | 'hmac';
  readonly out: string;
  readonly public?: string;
  readonly encrypt?: true;
  readonly json?: true;
}

/** `writ keygen`: makes a key and puts it into a file that only its owner can read. */
export function addKeygen(program: Command): void {
  const command = program
    .command('keygen')
    .description('make a key for a human, an agent or a service')
    .addOption(
      new Option('--suite <suite>', 'ed25519 across domains; hmac where verifiers may share a secret')
        .choices(['ed25519', 'hmac'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'a new file for the secret key, mode 0600')
    .option('--public <file>', 'a new file for the public part, to be handed out (ed25519)')
    .option('--encrypt', 'encrypt the key with a passphrase, as PKCS#8 in PEM')
    .addOption(passphraseOption())
    .action((flags: Flags) => {
      const key = flags.suite === 'hmac' ? MacKey.generate() : SigningKey.generate();
      if (flags.public !== undefined && key instanceof MacKey) {
        throw usage('an HMAC secret has no public part', 'leave --public out');
      }
      if (flags.encrypt && key instanceof MacKey) {
        throw usage('an HMAC secret is kept as a JWK and not encrypted', 'leave --encrypt out');
      }
      if (flags.passphraseFile !== undefined && !flags.encrypt) {
        throw usage('--passphrase-file needs --encrypt', 'without it, the key would not be encrypted');
      }
      const content =
        flags.encrypt && key instanceof SigningKey
          ? encryptKey(key, readNewPassphrase(flags.out, flags.passphraseFile))
          : exportKey(key, 'jwk');
      // The public file first: where either is there already, no secret is left without its other half.
      if (flags.public !== undefined && key instanceof SigningKey) {
        createFile(flags.public, exportKey(key.publicKey, 'jwk'), 0o644);
      }
      try {
        createFile(flags.out, content, 0o600);
      } catch (error) {
        if (flags.public !== undefined) rmSync(flags.public);
        throw error;
      }
      const result = { suite: flags.suite, kid: showKeyId(key), file: flags.out, public: flags.public };
      if (flags.json) printJson(result);
      else print(result.kid);
    });
  withExamples(command, ['writ keygen --suite ed25519 --out cfo.jwk --public cfo.pub.jwk']);
}
