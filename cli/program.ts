import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { printable } from '../src/printable.ts';
import { addDelegate } from './commands/delegate.ts';
import { addGrant } from './commands/grant.ts';
import { addInspect } from './commands/inspect.ts';
import { addInvoke } from './commands/invoke.ts';
import { addKey } from './commands/key.ts';
import { addKeygen } from './commands/keygen.ts';
import { addPublic } from './commands/public.ts';
import { addTrust } from './commands/trust.ts';
import { addVerify } from './commands/verify.ts';

/** The `writ` program with all its commands. */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const program = new Command('writ')
    .description("capability tokens for agents: a human's grant, narrowed hop by hop, verified offline")
    .version(version)
    .configureOutput({ outputError: (text, write) => write(`writ: ${printable(text.trimEnd())}\n`) })
    .enablePositionalOptions()
    .showHelpAfterError('writ: hint: add --help to see how the command is used')
    .addHelpText(
      'after',
      `
The way of a token:
  writ keygen    a key for the human, and one for each agent
  writ trust     the service notes whose grants it accepts
  writ grant     the human grants
  writ delegate  an agent hands it on, narrowed
  writ invoke    the last agent seals it with one request
  writ verify    the service verifies and decides; the exit code is the answer

Exit codes: 0 allowed or done, 2 usage, 3 file or key, 4 malformed token, 5 not verified,
6 denied, 7 denied but a need is open, 70 internal`,
    );
  for (const add of [
    addKeygen,
    addKey,
    addPublic,
    addTrust,
    addGrant,
    addDelegate,
    addInvoke,
    addVerify,
    addInspect,
  ]) {
    add(program);
  }
  forEachLeaf(program, (command) => {
    command
      .option('--json', 'print JSON')
      .option('--now <time>', 'the time to go by, instead of the clock')
      .exitOverride();
  });
  return program.exitOverride();
}

function forEachLeaf(command: Command, visit: (leaf: Command) => void): void {
  if (command.commands.length === 0) visit(command);
  for (const child of command.commands) forEachLeaf(child, visit);
  command.exitOverride();
}
