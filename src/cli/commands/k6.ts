import type { Command } from 'commander';
import { endingsInWords } from '../../report/endings.ts';
import { type CommandContext, collect, exampleText } from '../command.ts';
import { givenFlags } from '../shell-words.ts';
import { addTraceFlags, type TraceFlags } from './comparison-flags.ts';
import { addTrafficFlags, type TrafficFlags } from './traffic-flags.ts';

export interface K6Flags extends TrafficFlags, TraceFlags {
  readonly limit?: string;
  readonly algorithms?: string;
  readonly target?: string;
  readonly output?: string;
  readonly sendKey?: string;
  readonly sendCost?: string;
  readonly schedule?: string;
  readonly headers?: string;
  readonly rls?: string;
  readonly refusedStatus: string;
  readonly maxLateness: string;
  readonly kubernetes?: string;
  readonly dockerCompose?: true;
}

export interface ImportFlags {
  readonly limit?: string;
  readonly key?: string;
  readonly refusedStatus?: string;
  readonly expect?: readonly string[];
  readonly json?: true;
  readonly output?: readonly string[];
}

export function addK6({ program, io, exitWith }: CommandContext): void {
  const command = program
    .command('k6')
    .enablePositionalOptions()
    .description('Write a k6 test that asks a live target what was simulated')
    .argument('[scenario]', 'a shipped scenario or a YAML file')
    .option('--target <url>', 'where requests go when RL_TARGET is not set')
    .option('-o, --output <folder>', 'where the test is written; NAME-k6 when left out')
    .option('--limit <limits>', 'what the target promises: 100/1m, or 100/1m,burst=20')
    .option('--algorithms <list>', 'what the target may be; every one when left out, which tolerates most');
  addTraceFlags(addTrafficFlags(command))
    .option('--schedule <kind>', 'exact: each request at its instant; rate: k6 keeps the rate of each stream')
    .option(
      '--send-key <place>',
      'how the key travels: header:NAME (X-Api-Key when left out), bearer, query:NAME or x-forwarded-for',
    )
    .option('--send-cost <place>', 'how the cost travels; every request costs 1 when left out')
    .option(
      '--headers <list>',
      'headers that the target promises: retry-after, draft, draft-7, draft-6, x-ratelimit as serve names them, or none; retry-after when left out',
    )
    .option(
      '--rls <domain>',
      'ask a rate limit service of Envoy by gRPC; the key travels as descriptor:NAME, the cost as hits-addend',
    )
    .option('--refused-status <list>', 'status of refusals', '429')
    .option('--max-lateness <time>', 'P99 of lateness above which a run says nothing', '50ms')
    .option('--kubernetes <runners>', 'also write manifests for k6-operator, for so many runners')
    .option('--docker-compose', 'also write compose.yaml: "ratelimit serve", a Redis, and k6')
    .addHelpText(
      'after',
      exampleText([
        ['k6 steady --limit 20/1s --target http://127.0.0.1:8080/', 'at the rates of a scenario'],
        ['k6 --trace access.log --limit 100/1m -o replay', 'each request of a log at its instant'],
        [
          'k6 edge-attack --algorithms sliding-window-log',
          'fails a target that lets boundary bursts through',
        ],
        ['k6 steady --rls api --send-key descriptor:user_id', 'by gRPC, as Envoy asks'],
        ['k6 import results.json.gz --limit 20/1s', 'what the target did, in figures'],
      ]),
    )
    .action(async (scenario: string | undefined, flags: K6Flags) => {
      const { writeK6Test } = await import('./k6.run.ts');
      exitWith(await writeK6Test(scenario, flags, io));
    });
  addImport(command, { program, io, exitWith });
}

function addImport(k6: Command, { io, exitWith }: CommandContext): void {
  const command = k6
    .command('import')
    .description('Tell in figures what a live target did, from what k6 recorded')
    .argument(
      '<file>',
      'k6 --out json or csv, summary.json of a generated test, or CSV t_us,key,cost,allowed',
    )
    .option('--limit <limits>', 'what the target promises; found out from a plan.json beside the file')
    .option('--key <tag>', 'tag or metadata that tells clients apart')
    .option('--refused-status <list>', 'status of refusals; 429 when left out')
    .option(
      '--expect <expectation>',
      'what must hold, such as "accuracy.over_admitted == 0"; may be repeated',
      collect,
    )
    .option('--json', 'the result as JSON on standard output')
    .option('--output <file>', `also write the result to a file: ${endingsInWords}; may be repeated`, collect)
    .action(async (file: string, flags: ImportFlags) => {
      const { importResults } = await import('./k6-import.run.ts');
      const given = givenFlags(command, ['expect', 'json', 'output']);
      exitWith(await importResults(file, flags, given, io));
    });
}
