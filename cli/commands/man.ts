import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { renderMan } from '../man.ts';
import { print } from '../output.ts';
import { describeProgram } from '../table.ts';

/** `writ man`: prints the man page, made from the program itself. */
export function addMan(program: Command): void {
  const command = program
    .command('man')
    .description('print the man page')
    .action(() => {
      // The page is of the version; what verifies, which is said below it, is of one installation.
      const [version = ''] = program.version()?.split('\n') ?? [];
      print(renderMan(describeProgram(program), version).trimEnd());
    });
  withExamples(command, ['writ man > writ.1 && man ./writ.1']);
}
