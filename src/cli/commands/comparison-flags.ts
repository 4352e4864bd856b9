import type { Command } from 'commander';
import { collect } from '../command.ts';
import { addStoreFlags, type StoreFlags } from './store-flags.ts';
import { addTrafficFlags, type TrafficFlags } from './traffic-flags.ts';

/** Flags that say which trace is read, and how. */
export interface TraceFlags {
  readonly trace?: readonly string[];
  readonly traceFormat?: string;
  readonly key?: string;
  readonly cost?: string;
  readonly time?: readonly string[];
  readonly spread?: string;
  readonly maxMalformed?: string;
}

/** Flags that say what is compared on which traffic; `compare` and `check` share them. */
export interface ComparisonFlags extends TrafficFlags, TraceFlags, StoreFlags {
  readonly runs?: string;
  readonly limit?: string;
  readonly algorithms?: string;
  readonly profiles?: string;
  readonly topologies?: string;
  readonly nodes?: string;
  readonly clients?: string;
  readonly fault?: readonly string[];
}

export function addComparisonFlags(command: Command): Command {
  command
    .option('--limit <limits>', 'what is promised: 100/1m, 100/1m,burst=20, or several as 100/1s+5000/1m')
    .option('--algorithms <list>', 'names joined by commas, each with parameters as name:param=value, or all')
    .option('--profiles <list>', 'products, by the names that "ratelimit profiles" lists, or all; as rows')
    .option(
      '--topologies <list>',
      'where the state lies, such as ideal,central,local:split=even, or own for that of each profile; "ratelimit topologies" lists them',
    )
    .option('--nodes <n>', 'machines that take requests, in topologies other than ideal')
    .option(
      '--clients <list>',
      'what clients do about refusals, such as none,exponential:max_attempts=5; every row is run with each',
    )
    .option(
      '--fault <fault>',
      'what goes wrong, such as store-outage:at=2m:for=30s; may be repeated',
      collect,
    );
  return addStoreFlags(addTraceFlags(addTrafficFlags(command), timeWithStore)).option(
    '--runs <n>',
    'repeat the run under n seeds, and show means with 95 % confidence intervals',
  );
}

const timeWithStore =
  'field of the trace with the time; with --store also its clock: logical (requests carry their times, as fast as it goes) or wall (sent at their times)';

export function addTraceFlags(command: Command, time = 'field of the trace with the time'): Command {
  return command
    .option('--trace <file>', 'recorded traffic instead; - reads standard input; may be repeated', collect)
    .option('--trace-format <format>', 'format of the trace, or an nginx log_format; found out when left out')
    .option(
      '--key <fields>',
      'field of the trace that tells clients apart; several joined by commas make one key',
    )
    .option('--cost <field>', 'field of the trace with the units that a request takes')
    .option('--time <field>', time, collect)
    .option(
      '--spread <rule>',
      'where requests stamped with whole seconds lie inside them: none, uniform or poisson',
    )
    .option('--max-malformed <share>', 'share of trace lines that may be unreadable, such as 1%');
}
