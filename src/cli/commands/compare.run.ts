import { UsageError, unlessAborted } from '../../errors.ts';
import { renderJson, renderText, reporterFor } from '../../report/index.ts';
import { type Engine, InlineEngine } from '../../sim/engine.ts';
import { inlineDeeply } from '../../sim/inlining.ts';
import type { Overrides } from '../../sim/overrides.ts';
import { ParallelEngine } from '../../sim/parallel-engine.ts';
import { type Prepared, prepare } from '../../sim/prepare.ts';
import { type OnProgress, overParts } from '../../sim/progress.ts';
import { refuseReadOnce } from '../../sim/read-again.ts';
import type { RunResult } from '../../sim/result.ts';
import { run } from '../../sim/run.ts';
import type { LoadedScenario } from '../../sim/scenario-file.ts';
import { seedsOf, termsOf } from '../../sim/terms.ts';
import { parseCount } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openOutputs, refuseOverwriting } from '../output.ts';
import { withProgress } from '../progress-line.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import { wantsTui } from '../wants-tui.ts';
import type { CompareFlags } from './compare.ts';
import type { ComparisonFlags } from './comparison-flags.ts';
import { flagged } from './flagged.ts';
import { compareOverrides, filesOf, scenarioFor } from './overrides.ts';
import { liveOptions, refuseStoreFlags, splitTime } from './store-options.ts';
import { withStore } from './with-store.ts';

export async function compare(name: string | undefined, flags: CompareFlags, io: Io): Promise<ExitCode> {
  const outputs = await openOutputs(flags.output ?? [], reporterFor); // before the run: a bad path costs no time
  const start = await startOf(name, flags, io);
  const result = wantsTui(flags, io) ? await inTui(start, io) : await inPlain(start, flags, io);
  for (const output of outputs) await output.write(result);
  return codeOfRun(result);
}

async function startOf(name: string | undefined, flags: CompareFlags, io: Io): Promise<Start> {
  if (flags.live === undefined) {
    if (flags.refusedStatus !== undefined) {
      throw new UsageError('--refused-status: speaks of a recording; name it with --live FILE');
    }
    const loaded = await scenarioFor(name, flags);
    await refuseOverwriting(filesOf(name, loaded, flags), flags.output);
    return readied(loaded, flags, io);
  }
  await refuseOverwriting([flags.live], flags.output);
  const { besideLive } = await import('./live.run.ts');
  return besideLive(name, flags.live, flags, io);
}

/** What a run that broke nothing ends the program with. */
export function codeOfRun({ partial, partial_reason }: RunResult): ExitCode {
  if (!partial) return exitCode.done;
  return partial_reason === 'store' ? exitCode.service : exitCode.interrupted;
}

/** A run that is ready to start; with `--runs` it is repeated under as many seeds. */
export type Start = (onProgress: OnProgress, signal: AbortSignal) => Promise<RunResult>;

/** Opens the traffic and settles what is compared, so that what is wrong shows before anything runs. */
export async function readied(loaded: LoadedScenario, flags: ComparisonFlags, io: Io): Promise<Start> {
  const overrides = compareOverrides(flags, loaded.scenario, io);
  const runs = runsOf(flags);
  if (runs > 1) await refuseReadOnce(loaded, overrides, '--runs: the traffic is read for each run');
  const ready = readyOn(loaded, flags, io);
  const first = await ready(overrides);
  if (runs === 1) return first;
  const { repeated } = await import('../../sim/repeated.ts');
  const seeds = seedsOf(runs, termsOf(loaded, overrides).seed);
  return (onProgress, signal) => {
    const partOf = overParts(runs, onProgress);
    return repeated(seeds, async (seed) => {
      const start = seed === seeds[0] ? first : await ready({ ...overrides, seed });
      const at = seeds.indexOf(seed);
      return start(partOf(at, `run ${at + 1} of ${runs}`), signal);
    });
  };
}

/** Where the decisions are made: on the virtual clock, or in the store that is named. */
function readyOn(
  loaded: LoadedScenario,
  flags: ComparisonFlags,
  io: Io,
): (overrides: Overrides) => Start | Promise<Start> {
  const { store } = flags;
  if (store !== undefined) return (overrides) => onStore(store, loaded, overrides, flags, io);
  refuseStoreFlags(flags);
  return (overrides) => onVirtualClock(loaded, overrides, io);
}

async function onVirtualClock(loaded: LoadedScenario, overrides: Overrides, io: Io): Promise<Start> {
  const prepared = await unlessAborted(prepare(loaded, overrides), io.signal);
  const asked = prepared.plan.selections.find(({ access }) => access !== undefined);
  if (asked) {
    await prepared.source.close();
    throw new UsageError(
      `${asked.algorithm}:access=${asked.access}: is a way to ask a real store; name one with --store`,
    );
  }
  return (onProgress, signal) =>
    run({ ...prepared, version, engine: engineFor(prepared), signal, onProgress });
}

function onStore(
  address: string,
  loaded: LoadedScenario,
  overrides: Overrides,
  flags: ComparisonFlags,
  io: Io,
): Start {
  const live = liveOptions(flags, splitTime(flags.time, flags.store).clock);
  return (onProgress, signal) =>
    withStore(address, live.connections, io, async (store, prefix) => {
      const { compareOnStore } = await import('../../sim/live/compare-on-store.ts');
      return compareOnStore(loaded, overrides, { version, store, prefix, live, signal, onProgress });
    });
}

/** How often the run is repeated under seeds of its own; 1 when that is not asked for. */
export function runsOf({ runs }: Pick<ComparisonFlags, 'runs'>): number {
  return runs === undefined ? 1 : flagged('--runs', runs, parseRuns);
}

function parseRuns(text: string): number {
  const runs = parseCount(text);
  if (runs >= 2) return runs;
  throw new UsageError(`"${text}" has no spread; write 2 or more, such as 5`);
}

async function inTui(start: Start, io: Io): Promise<RunResult> {
  const { showComparison } = await import('../tui/index.tsx');
  return showComparison({
    run: start,
    stdin: io.stdin,
    stdout: io.stdout,
    signal: io.signal,
    env: io.env,
  });
}

async function inPlain(start: Start, flags: CompareFlags, io: Io): Promise<RunResult> {
  const result = await withProgress((onProgress) => start(onProgress, io.signal), flags, io);
  await write(io.stdout, flags.json ? renderJson(result) : renderText(result, textOptions(io)));
  return result;
}

function engineFor({ plan, threads }: Prepared): Engine {
  inlineDeeply();
  const workerUrl = new URL('./worker.js', import.meta.url); // beside this module in the bundle
  return threads === 0 ? new InlineEngine(plan) : new ParallelEngine(plan, threads, workerUrl);
}
