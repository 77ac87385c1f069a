#!/usr/bin/env node
import { CommanderError } from 'commander';
import { printable } from '../src/printable.ts';
import { exits, toFailure } from './exit.ts';
import { note, printJson } from './output.ts';
import { createProgram } from './program.ts';

try {
  createProgram().parse();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? exitOfCommander(error) : report(error);
}

// Commander has printed its own message; help and version are no failures.
function exitOfCommander({ exitCode }: CommanderError): number {
  return exitCode === 0 ? exits.done : exits.usage;
}

function report(error: unknown): number {
  const { exit, hint, ...failure } = toFailure(error);
  note(`writ: error: ${printable(failure.message)}`);
  if (hint !== undefined) note(`writ: hint: ${printable(hint)}`);
  if (process.argv.includes('--json')) printJson({ error: { ...failure, exit } });
  return exit;
}
