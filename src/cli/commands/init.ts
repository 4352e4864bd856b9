import { type CommandContext, exampleText } from '../command.ts';

export function addInit({ program, io, exitWith }: CommandContext): void {
  program
    .command('init')
    .description('Write a commented scenario file to start from')
    .argument('[file]', 'where to; - prints it', 'scenario.yaml')
    .addHelpText(
      'after',
      exampleText([
        ['init', 'writes scenario.yaml'],
        ['init api.yaml', 'under another name'],
        ['init -', 'prints it'],
      ]),
    )
    .action(async (file: string) => {
      const { init } = await import('./init.run.ts');
      exitWith(await init(file, io));
    });
}
