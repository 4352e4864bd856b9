import { type CommandContext, exampleText } from '../command.ts';

export interface FitFlags {
  readonly tolerance: string;
  readonly key?: string;
  readonly refusedStatus?: string;
  readonly json?: true;
}

export function addFit({ program, io, exitWith }: CommandContext): void {
  program
    .command('fit')
    .description('Tell which algorithm and limit explain recorded decisions')
    .argument('<file>', 'k6 --out json or csv, or CSV t_us,key,cost,allowed; packed or not')
    .option('--tolerance <time>', 'how far the times may be off on either side', '0s')
    .option('--key <tag>', 'tag or metadata of k6 that tells clients apart')
    .option('--refused-status <list>', 'status of refusals; 429 when left out')
    .option('--json', 'all that was found as JSON on standard output')
    .addHelpText(
      'after',
      exampleText([
        ['fit results.json.gz', 'what the target of a k6 run may be'],
        ['fit results.json.gz --refused-status 503', 'nginx as it comes'],
        ['fit decisions.csv --tolerance 5ms', 'decisions of a log whose clock is not exact'],
      ]),
    )
    .action(async (file: string, flags: FitFlags) => {
      const { tellFit } = await import('./fit.run.ts');
      exitWith(await tellFit(file, flags, io));
    });
}
