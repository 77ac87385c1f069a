import type { Command } from 'commander';
import { exportKey } from '../../src/index.ts';
import { type PassphraseFlags, passphraseOption, readPublicKey } from '../keys.ts';
import { print } from '../output.ts';

/** `writ public`: prints the public part of a key file as a JWK. */
export function addPublic(program: Command): void {
  program
    .command('public')
    .argument('<keyfile>', 'a key file')
    .description('print the public part of a key')
    .addOption(passphraseOption())
    .addHelpText('after', '\nExample:\n  writ public agent.jwk > agent.pub.jwk')
    .action((file: string, flags: PassphraseFlags) => {
      print(exportKey(readPublicKey(file, flags), 'jwk').trimEnd());
    });
}
