#!/usr/bin/env node
import { type Command, CommanderError } from 'commander';
import { printable } from '../src/printable.ts';
import { exits, toFailure } from './exit.ts';
import { fileError } from './file-error.ts';
import { note, printJson } from './output.ts';
import { createProgram } from './program.ts';

const args = process.argv.slice(2);
const json = args.includes('--json');

// Whoever reads the output may stop early; what was decided stands. A full disk is another matter.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exitCode = report(fileError('standard output', error));
  process.exit();
});
// Prose that nobody can read changes nothing.
process.stderr.on('error', () => {});

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? exitOfCommander(error) : report(error);
}

// Commander has printed the help or the version. They are a success only where nothing else was asked, so that no
// value of a script can turn a refusal into one.
function exitOfCommander({ exitCode }: CommanderError): number {
  const asked = args.includes('help') ? args.filter((word) => word !== 'help') : args.slice(0, -1);
  if (exitCode === 0 && isCommand(program, asked)) return exits.done;
  const message = 'help was shown, and nothing else was done';
  if (json) printJson({ error: { code: 'cli', message, exit: exits.usage } });
  return exits.usage;
}

function isCommand(command: Command | undefined, [name, ...rest]: readonly string[]): boolean {
  if (command === undefined || name === undefined) return command !== undefined;
  return isCommand(
    command.commands.find((child) => child.name() === name),
    rest,
  );
}

function report(error: unknown): number {
  const { exit, hint, ...failure } = toFailure(error);
  note(`writ: error: ${printable(failure.message)}`);
  if (hint !== undefined) note(`writ: hint: ${printable(hint)}`);
  if (json) printJson({ error: { ...failure, exit } });
  return exit;
}
