import type { Command } from 'commander';
import { type GrantOptions, grant } from '../../src/index.ts';
import { addCaveatFlags, type CaveatFlags, readCaveats } from '../caveats.ts';
import { withExamples } from '../examples.ts';
import { CliError, exits } from '../exit.ts';
import { readKey, readPublicKey } from '../io.ts';
import { type CommonFlags, clock, deliverToken } from '../output.ts';
import { digestFile } from '../values.ts';

interface Flags extends CaveatFlags, CommonFlags {
  readonly key: string;
  readonly grantor: string;
  readonly to?: string;
  readonly as: string;
  readonly mission: string;
  readonly purpose: string;
  readonly expires: string;
  readonly reference?: string;
  readonly instruction?: string;
  readonly out?: string;
}

/** `writ grant`: a human's grant, the root of every chain. */
export function addGrant(program: Command): void {
  const command = program
    .command('grant')
    .description('grant authority to a first agent')
    .requiredOption('--key <file>', 'the private key or the secret that grants; its type is the suite')
    .requiredOption('--grantor <uri>', 'the human who grants')
    .option('--to <publicfile>', "the agent's public key; with an Ed25519 key only")
    .requiredOption('--as <uri>', "the agent's name")
    .requiredOption('--mission <id>', 'the mission that the grant is for')
    .requiredOption('--purpose <text>', 'why, in words')
    .option('--reference <text>', 'where the mission is recorded')
    .option('--instruction <file>', 'what the agent was told; its digest is kept')
    .option('--out <file>', 'a new file for the token');
  withExamples(
    addCaveatFlags(command, true).action((flags: Flags) => {
      const now = clock(flags);
      const key = readKey(flags.key);
      if (!('suite' in key)) throw new CliError(exits.file, `${flags.key}: a public key cannot grant`);
      const caveats = readCaveats(flags, now);
      const { mission: id, purpose, reference, instruction } = flags;
      const text = grant({
        ...caveats,
        key,
        grantor: flags.grantor,
        delegate: flags.as,
        ...(flags.to !== undefined && { to: readPublicKey(flags.to) }),
        mission: {
          id,
          purpose,
          reference,
          instruction: instruction === undefined ? undefined : digestFile(instruction),
        },
        now,
      } as GrantOptions); // the flags for exp and scope are mandatory
      deliverToken(text, flags);
    }),
    [
      `writ grant --key cfo.jwk --grantor mailto:cfo@acme.example \\
  --to research.pub.jwk --as agent:acme/research \\
  --mission q3-report --purpose 'Prepare the Q3 report' \\
  --allow 'read,list reports/**' --expires 2h --delegations 1 \\
  --out research.writ`,
    ],
  );
}
