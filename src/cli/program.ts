import { Command } from 'commander';
import { safeText } from '../report/safe-text.ts';
import type { CommandContext } from './command.ts';
import { addAlgorithms } from './commands/algorithms.ts';
import { addCalibrate } from './commands/calibrate.ts';
import { addCheck } from './commands/check.ts';
import { addCompare } from './commands/compare.ts';
import { addCompletion } from './commands/completion.ts';
import { addDecide } from './commands/decide.ts';
import { addDiff } from './commands/diff.ts';
import { addFit } from './commands/fit.ts';
import { addInit } from './commands/init.ts';
import { addK6 } from './commands/k6.ts';
import { addPlan } from './commands/plan.ts';
import { addProfiles } from './commands/profiles.ts';
import { addReport } from './commands/report.ts';
import { addScenarios } from './commands/scenarios.ts';
import { addServe } from './commands/serve.ts';
import { addTopologies } from './commands/topologies.ts';
import { addTraffic } from './commands/traffic.ts';
import { addTune } from './commands/tune.ts';
import { addValidateModel } from './commands/validate-model.ts';
import type { ExitCode, Io } from './io.ts';
import { version } from './version.ts';

/** The commands and their flags. What a command does is loaded when it runs, so that help stays fast. */
export function createProgram(io: Io, exitWith: (code: ExitCode) => void): Command {
  const program = new Command('ratelimit')
    .description(
      'Compare, size and guard rate limiters: replays traffic through every algorithm and tells what each lets through.',
    )
    .version(version)
    .showHelpAfterError('(add --help for the flags)')
    .helpCommand(false)
    .enablePositionalOptions() // k6 import has flags of the same names as k6
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, writeErr) =>
        writeErr(`${text.trimEnd().split('\n').map(safeText).join('\n')}\n`.replace(/^error:/, 'ratelimit:')),
    })
    .addHelpText('after', examples);
  const context: CommandContext = { program, io, exitWith };
  for (const add of commands) add(context);
  return program;
}

/** In the order in which help lists them. */
const commands: readonly ((context: CommandContext) => void)[] = [
  addCompare,
  addCheck,
  addDiff,
  addTune,
  addReport,
  addDecide,
  addAlgorithms,
  addProfiles,
  addTopologies,
  addScenarios,
  addTraffic,
  addServe,
  addK6,
  addFit,
  addCalibrate,
  addValidateModel,
  addPlan,
  addInit,
  addCompletion,
];

const examples = `
Examples:
  $ ratelimit compare                                   every algorithm on traffic that shows where they differ
  $ ratelimit compare --trace access.log --limit 100/1m your own log, whatever its format
  $ ratelimit check api.yaml                            fails when a run does not show what is expected
  $ ratelimit algorithms gcra                           what it is, who uses it, its parameters
  $ ratelimit profiles nginx                            how a product decides, as --profiles nginx compares it
  $ ratelimit scenarios                                 traffic that comes with the program

Documentation: docs/ of the package. Exit codes: 0 done, 1 a check failed, 2 wrong usage or input,
3 a service that was asked for cannot be used, 70 a bug in ratelimit, 130 interrupted.`;
