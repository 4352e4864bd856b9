import { Argument } from 'commander';
import { type CommandContext, exampleText } from '../command.ts';
import { type Shell, shells } from '../shells.ts';

export function addCompletion({ program, io, exitWith }: CommandContext): void {
  program
    .command('completion')
    .description('Print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText(
      'after',
      exampleText([
        ['completion bash > ~/.local/share/bash-completion/completions/ratelimit', 'for bash'],
        ['completion zsh > ~/.zfunc/_ratelimit', 'for zsh, with ~/.zfunc in fpath'],
        ['completion fish > ~/.config/fish/completions/ratelimit.fish', 'for fish'],
      ]),
    )
    .action(async (shell: Shell) => {
      const { printCompletion } = await import('./completion.run.ts');
      exitWith(await printCompletion(shell, program, io));
    });
}
