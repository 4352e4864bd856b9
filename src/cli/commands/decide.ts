import { type CommandContext, collect, exampleText } from '../command.ts';

export interface DecideFlags {
  readonly algorithm?: string;
  readonly profile?: string;
  readonly limit: string;
  readonly burst?: string;
  readonly param?: readonly string[];
  readonly json?: true;
  readonly explain?: true;
  readonly clock: string;
}

export function addDecide({ program, io, exitWith }: CommandContext): void {
  program
    .command('decide')
    .description('Decide requests one by one, as a limiter would, and print each decision')
    .argument(
      '[file]',
      'requests as CSV: t_us,key,cost and, if known, duration_us; standard input when left out',
    )
    .option('--algorithm <name>', 'the algorithm; "ratelimit algorithms" lists them')
    .option('--profile <name>', 'or the limiter of a product; "ratelimit profiles" lists them')
    .requiredOption(
      '--limit <limits>',
      'what is promised: 100/1m, 100/1m,burst=20, or several as 100/1s+5000/1m',
    )
    .option('--burst <n>', 'units at one instant, for the bucket family; the same as ,burst=N in the limit')
    .option('--param <name=value>', 'a parameter of the algorithm; may be repeated', collect)
    .option('--json', 'one JSON object a line instead of CSV')
    .option('--explain', "add the limiter's state before and after, in words")
    .option('--clock <rule>', 'what a step back in time is: error, or monotone to hold the clock', 'error')
    .addHelpText(
      'after',
      `${exampleText([
        ['decide --algorithm gcra --limit 10/1s,burst=5 requests.csv', 'decisions for a file'],
        [
          'decide --algorithm fixed-window --limit 100/1m --param align=first < requests.csv',
          'with a parameter',
        ],
        ['decide --profile nginx --limit 10/1s,burst=5 requests.csv', 'as a product decides'],
        [
          'traffic --rate 100/s | ratelimit decide --algorithm token-bucket --limit 10/1s',
          'on synthetic traffic',
        ],
      ])}

Prints t_us,key,cost,allowed,remaining,retry_after_us,delay_us: allowed is 1 or 0 (true or false in JSON), and
retry_after_us is 0 when allowed and -1 when the request can never pass.`,
    )
    .action(async (file: string | undefined, flags: DecideFlags) => {
      const { decide } = await import('./decide.run.ts');
      exitWith(await decide(file, flags, io));
    });
}
