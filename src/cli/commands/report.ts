import { endingsInWords } from '../../report/endings.ts';
import { type CommandContext, collect, exampleText } from '../command.ts';

export interface ReportFlags {
  readonly json?: true;
  readonly output?: readonly string[];
}

export function addReport({ program, io, exitWith }: CommandContext): void {
  program
    .command('report')
    .description('Show saved runs again, or write them in another form')
    .argument('<files...>', 'runs that --output run.json or --json wrote')
    .option('--json', 'the results as JSON on standard output, one after the other')
    .option('--output <file>', `write the run to a file instead: ${endingsInWords}; may be repeated`, collect)
    .addHelpText(
      'after',
      exampleText([
        ['report reports/monday.json', 'as text'],
        ['report reports/monday.json --output monday.html', 'as a page for a browser'],
        ['report monday.json tuesday.json', 'one after the other'],
      ]),
    )
    .action(async (files: readonly string[], flags: ReportFlags) => {
      const { report } = await import('./report.run.ts');
      exitWith(await report(files, flags, io));
    });
}
