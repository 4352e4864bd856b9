import { spawnSync } from 'node:child_process';
import { stringify } from 'yaml';
import { temporaryFile } from '../cli/program.ts';
import { tool } from '../tool.ts';

/** What promtool finds wrong with a file of rules; empty for nothing. */
export function wrongWith(rules: string): string {
  return complaint(['check', 'rules', temporaryFile('rules.yaml', rules)]);
}

/** Series by their names, with their values as promtool writes them: `0+100x30` grows by 100 a minute, 30 times. */
export type Samples = Readonly<Record<string, string>>;

export interface Expected {
  /** At so many minutes after the samples began, one a minute. */
  readonly minutes: number;
  readonly expression: string;
  /** All that the expression gives: labels and value. */
  readonly gives: readonly (readonly [labels: string, value: number])[];
}

/** What promtool finds other than expected when a Prometheus with these rules has seen the samples; empty for nothing. */
export function otherThan({ minutes, expression, gives }: Expected, rules: string, samples: Samples): string {
  const test = {
    interval: '1m',
    input_series: Object.entries(samples).map(([series, values]) => ({ series, values })),
    promql_expr_test: [
      {
        expr: expression,
        eval_time: `${minutes}m`,
        exp_samples: gives.map(([labels, value]) => ({ labels, value })),
      },
    ],
  };
  const file = temporaryFile('rules.yaml', rules);
  const tests = stringify({ rule_files: [file], evaluation_interval: '1m', tests: [test] });
  return complaint(['test', 'rules', temporaryFile('test.yaml', tests)]);
}

function complaint(args: readonly string[]): string {
  const promtool = tool(['promtool'], 'prometheus');
  const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
