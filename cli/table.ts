import type { Argument, Command, Help, Option } from 'commander';
import { codes } from '../src/codes.ts';
import { warnings } from '../src/inspect/warning.ts';
import { defaultOf } from './default-command.ts';
import { examplesOf } from './examples.ts';
import { collect } from './values.ts';

/** What a value may be: the name of a file or folder, `@file` or `-`, one of a few words, or any text. */
export type Values = 'file' | 'folder' | '@file' | 'text' | readonly string[];

/** An option, as help, completion and the man page need it. */
export interface OptionEntry {
  /** As `--help` shows it, such as `-h, --help` or `--key <file>`. */
  readonly flags: string;
  /** Such as `--key`, the short one first. */
  readonly names: readonly string[];
  readonly placeholder: string | undefined;
  /** Absent where the option takes no value. */
  readonly values: Values | undefined;
  readonly repeats: boolean;
  readonly description: string;
  /** The description with choices and default, as help shows it. */
  readonly details: string;
  readonly group: string;
}

/** An argument. */
export interface ArgumentEntry {
  readonly name: string;
  readonly required: boolean;
  readonly values: Values;
  readonly description: string;
}

/** A command and its place; the program itself has an empty path. */
export interface Entry {
  readonly path: readonly string[];
  readonly summary: string;
  readonly options: readonly OptionEntry[];
  readonly arguments: readonly ArgumentEntry[];
  readonly children: readonly Entry[];
  /** The child that stands in where none is named. */
  readonly standIn?: Entry | undefined;
  readonly examples: readonly string[];
}

/** The whole program as data, the one source of completion and of the man page. */
export function describeProgram(program: Command): Entry {
  return describe(program, [], []);
}

/** An entry and all below it, in the order of help. */
export function flatten(entry: Entry): readonly Entry[] {
  return [entry, ...entry.children.flatMap(flatten)];
}

function describe(command: Command, path: readonly string[], siblings: readonly string[]): Entry {
  const help = command.createHelp();
  const visible = help.visibleCommands(command);
  const names = visible.map((child) => child.name());
  const children = visible.map((child) => describe(child, [...path, child.name()], names));
  return {
    path,
    summary: command.description(),
    options: help.visibleOptions(command).map((option) => describeOption(option, help)),
    arguments: command.registeredArguments.map((argument) => describeArgument(argument, siblings)),
    children,
    standIn: children.find((_, i) => visible[i] === defaultOf(command)),
    examples: examplesOf(command),
  };
}

function describeOption(option: Option, help: Help): OptionEntry {
  const { flags, short, long, argChoices, description, helpGroupHeading } = option;
  const [, placeholder] = /[<[]([^>\]]+)[>\]]/.exec(flags) ?? [];
  return {
    flags,
    names: [short, long].filter((name) => name !== undefined),
    placeholder,
    values: placeholder === undefined ? undefined : (argChoices ?? valuesOf(placeholder)),
    repeats: option.variadic || option.parseArg === collect,
    description,
    details: help.optionDescription(option),
    group: helpGroupHeading ?? 'Options:',
  };
}

function describeArgument(argument: Argument, siblings: readonly string[]): ArgumentEntry {
  const name = argument.name();
  return {
    name,
    required: argument.required,
    values: argument.argChoices ?? (name === 'command' ? siblings : valuesOf(name)),
    description: argument.description,
  };
}

// The placeholder says what a value is, so that no command has to say it twice.
function valuesOf(placeholder: string): Values {
  // A value such as <keyfile,within> begins with a file, and most targets are one.
  if (/file(,|$)/.test(placeholder) || placeholder === 'target') return 'file';
  if (/folder$/.test(placeholder)) return 'folder';
  if (/^(token|json|need)$/.test(placeholder)) return '@file';
  return placeholder === 'code' ? Object.keys({ ...codes, ...warnings }) : 'text';
}
