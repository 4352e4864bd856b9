import { type CommandContext, exampleText } from '../command.ts';
import { addTraceFlags, type TraceFlags } from './comparison-flags.ts';
import { addTrafficFlags, type TrafficFlags } from './traffic-flags.ts';

export interface TuneFlags extends TrafficFlags, TraceFlags {
  readonly algorithms?: string;
  readonly goal: string;
  readonly cap?: string;
  readonly period: string;
  readonly json?: true;
  readonly quiet?: true;
}

export function addTune({ program, io, exitWith }: CommandContext): void {
  const command = program
    .command('tune')
    .description('Search the limit that refuses few and admits little, over a trace or a scenario')
    .argument('[scenario]', 'a shipped scenario or a YAML file; its limits are not used')
    .option(
      '--goal <goal>',
      'whom a limit may refuse: "refuse < 0.1% of clients", or of requests',
      'refuse < 0.1% of clients',
    )
    .option('--cap <units/span>', 'most that may be admitted of all clients together: 2k/1s, in any second')
    .option('--period <time>', 'period of the limits that are tried', '1m')
    .option('--algorithms <list>', 'algorithms to try; every one that decides at once when left out');
  addTraceFlags(addTrafficFlags(command))
    .option('--json', 'all that was found as JSON on standard output')
    .option('--quiet', 'no progress, only the result')
    .addHelpText(
      'after',
      exampleText([
        ['tune --trace access.log', 'a limit a minute that refuses fewer than 1 client in 1000'],
        [
          "tune --trace access.log --goal 'refuse <= 0.5% of requests' --cap 500/1s",
          'and protects what is behind',
        ],
        [
          'tune --trace api.csv --key tenant,user --period 1s --algorithms gcra',
          'limits a second, with bursts',
        ],
      ]),
    )
    .action(async (scenario: string | undefined, flags: TuneFlags) => {
      const { tune } = await import('./tune.run.ts');
      exitWith(await tune(scenario, flags, io));
    });
}
