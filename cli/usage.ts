import type { Command, CommanderError } from 'commander';
import { type CliError, usage } from './exit.ts';

/** What commander refuses, as an error of ours: its first line, and what to do next. */
export function toUsage(command: Command, { code, message }: CommanderError): CliError {
  const [text = '', ...more] = message.replace(/^error: /, '').split('\n');
  const [, similar] = /Did you mean (.+)\?/.exec(more.join(' ')) ?? [];
  const hint = similar === undefined ? advise(command, code) : `did you mean ${similar}`;
  return usage(
    text,
    `${hint === undefined ? '' : `${hint}; `}${nameOf(command)} --help shows how it is used`,
  );
}

function advise(command: Command, code: string): string | undefined {
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
      return 'put quotes around a value with spaces';
    case 'commander.unknownOption':
      return 'a value that starts with a dash goes behind --';
    default:
      return undefined;
  }
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
