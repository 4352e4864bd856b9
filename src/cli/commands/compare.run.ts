import { UsageError, unlessAborted } from '../../errors.ts';
import { renderJson, renderText, reporterFor, type TextOptions, wantsAscii } from '../../report/index.ts';
import { batchRows, type Engine, InlineEngine } from '../../sim/engine.ts';
import { inlineDeeply } from '../../sim/inlining.ts';
import { ParallelEngine } from '../../sim/parallel-engine.ts';
import { type Overrides, type Prepared, prepare } from '../../sim/prepare.ts';
import type { RunResult } from '../../sim/result.ts';
import { type Progress, run } from '../../sim/run.ts';
import type { LoadedScenario } from '../../sim/scenario-file.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openOutputs } from '../output.ts';
import { ProgressLine } from '../progress-line.ts';
import { version } from '../version.ts';
import type { CompareFlags } from './compare.ts';
import { compareOverrides, scenarioFor } from './overrides.ts';
import { liveOptions, refuseStoreFlags, splitTime } from './store-options.ts';
import { withStore } from './with-store.ts';

/** A run that is ready to start. */
type Start = (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<RunResult>;

export async function compare(name: string | undefined, flags: CompareFlags, io: Io): Promise<ExitCode> {
  const outputs = await openOutputs(flags.output ?? [], reporterFor); // before the run: a bad path costs no time
  const loaded = await scenarioFor(name, flags);
  const overrides = compareOverrides(flags, loaded.scenario, io);
  const start =
    flags.store === undefined
      ? await onVirtualClock(loaded, overrides, flags, io)
      : onStore(flags.store, loaded, overrides, flags, io);
  const result = wantsTui(flags, io) ? await inTui(start, io) : await inPlain(start, flags, io);
  for (const output of outputs) await output.write(result);
  if (!result.partial) return exitCode.done;
  return io.signal.aborted ? exitCode.interrupted : exitCode.service;
}

async function onVirtualClock(
  loaded: LoadedScenario,
  overrides: Overrides,
  flags: CompareFlags,
  io: Io,
): Promise<Start> {
  refuseStoreFlags(flags);
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
  flags: CompareFlags,
  io: Io,
): Start {
  const live = liveOptions(flags, splitTime(flags.time, flags.store).clock);
  return (onProgress, signal) =>
    withStore(address, live.connections, io, async (store, prefix) => {
      const { compareOnStore } = await import('../../sim/live/compare-on-store.ts');
      return compareOnStore(loaded, overrides, { version, store, prefix, live, signal, onProgress });
    });
}

function wantsTui({ tui, json, quiet }: CompareFlags, { stdin, stdout, env }: Io): boolean {
  const wanted = tui && !json && !quiet && !env.CI && !env.NO_COLOR && env.TERM !== 'dumb';
  return wanted && stdin.isTTY === true && stdout.isTTY === true;
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

async function inPlain(start: Start, { json, quiet }: CompareFlags, io: Io): Promise<RunResult> {
  const progress = quiet ? undefined : new ProgressLine(io.stderr);
  const result = await start((now) => progress?.show(now), io.signal);
  progress?.clear();
  await write(io.stdout, json ? renderJson(result) : renderText(result, textOptions(io)));
  return result;
}

function textOptions({ stdout, env }: Io): TextOptions {
  return { ascii: wantsAscii(env), ...(stdout.columns !== undefined && { width: stdout.columns }) };
}

function engineFor({ plan, threads }: Prepared): Engine {
  inlineDeeply();
  const workerUrl = new URL('./worker.js', import.meta.url); // beside this module in the bundle
  return threads === 0
    ? new InlineEngine(plan, batchRows)
    : new ParallelEngine(plan, batchRows, threads, workerUrl);
}
