import type { Command } from 'commander';

const kept = new WeakMap<Command, Command>();

/** Adds a command that runs where its parent is given none of its commands by name; completion knows it, too. */
export function addDefault(parent: Command, name: string): Command {
  const command = parent.command(name, { isDefault: true });
  kept.set(parent, command);
  return command;
}

/** The command that stands in for its parent, if one does. */
export function defaultOf(parent: Command): Command | undefined {
  return kept.get(parent);
}
