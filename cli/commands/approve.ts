import type { Command } from 'commander';
import { checkAnswer } from '../../src/evidence/approve.ts';
import { approve } from '../../src/index.ts';
import { formatTime } from '../../src/time.ts';
import { checkArguments } from '../../src/token/arguments.ts';
import { withExamples } from '../examples.ts';
import { usage } from '../exit.ts';
import { passphraseOption, readSigningKey } from '../keys.ts';
import { readNeed } from '../need.ts';
import { type CommonFlags, clock, note, print, printJson } from '../output.ts';
import { answer, inspectHeld } from '../question.ts';
import { renderAskedApproval } from '../render/asked.ts';
import { readSigner, type SignerFlags, signerFlag } from '../signer.ts';
import { parseDuration } from '../values.ts';

interface Flags extends CommonFlags, SignerFlags {
  readonly key: string;
  readonly yes?: true;
  readonly no?: true;
  readonly trust?: string;
  readonly goodFor: string;
}

/** `writ approve`: says yes or no to one request that waits for it. */
export function addApprove(program: Command): void {
  const command = program
    .command('approve')
    .argument('<need>', 'what writ verify --json printed, or one need of it: @file, or - for standard input')
    .description('say yes or no to one request that needs your approval')
    .requiredOption('--key <keyfile>', 'the private key of an approver whom the chain names')
    .option(...signerFlag)
    .addOption(passphraseOption())
    .option('--trust <file>', 'the trust file to verify the chain with; without it, nothing is verified')
    .option('--yes', 'approve without being asked')
    .option('--no', 'refuse without being asked, which is final')
    .option('--good-for <duration>', 'how long the answer may be used', '10m')
    .action(run);
  withExamples(command, [
    'writ approve @decision.json --key cfo.jwk --trust trust.jwks > cfo.approval',
    'writ approve - --key cfo.jwk --no < decision.json > cfo.approval',
  ]);
}

async function run(argument: string, flags: Flags): Promise<void> {
  if (flags.yes && flags.no) throw usage('--yes and --no exclude each other', 'an answer is one of them');
  const lifetime = parseDuration(flags.goodFor);
  const { presentation, token, claims, given } = readNeed(argument);
  const key = readSigner(flags, readSigningKey);
  const inspection = inspectHeld(presentation, flags);
  checkAnswer(token, key, given);
  const { args } = checkArguments(given);
  const approved = answer(
    renderAskedApproval(inspection, args, key.publicKey),
    'y approves it, n refuses it for good, Ctrl-C answers nothing',
    { ...flags, hint: 'look at the request, then say --yes or --no on the command line' },
  );
  const now = clock(flags);
  const text = await approve(presentation, { ...given, key, approved, lifetime, now });
  if (flags.json) {
    const { action, resource, audience } = claims;
    const { verification } = inspection;
    printJson({
      approval: text,
      approved,
      until: now + lifetime,
      request: { action, resource, args, audience },
      verification,
    });
  } else print(text);
  note(
    `writ: note: ${approved ? `approved, for this one request until ${formatTime(now + lifetime)}; ${NEXT}` : FINAL}`,
  );
}

const NEXT = 'hand it to the agent';
const FINAL =
  'refused, which is final once the service has seen it: hand it there by verify --approval, or behind the token';
