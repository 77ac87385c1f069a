import { type Command, Option } from 'commander';
import { DecodeError, importTrust, inspect, VerifyError } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { readJsonFile, readToken } from '../io.ts';
import { type CommonFlags, clock, print, printJson } from '../output.ts';
import { showDiag } from '../render/diag.ts';
import { noteFailure } from '../render/failure.ts';
import { renderInspection } from '../render/inspection.ts';

interface Flags extends CommonFlags {
  readonly trust?: string;
  readonly diag?: true;
}

/** `writ inspect`: shows what a token says, what it adds up to, and whether it holds. */
export function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .argument('<token>', 'any token: a literal, @file, or - for standard input')
    .description('show who granted what to whom, and what it adds up to')
    .option('--trust <file>', 'the trust file to verify with; without it, nothing is verified')
    .addOption(new Option('--diag', 'annotate the bytes, also of a broken token').conflicts('trust'))
    .action((argument: string, flags: Flags) => {
      const text = readToken(argument);
      if (flags.diag) return showDiag(text, flags);
      const trust = flags.trust === undefined ? {} : { trust: importTrust(readJsonFile(flags.trust)) };
      const inspection = inspect(text, { ...trust, now: clock(flags) });
      if (flags.json) printJson(inspection);
      else for (const line of renderInspection(inspection)) print(line);
      const { verification, evidence } = inspection;
      if (verification.status === 'failed') {
        noteFailure(new VerifyError(verification.code, { path: verification.path }));
      }
      for (const [i, item] of evidence.entries()) {
        const where = { path: `evidence ${i}` };
        if (item.kind === 'malformed') noteFailure(new DecodeError(item.code, where));
        else if (item.signature === 'failed') noteFailure(new VerifyError('evidence.signature', where));
      }
    });
  withExamples(command, ['writ inspect @research.writ --trust trust.jwks']);
}
