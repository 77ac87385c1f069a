import type { Command } from 'commander';
import { explain } from '../../src/decide/explain.ts';
import { decide, decode, importTrust, verify } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { exitOfDecision, usage } from '../exit.ts';
import { hintFor } from '../hints.ts';
import { readJsonFile, readToken } from '../io.ts';
import { type CommonFlags, clock, note, print, printJson, style } from '../output.ts';
import { parseObject } from '../values.ts';

interface Flags extends CommonFlags {
  readonly trust: string;
  readonly audience: string;
  readonly action?: string;
  readonly resource?: string;
  readonly args?: string;
  readonly context?: string;
}

/** `writ verify`: decides a sealed token as a service does; the exit code is the answer. */
export function addVerify(program: Command): void {
  const command = program
    .command('verify')
    .argument('<token>', 'a sealed token: a literal, @file, or - for standard input')
    .description('verify a request back to the human, and decide it')
    .requiredOption('--trust <file>', 'the trust file of the service')
    .requiredOption('--audience <uri>', "the service's own name, as callers know it")
    .option('--action <action>', 'what the service is about to do; else what the token asks')
    .option('--resource <resource>', 'on what')
    .option('--args <json>', 'with which arguments: a JSON object, or @file')
    .option('--context <json>', 'what the service observed: a JSON object, or @file')
    .addHelpText(
      'after',
      `
Exit codes: 0 allowed, 4 malformed, 5 not verified, 6 denied,
7 denied but a need is open`,
    )
    .action((argument: string, flags: Flags) => {
      const now = clock(flags);
      const { audience, action, resource } = flags;
      if ((action === undefined) !== (resource === undefined)) {
        throw usage(
          '--action and --resource come together',
          'without both, the invocation’s own request is decided',
        );
      }
      const args = flags.args === undefined ? undefined : parseObject(flags.args, '--args');
      const context = flags.context === undefined ? {} : parseObject(flags.context, '--context');
      const token = decode(readToken(argument));
      const chain = verify(token, importTrust(readJsonFile(flags.trust)), { now });
      const compared = action !== undefined && resource !== undefined ? { action, resource } : {};
      const decision = decide(chain, {
        audience,
        request: { ...compared, ...(args && { args }) },
        context,
        now,
      });
      if (flags.json) printJson(decision);
      else {
        const [verdict = '', ...rest] = explain(decision);
        print(style(decision.verdict === 'allow' ? 'green' : 'red', verdict));
        for (const line of rest) print(line);
        if (decision.code !== 'allowed') note(`writ: hint: ${hintFor(decision.code)}`);
      }
      process.exitCode = exitOfDecision(decision);
    });
  withExamples(command, [
    `writ verify @request.writ --trust trust.jwks \\
  --audience https://files.acme.example \\
  --action read --resource reports/q3/revenue.pdf`,
  ]);
}
