import type { Command } from 'commander';
import { invoke } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { readToken } from '../io.ts';
import { passphraseOption, readSigningKey } from '../keys.ts';
import { type CommonFlags, clock, deliverToken } from '../output.ts';
import { readSigner, type SignerFlags, signerFlag } from '../signer.ts';
import { parseDuration, parseObject } from '../values.ts';

interface Flags extends CommonFlags, SignerFlags {
  readonly audience: string;
  readonly action: string;
  readonly resource: string;
  readonly args?: string;
  readonly expires: string;
  readonly task?: string;
}

/** `writ invoke`: seals a token with one request. */
export function addInvoke(program: Command): void {
  const command = program
    .command('invoke')
    .argument('<token>', 'an open token: a literal, @file, or - for standard input')
    .description('seal a token with one request to one service')
    .option('--key <keyfile>', "the holder's private key; not for hmac, nor for a bundle")
    .option(...signerFlag)
    .addOption(passphraseOption())
    .requiredOption('--audience <uri>', 'the service that the request is for, by its own name')
    .requiredOption('--action <action>', 'what to do, such as read')
    .requiredOption('--resource <resource>', 'on what, such as reports/q3/revenue.pdf')
    .option('--args <json>', 'with which arguments: a JSON object, or @file')
    .option('--expires <duration>', 'how long the request may be used, at most 5m', '60s')
    .option('--task <text>', 'why, in words')
    .action(async (argument: string, flags: Flags) => {
      const token = readToken(argument);
      const { audience, action, resource, task } = flags;
      const text = await invoke(token, {
        key: readSigner(flags, readSigningKey),
        audience,
        action,
        resource,
        ...(flags.args !== undefined && { args: parseObject(flags.args, '--args') }),
        lifetime: parseDuration(flags.expires),
        task,
        now: clock(flags),
      });
      deliverToken(text, { ...(flags.json && { json: flags.json }) });
    });
  withExamples(command, [
    `writ invoke @lookup.writ --key lookup.jwk \\
  --audience https://files.acme.example \\
  --action read --resource reports/q3/revenue.pdf > request.writ`,
  ]);
}
