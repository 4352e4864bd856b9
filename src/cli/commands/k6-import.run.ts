import { checkExpectations } from '../../check/expectations.ts';
import { UsageError, unlessAborted } from '../../errors.ts';
import { indentedJson } from '../../indented-json.ts';
import { liveRun } from '../../loadtest/live.ts';
import { readResults } from '../../loadtest/recording/read.ts';
import type { K6Summary } from '../../loadtest/recording/summary.ts';
import { renderJson, renderText, reporterFor } from '../../report/index.ts';
import { safeText } from '../../report/safe-text.ts';
import { parseExpectation } from '../../sim/expectation.ts';
import type { RunResult } from '../../sim/result.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openOutputs, refuseOverwriting } from '../output.ts';
import { shellWords } from '../shell-words.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import { flagged } from './flagged.ts';
import type { ImportFlags } from './k6.ts';
import { preparedOn, readOptions } from './recording.ts';

/**
 * Ends with 1 when an expectation or the test is broken, with 3 when the load generator did not do its part. `given`: the
 * flags to type again to hold an expectation against the same figures.
 */
export async function importResults(
  file: string,
  flags: ImportFlags,
  given: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const expectations = (flags.expect ?? []).map((text) => flagged('--expect', text, parseExpectation));
  await refuseOverwriting([file], flags.output);
  const outputs = await openOutputs(flags.output ?? [], reporterFor);
  const results = await unlessAborted(readResults(file, readOptions(flags, io)), io.signal);
  if (!('requests' in results)) return tellSummary(results, flags, io);
  const prepared = await preparedOn(results, file, flags);
  const measured = await liveRun(results, prepared, { version, signal: io.signal });
  const checks = checkExpectations(measured, expectations, ({ text }) =>
    shellWords(['ratelimit', 'k6', 'import', file, ...given, '--expect', text]),
  );
  const result: RunResult = expectations.length === 0 ? measured : { ...measured, checks };
  await write(io.stdout, flags.json ? renderJson(result) : renderText(result, textOptions(io)));
  for (const output of outputs) await output.write(result);
  const broken = checks.filter(({ passed }) => !passed);
  for (const { expectation, seen } of broken)
    io.stderr.write(`broken: ${safeText(expectation)}, seen ${safeText(seen)}\n`);
  return broken.length > 0 ? exitCode.checkFailed : exitCode.done;
}

const verdictCodes = {
  passed: exitCode.done,
  failed: exitCode.checkFailed,
  inconclusive: exitCode.service,
} as const;

/** A summary has counts only: its verdict is told again, and decides how the program ends. */
async function tellSummary(
  summary: K6Summary,
  { json, output, expect }: ImportFlags,
  io: Io,
): Promise<ExitCode> {
  if (output || expect) {
    throw new UsageError(
      'a summary has only counts; for figures run k6 with --out json=results.json.gz and import that file',
    );
  }
  const { name, verdict, sent, admitted, refused, unexpected, judged } = summary;
  const broken = judged
    .filter(({ ok }) => !ok)
    .map(({ metric, expected, seen }) => `broken: ${metric}: ${expected}, seen ${seen ?? 'nothing'}`);
  const counts = `${sent} sent, ${admitted} admitted, ${refused} refused, ${unexpected} unexpected`;
  const text = [`${name}: ${verdict}`, counts, ...broken].map((line) => safeText(line)).join('\n');
  await write(io.stdout, json ? indentedJson(summary) : `${text}\n`);
  return verdictCodes[verdict];
}
