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
    .action(() => print(renderMan(describeProgram(program), program.version() ?? '').trimEnd()));
  withExamples(command, ['writ man > writ.1 && man ./writ.1']);
}
