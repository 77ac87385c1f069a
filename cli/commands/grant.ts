import type { Command } from 'commander';
import { type GrantOptions, grant, type MacKey, type Signer, type SigningKey } from '../../src/index.ts';
import { addCaveatFlags, type CaveatFlags, readCaveats } from '../caveats.ts';
import { consentOption } from '../evidence-flags.ts';
import { withExamples } from '../examples.ts';
import { CliError, exits } from '../exit.ts';
import { type PassphraseFlags, passphraseOption, readKey, readPublicKey } from '../keys.ts';
import { type CommonFlags, clock, deliverToken } from '../output.ts';
import { readSigner, type SignerFlags, signerFlag } from '../signer.ts';
import { digestFile } from '../values.ts';

interface Flags extends CaveatFlags, CommonFlags, SignerFlags {
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
    .description('grant a first agent what it may do, for whom and how long')
    .requiredOption('--key <keyfile>', 'the private key or HMAC secret that grants')
    .option(...signerFlag)
    .addOption(passphraseOption())
    .requiredOption('--grantor <uri>', 'the human who grants, such as mailto:cfo@acme.example')
    .option('--to <keyfile>', "the agent's public key; needed with an Ed25519 key")
    .requiredOption('--as <uri>', "the agent's name, such as agent:acme/research")
    .requiredOption('--mission <id>', 'a short name of the mission, such as q3-report')
    .requiredOption('--purpose <text>', 'what for, in words that the human would sign')
    .option('--reference <text>', 'where the mission is recorded, such as a ticket')
    .option('--instruction <file>', 'what the agent was told; its digest is kept')
    .option('--out <file>', 'a new file for the token, instead of standard output');
  withExamples(
    addCaveatFlags(command, true)
      .addOption(consentOption())
      .action(async (flags: Flags) => {
        const now = clock(flags);
        const key = readSigner(flags, readGrantKey);
        const caveats = readCaveats(flags, now);
        const { mission: id, purpose, reference, instruction } = flags;
        const text = await grant({
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
        } as GrantOptions<SigningKey | MacKey | Signer>); // the flags for exp and scope are mandatory
        deliverToken(text, flags);
      }),
    [
      `writ grant --key cfo.jwk --grantor mailto:cfo@acme.example \\
  --to research.pub.jwk --as agent:acme/research \\
  --mission q3-report --purpose 'Prepare the Q3 report' \\
  --allow 'read,list reports/**' --expires 2h --delegations 1 \\
  --out research.writ`,
      `writ grant --key cfo.jwk --grantor mailto:cfo@acme.example \\
  --to pay.pub.jwk --as agent:acme/pay \\
  --mission q3-bills --purpose 'Pay the bills of Q3' \\
  --allow 'pay invoices/*' --expires 8h --alive keeper.pub.jwk,60s \\
  --approver cfo.pub.jwk \\
  --approve-unless 'pay invoices/* {"amount":{"range":[0,500]}}'`,
    ],
  );
}

function readGrantKey(path: string, flags: PassphraseFlags): SigningKey | MacKey {
  const key = readKey(path, flags);
  if ('suite' in key) return key;
  throw new CliError(
    exits.file,
    `${path}: a public key cannot grant`,
    'give the private key or the secret, as writ keygen --out made it; or let --signer sign for it',
  );
}
