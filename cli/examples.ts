import type { Command } from 'commander';

const kept = new WeakMap<Command, readonly string[]>();

/**
 * Gives a command its examples: shell text of at most 78 columns that can be copied. `--help` and the man page show it.
 *
 * @example
 * withExamples(command, ['writ public agent.jwk > agent.pub.jwk'])
 */
export function withExamples(
  command: Command,
  examples: readonly [string, ...string[]],
  heading: string = examples.length === 1 ? 'Example' : 'Examples',
): Command {
  kept.set(command, examples);
  const lines = examples.join('\n').split('\n');
  return command.addHelpText('after', ['', `${heading}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
}

/** The examples of a command, none where it only holds other commands. */
export function examplesOf(command: Command): readonly string[] {
  return kept.get(command) ?? [];
}
