import { Argument, type Command } from 'commander';
import { completeBash } from '../completion/bash.ts';
import { completeFish } from '../completion/fish.ts';
import { completeZsh } from '../completion/zsh.ts';
import { withExamples } from '../examples.ts';
import { print } from '../output.ts';
import { describeProgram } from '../table.ts';

const shells = { bash: completeBash, zsh: completeZsh, fish: completeFish } as const;

/** `writ completion`: prints a script that completes commands, options and values, made from the program itself. */
export function addCompletion(program: Command): void {
  const command = program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell to print it for').choices(Object.keys(shells)))
    .description('print a completion script for a shell')
    .addHelpText(
      'after',
      `
To install it, in a file that is read by the shells you start:
  bash  writ completion bash > ~/.local/share/bash-completion/completions/writ
  zsh   writ completion zsh > _writ, in a folder of $fpath before compinit runs
  fish  writ completion fish > ~/.config/fish/completions/writ.fish`,
    )
    .action((shell: keyof typeof shells) => print(shells[shell](describeProgram(program)).trimEnd()));
  withExamples(command, ['source <(writ completion bash)', 'writ completion fish | source']);
}
