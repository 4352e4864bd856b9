import { endingsInWords } from '../../report/endings.ts';
import { type CommandContext, collect, exampleText } from '../command.ts';
import { addComparisonFlags, type ComparisonFlags } from './comparison-flags.ts';

export interface CompareFlags extends ComparisonFlags {
  readonly live?: string;
  readonly refusedStatus?: string;
  readonly json?: true;
  readonly output?: readonly string[];
  readonly tui: boolean;
  readonly quiet?: true;
}

export function addCompare({ program, io, exitWith }: CommandContext): void {
  const command = program
    .command('compare')
    .description('Replay traffic through every algorithm and compare what they let through')
    .argument(
      '[scenario]',
      'a shipped scenario or a YAML file; "ratelimit scenarios" lists the shipped ones',
    );
  addComparisonFlags(command)
    .option(
      '--live <file>',
      'what k6 recorded of a live target, as a row beside every algorithm on the same requests',
    )
    .option('--refused-status <list>', 'with --live: status of refusals; 429 when left out')
    .option('--json', 'the result as JSON on standard output')
    .option('--output <file>', `also write the result to a file: ${endingsInWords}; may be repeated`, collect)
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
        ['compare --profiles kong-redis,envoy-global,nginx --limit 100/1m', 'products, as they decide'],
        ['compare --store redis:embedded --rate 5k/s', 'the same on a Redis of its own'],
        [
          'compare --store redis://localhost --time wall --duration 10s',
          'sent at their times, latency measured',
        ],
        ['compare --live results.json.gz --limit 100/1m', 'a live target beside every algorithm'],
        ['compare diurnal --output report.md', 'a shipped scenario, as Markdown'],
      ]),
    )
    .action(async (scenario: string | undefined, flags: CompareFlags) => {
      const { compare } = await import('./compare.run.ts');
      exitWith(await compare(scenario, flags, io));
    });
}
