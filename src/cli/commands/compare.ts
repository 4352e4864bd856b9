import { type CommandContext, collect, exampleText } from '../program.ts';
import { addStoreFlags, type StoreFlags } from './store-flags.ts';
import { addTrafficFlags, type TrafficFlags } from './traffic-flags.ts';

export interface CompareFlags extends TrafficFlags, StoreFlags {
  readonly trace?: readonly string[];
  readonly traceFormat?: string;
  readonly key?: string;
  readonly cost?: string;
  readonly time?: readonly string[];
  readonly spread?: string;
  readonly limit?: string;
  readonly algorithms?: string;
  readonly json?: true;
  readonly output?: readonly string[];
  readonly tui: boolean;
  readonly quiet?: true;
  readonly maxMalformed?: string;
}

export function addCompare({ program, io, exitWith }: CommandContext): void {
  const command = program
    .command('compare')
    .description('Replay traffic through every algorithm and compare what they let through')
    .argument('[scenario]', 'a shipped scenario or a YAML file; "ratelimit scenarios" lists the shipped ones')
    .option('--limit <limits>', 'what is promised: 100/1m, 100/1m,burst=20, or several as 100/1s+5000/1m')
    .option(
      '--algorithms <list>',
      'names joined by commas, each with parameters as name:param=value, or all',
    );
  addTrafficFlags(command)
    .option('--trace <file>', 'recorded traffic instead; - reads standard input; may be repeated', collect)
    .option('--trace-format <format>', 'format of the trace, or an nginx log_format; found out when left out')
    .option(
      '--key <fields>',
      'field of the trace that tells clients apart; several joined by commas make one key',
    )
    .option('--cost <field>', 'field of the trace with the units that a request takes')
    .option(
      '--time <field>',
      'field of the trace with the time; with --store also its clock: logical (requests carry their times, as fast as it goes) or wall (sent at their times)',
      collect,
    )
    .option(
      '--spread <rule>',
      'where requests stamped with whole seconds lie inside them: none, uniform or poisson',
    )
    .option('--max-malformed <share>', 'share of trace lines that may be unreadable, such as 1%');
  addStoreFlags(command)
    .option('--json', 'the result as JSON on standard output')
    .option(
      '--output <file>',
      'also write the result to a file: .json, .csv or .md; may be repeated',
      collect,
    )
    .option('--no-tui', 'plain text, also in a terminal')
    .option('--quiet', 'no screen and no progress, only the result')
    .addHelpText(
      'after',
      exampleText([
        ['compare', 'the classic differences: boundary bursts, hot keys'],
        ['compare --limit 10/1s,burst=20 --rate 5k/s --keys 100k', 'independent clients of your size'],
        ['compare --trace access.log.gz --limit 100/1m', 'a log as it is'],
        [
          'compare --trace api.csv --key tenant,user --cost tokens --limit 90k/1m',
          'a table with your columns',
        ],
        ['compare --algorithms gcra,token-bucket:refill=interval --json', 'two rows, for a program'],
        ['compare diurnal --output report.md', 'a shipped scenario, as Markdown'],
        ['compare --store redis:embedded --rate 5k/s', 'the same on a Redis of its own'],
        [
          'compare --store redis://localhost --time wall --duration 10s',
          'sent at their times, latency measured',
        ],
      ]),
    )
    .action(async (scenario: string | undefined, flags: CompareFlags) => {
      const { compare } = await import('./compare.run.ts');
      exitWith(await compare(scenario, flags, io));
    });
}
