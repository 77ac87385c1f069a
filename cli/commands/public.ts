import type { Command } from 'commander';
import { exportJwk } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { readPublicKey } from '../io.ts';
import { print, withKid } from '../output.ts';

/** `writ public`: prints the public part of a key file as a JWK. */
export function addPublic(program: Command): void {
  const command = program
    .command('public')
    .argument('<keyfile>', 'the file of a private key or a public one')
    .description('print the public part of a key, which others may have')
    .action((file: string) => {
      const key = readPublicKey(file);
      print(withKid(exportJwk(key), key).trimEnd());
    });
  withExamples(command, ['writ public agent.jwk > agent.pub.jwk']);
}
