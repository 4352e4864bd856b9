import { type CommandContext, exampleText } from '../command.ts';

export interface CalibrateFlags {
  readonly limit: string;
  readonly algorithms?: string;
  readonly output: string;
  readonly json?: true;
  readonly quiet?: true;
}

export function addCalibrate({ program, io, exitWith }: CommandContext): void {
  program
    .command('calibrate')
    .description('Measure what a store does: round trip, time and saturation of each script, bytes a key')
    .argument('<store>', 'its address, such as redis://host:port or redis:embedded')
    .option('--limit <limit>', 'the limit that is decided about', '100/1m')
    .option('--algorithms <list>', 'names joined by commas, each with parameters as name:param=value, or all')
    .option('--output <file>', 'where the calibration goes', 'calibration.json')
    .option('--json', 'the calibration on standard output instead of a table')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      exampleText([
        ['calibrate redis:embedded', "this machine's Redis"],
        ['calibrate redis://cache.internal --algorithms gcra,token-bucket', 'another one, two scripts'],
      ]),
    )
    .action(async (address: string, flags: CalibrateFlags) => {
      const { calibrateStore } = await import('./calibrate.run.ts');
      exitWith(await calibrateStore(address, flags, io));
    });
}
