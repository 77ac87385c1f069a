import type { Command } from 'commander';
import { decode, importTrust, VerifyError, why } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { exits } from '../exit.ts';
import { hintFor } from '../hints.ts';
import { readJsonFile, readToken } from '../io.ts';
import { type CommonFlags, clock, note, print, printJson } from '../output.ts';
import { noteFailure } from '../render/failure.ts';
import { renderAnswer } from '../render/why.ts';
import { parseObject } from '../values.ts';

interface Flags extends CommonFlags {
  readonly action: string;
  readonly resource: string;
  readonly args?: string;
  readonly audience?: string;
  readonly context?: string;
  readonly trust?: string;
}

const EXITS = { allow: exits.done, need: exits.needed, deny: exits.denied } as const;

const SEALED = 'writ: note: the token is sealed; this is about its chain, and not about the request in it';

/** `writ why`: whether a request would be allowed, and what decides it. */
export function addWhy(program: Command): void {
  const command = program
    .command('why')
    .argument('<token>', 'any token: a literal, @file, or - for standard input')
    .description('say whether a request would be allowed, which caveat decides, and what would fit')
    .requiredOption('--action <action>', 'what to do, such as read')
    .requiredOption('--resource <resource>', 'on what, such as reports/q3/revenue.pdf')
    .option('--args <json>', 'with which arguments: a JSON object, or @file')
    .option('--audience <uri>', 'at which service; by default the first that the token names')
    .option('--context <json>', 'what the service would observe: a JSON object, or @file')
    .option('--trust <file>', 'the trust file to verify with; without it, nothing is verified')
    .action((argument: string, flags: Flags) => {
      const { action, resource, audience } = flags;
      const question = {
        action,
        resource,
        ...(audience !== undefined && { audience }),
        ...(flags.args !== undefined && { args: parseObject(flags.args, '--args') }),
        ...(flags.context !== undefined && { context: parseObject(flags.context, '--context') }),
      };
      const trust = flags.trust === undefined ? {} : { trust: importTrust(readJsonFile(flags.trust)) };
      const text = readToken(argument);
      const answer = why(text, question, { ...trust, now: clock(flags) });
      if (flags.json) printJson(answer);
      else for (const line of renderAnswer(answer)) print(line);
      if (decode(text).invocation !== undefined) note(SEALED);
      const { verification, denials, verdict } = answer;
      if (verification.status === 'failed') {
        noteFailure(new VerifyError(verification.code, { path: verification.path }));
        return;
      }
      if (denials[0] !== undefined) note(`writ: hint: ${hintFor(denials[0].code)}`);
      process.exitCode = EXITS[verdict];
    });
  withExamples(command, ['writ why @lookup.writ --action write --resource reports/q3/revenue.pdf']);
}
