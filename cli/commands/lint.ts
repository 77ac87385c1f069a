import type { Command } from 'commander';
import { importTrust, lint } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { exits } from '../exit.ts';
import { gather, type Skipped } from '../gather.ts';
import { readJsonFile } from '../io.ts';
import { type CommonFlags, clock, print, printJson } from '../output.ts';
import { withProgress } from '../progress.ts';
import { countProblems, renderReport } from '../render/lint.ts';

interface Flags extends CommonFlags {
  readonly trust?: string;
}

/** `writ lint`: reviews many tokens together; the exit code tells whether there are problems. */
export function addLint(program: Command): void {
  const command = program
    .command('lint')
    .argument('<file...>', 'files with a token a line, folders, or - for standard input')
    .description('find tokens that are broken, too broad, expired, or superfluous beside others')
    .option('--trust <file>', 'the trust file to verify with; what does not verify is refused')
    .addHelpText('after', '\nExit codes: 0 nothing or advice only, 1 problems')
    .action((files: readonly string[], flags: Flags) => {
      const now = clock(flags);
      const trust = flags.trust === undefined ? {} : { trust: importTrust(readJsonFile(flags.trust)) };
      const skipped: Skipped = { withoutToken: 0, tooLarge: 0, notRegular: 0, unreadable: 0 };
      const report = lint(withProgress(gather(files, skipped), 'tokens'), { ...trust, now });
      if (flags.json) printJson({ ...report, skipped });
      else print(renderReport(report, skipped).join('\n'));
      process.exitCode = countProblems(report) > 0 ? exits.findings : exits.done;
    });
  withExamples(command, ['writ lint tokens/ --trust trust.jwks']);
}
