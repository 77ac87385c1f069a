import type { Command } from 'commander';
import { checkConsenter } from '../../src/evidence/consent-to.ts';
import { consentTo, decode } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { CliError, exits } from '../exit.ts';
import { readToken } from '../io.ts';
import { passphraseOption, readSigningKey } from '../keys.ts';
import { type CommonFlags, clock, note, print, printJson } from '../output.ts';
import { answer, inspectHeld } from '../question.ts';
import { renderAskedConsent } from '../render/asked.ts';
import { readSigner, type SignerFlags, signerFlag } from '../signer.ts';

interface Flags extends CommonFlags, SignerFlags {
  readonly key: string;
  readonly yes?: true;
  readonly trust?: string;
}

/** `writ consent`: proves by the human's own key a grant that an authority made in their name. */
export function addConsent(program: Command): void {
  const command = program
    .command('consent')
    .argument('<token>', 'any token of the grant: a literal, @file, or - for standard input')
    .description('prove by your own key a grant that an authority made in your name')
    .requiredOption('--key <keyfile>', "the grantor's private key, which the grant names")
    .option(...signerFlag)
    .addOption(passphraseOption())
    .option('--trust <file>', 'the trust file to verify the chain with; without it, nothing is verified')
    .option('--yes', 'consent without being asked')
    .action(run);
  withExamples(command, ['writ consent @research.writ --key cfo.jwk --trust trust.jwks > cfo.consent']);
}

async function run(argument: string, flags: Flags): Promise<void> {
  const token = readToken(argument);
  const key = readSigner(flags, readSigningKey);
  const inspection = inspectHeld(token, flags);
  checkConsenter(decode(token), key);
  const consents = answer(renderAskedConsent(inspection), 'y consents to it, n does not', {
    ...flags,
    hint: 'look at the grant, then say --yes on the command line',
  });
  if (!consents) throw new CliError(exits.denied, 'you did not consent', 'nothing was signed');
  const text = await consentTo(token, { key, now: clock(flags) });
  if (flags.json)
    printJson({ consent: text, grant: inspection.blocks[0].id, verification: inspection.verification });
  else print(text);
  note('writ: note: it goes behind every token of this grant: "$(cat TOKEN)$(cat CONSENT)"');
}
