import { UsageError, unlessAborted } from '../../errors.ts';
import { indentedJson } from '../../indented-json.ts';
import { fitted } from '../../loadtest/fit/result.ts';
import { readRecording } from '../../loadtest/recording/read.ts';
import { renderFit } from '../../report/fit-text.ts';
import { parseDuration } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { withWords } from '../progress-line.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import type { FitFlags } from './fit.ts';
import { flagged } from './flagged.ts';
import { readOptions } from './recording.ts';

export async function tellFit(file: string, flags: FitFlags, io: Io): Promise<ExitCode> {
  const toleranceUs = flagged('--tolerance', flags.tolerance, parseDuration);
  const recording = await unlessAborted(readRecording(file, readOptions(flags, io)), io.signal);
  const decided = (allowed: boolean) =>
    recording.requests.some((request) => request.allowed === allowed && request.cost > 0);
  if (!decided(false))
    throw new UsageError(`${file}: nobody was refused, so nothing tells of a limit; send more`);
  if (!decided(true)) throw new UsageError(`${file}: nobody was admitted, so nothing tells of a limit`);
  const result = await withWords(
    (say) =>
      fitted(recording, toleranceUs, version, {
        signal: io.signal,
        onProgress: (done, total) => say(`tried ${done} of ${total} ways to limit`),
      }),
    io,
  );
  const text = flags.json ? indentedJson(result) : renderFit(result, textOptions(io));
  await write(io.stdout, text);
  return exitCode.done;
}
