import type { Command } from 'commander';
import { delegate } from '../../src/index.ts';
import { addCaveatFlags, type CaveatFlags, readCaveats } from '../caveats.ts';
import { withExamples } from '../examples.ts';
import { usage } from '../exit.ts';
import { readToken } from '../io.ts';
import { passphraseOption, readPublicKey, readSigningKey } from '../keys.ts';
import { type CommonFlags, clock, deliverToken } from '../output.ts';
import { readSigner, type SignerFlags, signerFlag } from '../signer.ts';
import { digestFile } from '../values.ts';

interface Flags extends CaveatFlags, CommonFlags, SignerFlags {
  readonly to?: string;
  readonly bundle?: true;
  readonly as: string;
  readonly task?: string;
  readonly reference?: string;
  readonly instruction?: string;
  readonly force?: true;
  readonly out?: string;
}

/** `writ delegate`: hands a token on, narrowed, to another agent. */
export function addDelegate(program: Command): void {
  const command = program
    .command('delegate')
    .argument('<token>', 'an open token: a literal, @file, or - for standard input')
    .description('hand a token on, narrowed, to another agent')
    .option('--key <keyfile>', "the holder's private key; not for hmac, nor for a bundle")
    .option(...signerFlag)
    .addOption(passphraseOption())
    .option('--to <keyfile>', "the next agent's public key; not for hmac")
    .option('--bundle', 'make a key for the next agent and put it into the token, which is then a secret')
    .requiredOption('--as <uri>', "the next agent's name, such as agent:acme/lookup")
    .option('--task <text>', 'what the next agent is to do, in words')
    .option('--reference <text>', 'where the task is recorded, such as a ticket')
    .option('--instruction <file>', 'what the agent is told; its digest is kept')
    .option('--force', 'make the hop even if it asks for more; it gains nothing by that')
    .option('--out <file>', 'a new file for the token, instead of standard output');
  withExamples(
    addCaveatFlags(command, false).action(async (argument: string, flags: Flags) => {
      if (flags.to !== undefined && flags.bundle) {
        throw usage(
          '--to and --bundle exclude each other',
          '--to names a key that the agent has, --bundle makes one',
        );
      }
      const token = readToken(argument);
      const { consent, ...caveats } = readCaveats(flags, clock(flags));
      if (consent !== undefined) throw usage('the caveat consent belongs into a grant', 'leave it out');
      const { task, reference, instruction } = flags;
      const text = await delegate(token, {
        ...caveats,
        key: readSigner(flags, readSigningKey),
        ...(flags.to !== undefined && { to: readPublicKey(flags.to) }),
        bundle: flags.bundle === true,
        force: flags.force === true,
        delegate: flags.as,
        task,
        reference,
        instruction: instruction === undefined ? undefined : digestFile(instruction),
      });
      deliverToken(text, flags);
    }),
    [
      `writ delegate @research.writ --key research.jwk --to lookup.pub.jwk \\
  --as agent:acme/lookup --task 'Find the Q3 revenue' \\
  --allow 'read reports/q3/**' --expires 10m --out lookup.writ`,
    ],
  );
}
