import type { Command } from 'commander';

/** Flags that change the traffic of a scenario; `compare` and `traffic` share them. */
export interface TrafficFlags {
  readonly seed?: string;
  readonly duration?: string;
  readonly rate?: string;
  readonly keys?: string;
}

export function addTrafficFlags(command: Command): Command {
  return command
    .option('--seed <n>', 'seed of every random draw')
    .option('--duration <time>', 'length of the run, such as 10m')
    .option(
      '--rate <rate>',
      'requests a second, such as 5k/s; without a scenario: independent clients at this rate',
    )
    .option(
      '--keys <count>',
      'number of keys, such as 100k; without a scenario: as many clients, Zipf by popularity',
    );
}
