import { unlessAborted } from '../../errors.ts';
import { renderJson, renderText, reporterFor, type TextOptions, wantsAscii } from '../../report/index.ts';
import { batchRows, type Engine, InlineEngine } from '../../sim/engine.ts';
import { inlineDeeply } from '../../sim/inlining.ts';
import { ParallelEngine } from '../../sim/parallel-engine.ts';
import { type Prepared, prepare } from '../../sim/prepare.ts';
import type { RunResult } from '../../sim/result.ts';
import { type Progress, run } from '../../sim/run.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openOutputs } from '../output.ts';
import { ProgressLine } from '../progress-line.ts';
import { version } from '../version.ts';
import type { CompareFlags } from './compare.ts';
import { compareOverrides, scenarioFor } from './overrides.ts';

export async function compare(name: string | undefined, flags: CompareFlags, io: Io): Promise<ExitCode> {
  const outputs = await openOutputs(flags.output ?? [], reporterFor); // before the run: a bad path costs no time
  const loaded = await scenarioFor(name, flags);
  const prepared = await unlessAborted(
    prepare(loaded, compareOverrides(flags, loaded.scenario, io)),
    io.signal,
  );
  const result = wantsTui(flags, io) ? await inTui(prepared, io) : await inPlain(prepared, flags, io);
  for (const output of outputs) await output.write(result);
  return result.partial ? exitCode.interrupted : exitCode.done;
}

function wantsTui({ tui, json, quiet }: CompareFlags, { stdin, stdout, env }: Io): boolean {
  const wanted = tui && !json && !quiet && !env.CI && !env.NO_COLOR && env.TERM !== 'dumb';
  return wanted && stdin.isTTY === true && stdout.isTTY === true;
}

async function inTui(prepared: Prepared, io: Io): Promise<RunResult> {
  const { showComparison } = await import('../tui/index.tsx');
  return showComparison({
    run: (onProgress, signal) => start(prepared, signal, onProgress),
    stdin: io.stdin,
    stdout: io.stdout,
    signal: io.signal,
    env: io.env,
  });
}

async function inPlain(prepared: Prepared, { json, quiet }: CompareFlags, io: Io): Promise<RunResult> {
  const progress = quiet ? undefined : new ProgressLine(io.stderr);
  const result = await start(prepared, io.signal, (now) => progress?.show(now));
  progress?.clear();
  await write(io.stdout, json ? renderJson(result) : renderText(result, textOptions(io)));
  return result;
}

function textOptions({ stdout, env }: Io): TextOptions {
  return { ascii: wantsAscii(env), ...(stdout.columns !== undefined && { width: stdout.columns }) };
}

function start(
  prepared: Prepared,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<RunResult> {
  return run({ ...prepared, version, engine: engineFor(prepared), signal, onProgress });
}

function engineFor({ plan, threads }: Prepared): Engine {
  inlineDeeply();
  const workerUrl = new URL('./worker.js', import.meta.url); // beside this module in the bundle
  return threads === 0
    ? new InlineEngine(plan, batchRows)
    : new ParallelEngine(plan, batchRows, threads, workerUrl);
}
