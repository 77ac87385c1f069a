import type { Command } from 'commander';
import { exportKey } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { type PassphraseFlags, passphraseOption, readPublicKey } from '../keys.ts';
import { print } from '../output.ts';

/** `writ public`: prints the public part of a key file as a JWK. */
export function addPublic(program: Command): void {
  const command = program
    .command('public')
    .argument('<keyfile>', 'the file of a private key or a public one')
    .description('print the public part of a key, which others may have')
    .addOption(passphraseOption())
    .action((file: string, flags: PassphraseFlags) => {
      print(exportKey(readPublicKey(file, flags), 'jwk').trimEnd());
    });
  withExamples(command, ['writ public agent.jwk > agent.pub.jwk']);
}
