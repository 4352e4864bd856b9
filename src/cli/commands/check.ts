import { type Command, Option } from 'commander';
import { endingsInWords } from '../../report/endings.ts';
import { type CommandContext, collect, exampleText } from '../command.ts';
import { givenFlags } from '../shell-words.ts';
import { addComparisonFlags, type ComparisonFlags } from './comparison-flags.ts';

export interface CheckFlags extends ComparisonFlags {
  readonly expect?: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly tolerance?: readonly string[];
  readonly json?: true;
  readonly output?: readonly string[];
  readonly github?: true;
  readonly quiet?: true;
}

export function addCheck({ program, io, exitWith }: CommandContext): void {
  const command = program
    .command('check')
    .description('Fail when a comparison does not show what is expected, or differs from a saved run')
    .argument('[scenarios...]', 'shipped scenarios or YAML files; their expect: lists are checked')
    .option(
      '--expect <expectation>',
      'a figure and its bound, in place of those of the scenario: "fairness.jain >= 0.95", "gcra: latency.p99 < 5ms"; may be repeated',
      collect,
    )
    .option('--baseline <file>', 'a saved run that this one must equal; {scenario} stands for its name')
    .option('--update-baseline', 'write the baseline instead of comparing with it')
    .option(
      '--tolerance <figures=share>',
      'how far figures may be from the baseline: "accuracy.*=1%"; may be repeated',
      collect,
    );
  addComparisonFlags(command)
    .option('--json', 'the results with their checks as JSON on standard output, one after the other')
    .option(
      '--output <file>',
      `also write the result to a file: ${endingsInWords}; {scenario} stands for its name; may be repeated`,
      collect,
    )
    .addOption(
      new Option('--github', 'annotations and a job summary, in a step of GitHub Actions').conflicts('json'),
    )
    .option('--quiet', 'no progress, only the checks')
    .addHelpText('after', exampleText(examples))
    .action(async (names: readonly string[], flags: CheckFlags, command: Command) => {
      const { check } = await import('./check.run.ts');
      exitWith(await check(names, flags, (but) => givenFlags(command, but), io));
    });
}

const examples = [
  ['check api.yaml', 'what the file expects of itself'],
  ["check --expect 'gcra: accuracy.over_admitted_ratio <= 0.1%'", 'one algorithm'],
  ["check steady diurnal --expect 'fairness.jain_entitled >= 0.95'", 'all of them, two scenarios'],
  ['check api.yaml --baseline api.json --update-baseline', 'saves the run as it should be'],
  ['check api.yaml --baseline api.json', 'fails when a figure differs'],
  ["check api.yaml --baseline api.json --runs 5 --tolerance 'throughput.*=30%'", 'speed as well'],
] as const;
