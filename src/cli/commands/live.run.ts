import { UsageError, unlessAborted } from '../../errors.ts';
import { liveRun } from '../../loadtest/live.ts';
import { RecordedSource } from '../../loadtest/recorded-source.ts';
import { readRecording } from '../../loadtest/recording/read.ts';
import { safeText } from '../../report/safe-text.ts';
import { InlineEngine } from '../../sim/engine.ts';
import { run } from '../../sim/run.ts';
import type { Io } from '../io.ts';
import { version } from '../version.ts';
import type { Start } from './compare.run.ts';
import type { CompareFlags } from './compare.ts';
import { preparedOn, readOptions } from './recording.ts';

/** The row of a recorded target beside every algorithm on the same requests. Throws UsageError. */
export async function besideLive(
  name: string | undefined,
  file: string,
  flags: CompareFlags,
  io: Io,
): Promise<Start> {
  refuseOtherTraffic(name, flags);
  const recording = await unlessAborted(readRecording(file, readOptions(flags, io)), io.signal);
  const prepared = await preparedOn(recording, file, flags);
  return async (onProgress, signal) => {
    const live = await liveRun(recording, prepared, { version, signal });
    const source = new RecordedSource(recording);
    const engine = new InlineEngine(prepared.plan);
    const others = await run({ ...prepared, source, engine, version, signal, onProgress });
    const notes = [...new Set([...others.notes, ...live.notes])];
    return { ...others, results: [...live.results, ...others.results], notes };
  };
}

function refuseOtherTraffic(name: string | undefined, flags: CompareFlags): void {
  const others = ['trace', 'rate', 'keys', 'duration', 'store', 'runs', 'cost', 'time', 'spread'] as const;
  const given = name ?? others.find((flag) => flags[flag] !== undefined);
  if (given === undefined) return;
  const spelled = given === name ? safeText(given) : `--${given}`;
  throw new UsageError(`--live: the requests are those that were recorded; leave out ${spelled}`);
}
