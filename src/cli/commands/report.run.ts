import { UsageError } from '../../errors.ts';
import { renderJson, renderText, reporterFor } from '../../report/index.ts';
import { safeText } from '../../report/safe-text.ts';
import type { RunResult } from '../../sim/result.ts';
import { readRun } from '../../sim/saved-run.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openOutputs } from '../output.ts';
import { textOptions } from '../text-options.ts';
import type { ReportFlags } from './report.ts';

/** All files are read before anything is shown, so that a damaged one costs no half report. */
export async function report(files: readonly string[], flags: ReportFlags, io: Io): Promise<ExitCode> {
  const paths = flags.output ?? [];
  if (paths.length > 0 && files.length > 1) {
    throw new UsageError(
      `--output ${paths[0]}: holds one run and ${files.length} are named; write them one by one`,
    );
  }
  const outputs = await openOutputs(paths, reporterFor);
  const results = await Promise.all(files.map((file) => readRun(file)));
  for (const output of outputs) await output.write(results[0]);
  if (outputs.length === 0 || flags.json) await write(io.stdout, shown(files, results, flags, io));
  return exitCode.done;
}

function shown(
  files: readonly string[],
  results: readonly RunResult[],
  { json }: ReportFlags,
  io: Io,
): string {
  if (json) return results.map(renderJson).join('');
  const texts = results.map((result) => renderText(result, textOptions(io)));
  if (files.length === 1) return texts[0];
  return texts.map((text, at) => `${safeText(files[at])}\n\n${text}`).join('\n\n');
}
