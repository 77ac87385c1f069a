import type { Command, CommanderError } from 'commander';
import { defaultOf } from './default-command.ts';
import { type CliError, usage } from './exit.ts';
import { nearest } from './nearest.ts';

/** What commander refuses, as an error of ours: its first line, and what to do next. */
export function toUsage(command: Command, { code, message }: CommanderError): CliError {
  const [text = '', ...more] = message.replace(/^error: /, '').split('\n');
  const [, similar] = /Did you mean (.+)\?/.exec(more.join(' ')) ?? [];
  const hint = similar === undefined ? advise(command, code, text) : `did you mean ${similar}`;
  const help = `${nameOf(command)} --help shows ${command.parent === null ? 'all commands' : 'how it is used'}`;
  return usage(text, hint === undefined ? help : `${hint}; ${help}`);
}

function advise(command: Command, code: string, text: string): string | undefined {
  switch (code) {
    case 'commander.missingMandatoryOptionValue': {
      const missing = command.options.filter(
        (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
      );
      return `still needed: ${missing.map(({ flags }) => flags).join(', ')}`;
    }
    case 'commander.missingArgument': {
      const needed = command.registeredArguments.filter(({ required }) => required);
      return needed.map((argument) => `<${argument.name()}> is ${argument.description}`).join('; ');
    }
    case 'commander.excessArguments':
      return adviseMisspelt(command) ?? 'put quotes around a value with spaces';
    case 'commander.unknownOption':
      return /'-[^-]/.test(text) ? 'an argument that starts with a dash goes behind --' : undefined;
    default:
      return undefined;
  }
}

// Where a command stands in for its parent, the name of another one that is misspelt counts as an argument.
function adviseMisspelt(command: Command): string | undefined {
  const { parent, args } = command;
  if (parent === null || defaultOf(parent) !== command) return undefined;
  const similar = nearest(
    args[0] ?? '',
    parent.commands.map((other) => other.name()),
  );
  return similar === undefined ? undefined : `did you mean ${nameOf(parent)} ${similar}`;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
