import { type CommandContext, exampleText } from '../command.ts';

export function addScenarios({ program, io, exitWith }: CommandContext): void {
  program
    .command('scenarios')
    .description('List the scenarios that come with the program, or print one as a start for your own')
    .argument('[name]', 'a shipped scenario')
    .addHelpText(
      'after',
      exampleText([
        ['scenarios', 'the list'],
        ['scenarios classic', 'its file'],
        ['scenarios diurnal > mine.yaml', 'a copy to change'],
      ]),
    )
    .action(async (name: string | undefined) => {
      const { showScenarios } = await import('./scenarios.run.ts');
      exitWith(await showScenarios(name, io));
    });
}
