import { type CommandContext, exampleText } from '../command.ts';

export interface DiffFlags {
  readonly json?: true;
}

export function addDiff({ program, io, exitWith }: CommandContext): void {
  program
    .command('diff')
    .description('Tell what changed between two saved runs, in which direction, and whether it matters')
    .argument('<before>', 'a saved run, as "compare --output run.json" writes it')
    .argument('<after>', 'another one')
    .option('--json', 'every change as JSON on standard output')
    .addHelpText(
      'after',
      exampleText([
        ['diff monday.json today.json', 'what matters, row by row'],
        ['diff monday.json today.json --json', 'every figure that differs'],
      ]),
    )
    .action(async (before: string, after: string, flags: DiffFlags) => {
      const { diff } = await import('./diff.run.ts');
      exitWith(await diff(before, after, flags, io));
    });
}
