import { isAbsolute, relative, resolve, sep } from 'node:path';
import { refuseUnlike } from '../../check/baseline.ts';
import type { RunFacts } from '../../check/facts.ts';
import { UsageError } from '../../errors.ts';
import { renderJson, reporterFor } from '../../report/index.ts';
import { type Expectation, parseExpectation } from '../../sim/expectation.ts';
import type { RunResult } from '../../sim/result.ts';
import { readRun } from '../../sim/saved-run.ts';
import type { LoadedScenario } from '../../sim/scenario-file.ts';
import { seedsOf, termFigures, termsOf } from '../../sim/terms.ts';
import type { Io } from '../io.ts';
import { type OutputFile, openOutputs, refuseOverwriting } from '../output.ts';
import type { CheckFlags } from './check.ts';
import { runsOf } from './compare.run.ts';
import { flagged } from './flagged.ts';
import { compareOverrides, filesOf, scenarioFor } from './overrides.ts';

/** One scenario to check, and where its result goes. */
export interface Job {
  /** As the user called it; absent where the flags alone describe it. */
  readonly name: string | undefined;
  readonly loaded: LoadedScenario;
  readonly expectations: readonly Expectation[];
  readonly outputs: readonly OutputFile[];
  /** The saved run to compare with. */
  readonly baseline?: { readonly path: string; readonly run: RunResult };
  /** Where the baseline is written anew. */
  readonly update?: OutputFile;
}

/** Reads all that is asked for before anything runs, so that a mistake costs no time. */
export async function prepareJobs(names: readonly string[], flags: CheckFlags, io: Io): Promise<Job[]> {
  if (flags.tolerance && flags.baseline === undefined) {
    throw new UsageError('--tolerance: speaks of a baseline; name it with --baseline FILE');
  }
  const asked = (flags.expect ?? []).map((text) => flagged('--expect', text, parseExpectation));
  const called = names.length === 0 ? [undefined] : names;
  const scenarios = await Promise.all(called.map((name) => scenarioFor(name, flags)));
  const read = scenarios.flatMap((loaded, at) => filesOf(called[at], loaded, flags));
  const outputs = await openAll(scenarios, read, flags);
  const baselines = await readBaselines(scenarios, flags);
  for (const [at, baseline] of (baselines ?? []).entries()) {
    refuseUnlike(factsOf(scenarios[at], flags, io), baseline);
  }
  const updates = await openUpdates(scenarios, flags);
  return scenarios.map((loaded, at) => ({
    name: called[at],
    loaded,
    expectations: expectationsOf(loaded, asked, flags).map((expectation) => placed(expectation, io.env)),
    outputs: outputs[at],
    ...(baselines && { baseline: baselines[at] }),
    ...(updates && { update: updates[at] }),
  }));
}

/** `reports/{scenario}.json` for each scenario. */
function placesOf(path: string, scenarios: readonly LoadedScenario[]): string[] {
  return scenarios.map(({ name }) => path.replaceAll('{scenario}', name.replaceAll(/[/\\]/g, '_')));
}

/** The outputs of each scenario. Throws UsageError, also for those that are among the files that are `read`. */
async function openAll(
  scenarios: readonly LoadedScenario[],
  read: readonly string[],
  { output = [], baseline }: CheckFlags,
): Promise<OutputFile[][]> {
  const paths = scenarios.map((_, at) => output.map((path) => placesOf(path, scenarios)[at]));
  const saved = baseline === undefined ? [] : placesOf(baseline, scenarios).map((path) => resolve(path));
  const overwritten = paths.flat().find((path) => saved.includes(resolve(path)));
  if (overwritten !== undefined) {
    throw new UsageError(
      `--output ${overwritten}: is the baseline as well; --update-baseline writes that one anew`,
    );
  }
  await refuseOverwriting(read, paths.flat());
  const files = await openOutputs(paths.flat(), reporterFor);
  return scenarios.map((_, at) => files.slice(at * output.length, (at + 1) * output.length));
}

async function openUpdates(
  scenarios: readonly LoadedScenario[],
  { baseline, updateBaseline }: CheckFlags,
): Promise<OutputFile[] | undefined> {
  if (!updateBaseline) return undefined;
  if (baseline !== undefined) {
    return openOutputs(placesOf(baseline, scenarios), () => renderJson, '--baseline');
  }
  throw new UsageError('--update-baseline: says nothing about where; name the file with --baseline FILE');
}

const howToSave = 'the same command with --update-baseline writes it';

async function readBaselines(
  scenarios: readonly LoadedScenario[],
  { baseline, updateBaseline }: CheckFlags,
): Promise<{ path: string; run: RunResult }[] | undefined> {
  if (baseline === undefined || updateBaseline) return undefined;
  return Promise.all(
    placesOf(baseline, scenarios).map(async (path) => ({ path, run: await readRun(path, howToSave) })),
  );
}

/** What the result will say of itself. */
function factsOf(loaded: LoadedScenario, flags: CheckFlags, io: Io): RunFacts {
  const overrides = compareOverrides(flags, loaded.scenario, io);
  const terms = termFigures(termsOf(loaded, overrides));
  const seeds = seedsOf(runsOf(flags), terms.seed);
  return { ...terms, partial: false, runs: { count: seeds.length, seeds } };
}

/** As with every flag, `--expect` replaces what the scenario says of the same. */
function expectationsOf(
  { name, scenario }: LoadedScenario,
  asked: readonly Expectation[],
  { baseline }: CheckFlags,
): readonly Expectation[] {
  const expectations = asked.length > 0 ? asked : scenario.expect;
  if (expectations.length > 0 || baseline !== undefined) return expectations;
  throw new UsageError(
    `${name}: nothing is expected; write expect: in the scenario, or --expect 'fairness.jain >= 0.95', or --baseline FILE`,
  );
}

/** With its place as the repository that is checked knows it; without one where that lies elsewhere, as shipped scenarios do. */
function placed({ place, ...expectation }: Expectation, { GITHUB_WORKSPACE }: Io['env']): Expectation {
  if (place === undefined) return expectation;
  const file = relative(GITHUB_WORKSPACE || process.cwd(), resolve(place.file));
  const isOutside = isAbsolute(file) || file.split(sep)[0] === '..';
  return isOutside ? expectation : { ...expectation, place: { ...place, file: file.replaceAll(sep, '/') } };
}
