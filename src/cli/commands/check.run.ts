import { checkExpectations, type Reproduce } from '../../check/expectations.ts';
import { UsageError } from '../../errors.ts';
import { renderChecks, renderJson, reporterFor, wantsAscii } from '../../report/index.ts';
import { type Expectation, parseExpectation } from '../../sim/expectation.ts';
import type { RunResult } from '../../sim/result.ts';
import type { LoadedScenario } from '../../sim/scenario-file.ts';
import { spellSelection } from '../../sim/selection.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { type OutputFile, openOutputs } from '../output.ts';
import { ProgressLine } from '../progress-line.ts';
import { shellWords } from '../shell-words.ts';
import type { CheckFlags } from './check.ts';
import { readied } from './compare.run.ts';
import { flagged, scenarioFor } from './overrides.ts';

/** One scenario to check, and where its result goes. */
interface Job {
  /** As the user called it; absent where the flags alone describe it. */
  readonly name: string | undefined;
  readonly loaded: LoadedScenario;
  readonly expectations: readonly Expectation[];
  readonly outputs: readonly OutputFile[];
}

/** `given`: the flags to type again, to see a broken check alone. */
export async function check(
  names: readonly string[],
  flags: CheckFlags,
  given: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const jobs = await prepareJobs(names, flags);
  let code: ExitCode = exitCode.done;
  for (const job of jobs) {
    const result = await checked(job, flags, given, io);
    for (const output of job.outputs) await output.write(result);
    await write(
      io.stdout,
      flags.json ? renderJson(result) : renderChecks(result, { ascii: wantsAscii(io.env) }),
    );
    if (result.partial) return exitCode.interrupted;
    if (result.checks?.some(({ passed }) => !passed)) code = exitCode.checkFailed;
  }
  return code;
}

/** Reads all that is asked for before anything runs, so that a mistake costs no time. */
async function prepareJobs(names: readonly string[], flags: CheckFlags): Promise<Job[]> {
  const asked = (flags.expect ?? []).map((text) => flagged('--expect', text, parseExpectation));
  const called = names.length === 0 ? [undefined] : names;
  const scenarios = await Promise.all(called.map((name) => scenarioFor(name, flags)));
  const places = (flags.output ?? []).map((path) => scenarios.map(({ name }) => placeFor(path, name)));
  const outputs = await openOutputs(places.flat(), reporterFor);
  return scenarios.map((loaded, at) => ({
    name: called[at],
    loaded,
    expectations: expectationsOf(loaded, asked),
    outputs: outputs.filter((_, place) => place % scenarios.length === at),
  }));
}

/** `reports/{scenario}.json` for a scenario. */
function placeFor(path: string, scenario: string): string {
  return path.replaceAll('{scenario}', scenario.replaceAll(/[/\\]/g, '_'));
}

function expectationsOf({ name, scenario }: LoadedScenario, asked: readonly Expectation[]): Expectation[] {
  const expectations = [...scenario.expect, ...asked];
  if (expectations.length > 0) return expectations;
  throw new UsageError(
    `${name}: nothing is expected; write expect: in the scenario, or --expect 'fairness.jain >= 0.95', or --baseline FILE`,
  );
}

async function checked(job: Job, flags: CheckFlags, given: readonly string[], io: Io): Promise<RunResult> {
  const progress = flags.quiet ? undefined : new ProgressLine(io.stderr);
  const start = await readied(job.loaded, flags, io);
  const result = await start(io.signal, (now) => progress?.show(now));
  progress?.clear();
  return { ...result, checks: checkExpectations(result, job.expectations, reproducing(job.name, given)) };
}

/** The command that holds one expectation against one row again. */
function reproducing(name: string | undefined, given: readonly string[]): Reproduce {
  return ({ text }, row) =>
    shellWords([
      'ratelimit',
      'check',
      ...(name === undefined ? [] : [name]),
      ...given,
      ...(row === undefined ? [] : ['--algorithms', spellSelection(row)]),
      '--expect',
      text,
    ]);
}
