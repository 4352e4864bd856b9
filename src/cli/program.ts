import { Command } from 'commander';
import { safeText } from '../report/safe-text.ts';
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

/** What a command needs to be added to the program. */
export interface CommandContext {
  readonly program: Command;
  readonly io: Io;
  /** Tells the exit code of a command that ended in order. */
  readonly exitWith: (code: ExitCode) => void;
}

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
  const context = { program, io, exitWith };
  for (const add of [
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
  ])
    add(context);
  return program;
}

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

/** Text shown below the flags of one command. */
export function exampleText(lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, meaning]) => `  $ ratelimit ${command.padEnd(width)}  ${meaning}`).join('\n')}`;
}

/** Collects a flag that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
