import { type CommandContext, exampleText } from '../command.ts';

export interface ValidateModelFlags {
  readonly calibration?: string;
  readonly algorithm: string;
  readonly limit: string;
  readonly duration: string;
  readonly json?: true;
  readonly quiet?: true;
}

export function addValidateModel({ program, io, exitWith }: CommandContext): void {
  program
    .command('validate-model')
    .description('Hold the model of a store against the store itself, at 30, 50, 70 and 85 % of saturation')
    .argument('<store>', 'its address, such as redis://host:port or redis:embedded')
    .option('--calibration <file>', 'what ratelimit calibrate wrote; measured first when left out')
    .option('--algorithm <name>', 'what decides, where it is measured first', 'gcra')
    .option('--limit <limit>', 'the limit that is decided about, where it is measured first', '100/1m')
    .option('--duration <time>', 'how long each load lasts', '5s')
    .option('--json', 'the figures on standard output instead of a table')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      exampleText([
        ['validate-model redis:embedded', "this machine's Redis"],
        ['validate-model redis://cache.internal --calibration calibration.json', 'one measured before'],
      ]),
    )
    .action(async (address: string, flags: ValidateModelFlags) => {
      const { validate } = await import('./validate-model.run.ts');
      exitWith(await validate(address, flags, io));
    });
}
