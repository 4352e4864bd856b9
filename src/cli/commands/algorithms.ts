import { type CommandContext, exampleText } from '../command.ts';

export function addAlgorithms({ program, io, exitWith }: CommandContext): void {
  program
    .command('algorithms')
    .description(
      'List the algorithms, or tell all about one: how it decides, what it lets through, its parameters',
    )
    .argument('[name]', 'an algorithm')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      exampleText([
        ['algorithms', 'the list'],
        ['algorithms gcra', 'one of them'],
      ]),
    )
    .action(async (name: string | undefined, flags: { readonly json?: true }) => {
      const { showAlgorithms } = await import('./algorithms.run.ts');
      exitWith(await showAlgorithms(name, flags, io));
    });
}
