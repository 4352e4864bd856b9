import { planExportNames } from '../../plan/exports/index.ts';
import { type CommandContext, collect, exampleText } from '../command.ts';
import { addTraceFlags, type TraceFlags } from './comparison-flags.ts';

export interface PlanFlags extends TraceFlags {
  readonly rps?: string;
  readonly keys?: string;
  readonly limit?: string;
  readonly algorithms?: string;
  readonly popularity?: string;
  readonly nameBytes?: string;
  readonly hold?: string;
  readonly from?: string;
  readonly calibration?: string;
  readonly replicas: string;
  readonly node?: string;
  readonly provider?: string;
  readonly prices?: string;
  readonly pricing: string;
  readonly headRoom?: readonly string[];
  readonly whatIf?: string;
  readonly export?: string;
  readonly json?: true;
  readonly tui: boolean;
  readonly output?: readonly string[];
}

export function addPlan({ program, io, exitWith }: CommandContext): void {
  const command = program
    .command('plan')
    .description(
      'Size and price the Redis that a limit needs: memory, CPU, network, shards, P99, and what breaks first',
    )
    .option('--rps <rate>', 'requests a second at the peak, such as 100k')
    .option('--keys <count>', 'clients in all, such as 5M')
    .option('--limit <limits>', 'what is promised to each key: 100/1m, or several as 100/1s+5000/1h')
    .option(
      '--algorithm, --algorithms <list>',
      'names joined by commas, each with parameters as name:param=value, or all',
    )
    .option('--popularity <law>', 'how requests spread over keys: uniform, zipf or zipf=1.2')
    .option('--name-bytes <n>', "length of the name of a key's state, prefix included")
    .option('--hold <time>', 'how long a request is in flight, for limits of concurrency')
    .option('--from <run>', 'a saved run: its limit, algorithms, peak rate and number of keys');
  addTraceFlags(command)
    .option('--calibration <file>', 'what "ratelimit calibrate" measured of your store')
    .option('--replicas <n>', 'of each master, in other zones', '1')
    .option('--node <type>', 'the only type of node; the cheapest that fits when left out')
    .option('--provider <name>', 'prices that come with the program: aws or reference')
    .option('--prices <file>', 'your own prices, YAML as capacity/aws.yaml of the package')
    .option('--pricing <kind>', 'on-demand, reserved, or spot where it can be had', 'on-demand')
    .option('--head-room <name=value>', 'a rule of what is left free; may be repeated', collect)
    .option(
      '--what-if <axes>',
      'also the plan with other traffic, windows and algorithms, and where its size stops fitting: rps, keys, window, algorithm joined by commas, or all',
    )
    .option(
      '--export <kind>',
      `the cheapest row that fits, as settings to deploy instead of the plan: ${planExportNames.join(', ')}`,
    )
    .option('--json', 'the plan as JSON on standard output')
    .option('--no-tui', 'plain text, also in a terminal')
    .option(
      '--output <file>',
      'also write the plan to a file: .json, .csv, .md or .html; with --export where to write that; may be repeated',
      collect,
    )
    .addHelpText(
      'after',
      exampleText([
        ['plan --rps 100k --keys 5M --limit 100/1m', 'every algorithm'],
        ['plan --rps 20k --keys 1M --limit 100/1m --algorithm gcra --replicas 0', 'one of them'],
        ['plan --trace access.log.gz --limit 30/1m --rps 50k', "the log's clients, at another rate"],
        ['plan --from run.json --calibration calibration.json', 'what was compared, on what was measured'],
        ['plan --rps 100k --keys 5M --limit 100/1m --provider reference', 'the bill of the reference stack'],
        ['plan --from run.json --export terraform --output main.tf', 'ElastiCache and EKS for it'],
      ]),
    )
    .action(async (flags: PlanFlags) => {
      const { planCapacity } = await import('./plan.run.ts');
      exitWith(await planCapacity(flags, io));
    });
}
