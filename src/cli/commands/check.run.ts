import { appendFile } from 'node:fs/promises';
import { baselineNotes, checkBaseline } from '../../check/baseline.ts';
import { checkExpectations, latencyNotes, type Reproduce } from '../../check/expectations.ts';
import { parseTolerance, type Tolerance } from '../../check/tolerance.ts';
import { UsageError } from '../../errors.ts';
import { renderChecks, renderGithub, renderJson } from '../../report/index.ts';
import { safeText } from '../../report/safe-text.ts';
import type { RunResult } from '../../sim/result.ts';
import { spellSelection } from '../../sim/selection.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { withProgress } from '../progress-line.ts';
import { shellWords } from '../shell-words.ts';
import { textOptions } from '../text-options.ts';
import type { CheckFlags } from './check.ts';
import { type Job, prepareJobs } from './check-jobs.ts';
import { codeOfRun, readied } from './compare.run.ts';
import { flagged } from './flagged.ts';

/** The flags that were given, to be typed again, but for those that are named. */
type Given = (but: readonly string[]) => string[];

const whereItGoes = ['json', 'output', 'github', 'quiet'];
const ofBaselines = ['baseline', 'updateBaseline', 'tolerance'];

export async function check(
  names: readonly string[],
  flags: CheckFlags,
  given: Given,
  io: Io,
): Promise<ExitCode> {
  const jobs = await prepareJobs(names, flags, io);
  const tolerances = (flags.tolerance ?? []).map((text) => flagged('--tolerance', text, parseTolerance));
  const summary = flags.github ? summaryFile(io) : undefined;
  const results: RunResult[] = [];
  for (const job of jobs) {
    const result = judged(await resultOf(job, flags, io), job, tolerances, given);
    results.push(result);
    for (const output of job.outputs) await output.write(result);
    const text = flags.json ? renderJson(result) : renderChecks(result, textOptions(io));
    await write(io.stdout, text);
    if (!result.partial) await job.update?.write(result);
    if (result.partial || io.signal.aborted) break;
  }
  const left = jobs.slice(results.length);
  await write(io.stderr, unchecked(left));
  if (summary !== undefined) await tellGithub(results, summary, io);
  return codeOf(results, left);
}

/** A line for each scenario that an early end left out. */
function unchecked(jobs: readonly Job[]): string {
  return jobs.map(({ loaded }) => `ratelimit: ${safeText(loaded.name)}: was not checked\n`).join('');
}

function codeOf(results: readonly RunResult[], left: readonly Job[]): ExitCode {
  const partial = results.find((result) => result.partial);
  if (partial) return codeOfRun(partial);
  if (left.length > 0) return exitCode.interrupted;
  const broken = results.some(({ checks = [] }) => checks.some(({ passed }) => !passed));
  return broken ? exitCode.checkFailed : exitCode.done;
}

function summaryFile({ env }: Io): string {
  if (env.GITHUB_STEP_SUMMARY) return env.GITHUB_STEP_SUMMARY;
  throw new UsageError(
    '--github: GITHUB_STEP_SUMMARY is not set, so this is no step of GitHub Actions; --output report.md writes the same',
  );
}

async function tellGithub(results: readonly RunResult[], summaryPath: string, io: Io): Promise<void> {
  const { commands, summary } = renderGithub(results);
  await write(io.stdout, commands);
  await appendFile(summaryPath, summary).catch(({ message }: Error) => {
    throw new UsageError(`--github: the job summary cannot be written: ${message}`);
  });
}

async function resultOf({ loaded }: Job, flags: CheckFlags, io: Io): Promise<RunResult> {
  const start = await readied(loaded, flags, io);
  return withProgress((onProgress) => start(onProgress, io.signal), flags, io);
}

/** The result with its checks. Half a run is not held against a whole one. */
function judged(
  result: RunResult,
  { name, expectations, baseline }: Job,
  tolerances: readonly Tolerance[],
  given: Given,
): RunResult {
  const checks = checkExpectations(result, expectations, reproducing(name, given));
  const notes = [...result.notes, ...latencyNotes(result, checks)];
  if (baseline === undefined || result.partial) return { ...result, notes, checks };
  const reproduce = command(name, given([...whereItGoes, 'expect']));
  const comparison = { ...baseline, tolerances, reproduce };
  return {
    ...result,
    notes: [...notes, ...baselineNotes(result, comparison)],
    checks: [...checks, ...checkBaseline(result, comparison)],
  };
}

/** The command that holds one expectation against one row again. */
function reproducing(name: string | undefined, given: Given): Reproduce {
  const but = [...whereItGoes, ...ofBaselines, 'expect'];
  return ({ text }, row) => {
    const flags =
      row === undefined
        ? given(but)
        : [...given([...but, 'algorithms']), '--algorithms', spellSelection(row)];
    return command(name, [...flags, '--expect', text]);
  };
}

function command(name: string | undefined, flags: readonly string[]): string {
  return shellWords(['ratelimit', 'check', ...(name === undefined ? [] : [name]), ...flags]);
}
