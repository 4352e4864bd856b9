import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { checkExpectations } from '../../check/expectations.ts';
import { UsageError } from '../../errors.ts';
import { liveRun } from '../../loadtest/live.ts';
import { RecordedSource } from '../../loadtest/recorded-source.ts';
import { readRecording, readResults } from '../../loadtest/recording/read.ts';
import type { Recording } from '../../loadtest/recording/recording.ts';
import type { K6Summary } from '../../loadtest/recording/summary.ts';
import { renderJson, renderText, reporterFor } from '../../report/index.ts';
import { safeText } from '../../report/safe-text.ts';
import { InlineEngine } from '../../sim/engine.ts';
import { parseExpectation } from '../../sim/expectation.ts';
import { type Prepared, prepareOn } from '../../sim/prepare.ts';
import type { RunResult } from '../../sim/result.ts';
import { parseRules, type Rule } from '../../sim/rule.ts';
import { run } from '../../sim/run.ts';
import { scenarioSchema } from '../../sim/scenario.ts';
import { parseSelections } from '../../sim/selection.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openOutputs } from '../output.ts';
import { shellWords } from '../shell-words.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import type { Start } from './compare.run.ts';
import type { CompareFlags } from './compare.ts';
import type { ImportFlags } from './k6.ts';
import { flagged } from './overrides.ts';
import { parseStatuses } from './statuses.ts';

/** What flags say of a recording. */
interface RecordingFlags {
  readonly limit?: string;
  readonly key?: string;
  readonly refusedStatus?: string;
  readonly algorithms?: string;
}

export function readOptions({ key, refusedStatus = '429' }: RecordingFlags, io: Io) {
  return {
    refusedStatus: flagged('--refused-status', refusedStatus, parseStatuses),
    ...(key !== undefined && { keyField: key }),
    stdin: io.stdin,
  };
}

/** The row of a recorded target beside every algorithm on the same requests. Throws UsageError. */
export async function besideLive(
  name: string | undefined,
  file: string,
  flags: CompareFlags,
  io: Io,
): Promise<Start> {
  refuseOtherTraffic(name, flags);
  const recording = await readRecording(file, readOptions(flags, io));
  const prepared = preparedOn(recording, file, await rulesFor(file, flags), flags);
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

function preparedOn(
  recording: Recording,
  file: string,
  limit: Rule[],
  { algorithms }: RecordingFlags,
): Prepared {
  const scenario = scenarioSchema.parse({ trace: { files: [file] } });
  return prepareOn(
    new RecordedSource(recording),
    { name: basename(file), scenario },
    {
      limit,
      ...(algorithms !== undefined && { algorithms: flagged('--algorithms', algorithms, parseSelections) }),
    },
  );
}

const planSchema = z.object({ schema: z.literal('ratelimit.k6-plan/1'), limit: z.string() });

/** `--limit`, or the one in the plan of the generated test that lies beside the file. */
async function rulesFor(file: string, { limit }: RecordingFlags): Promise<Rule[]> {
  if (limit !== undefined) return flagged('--limit', limit, parseRules);
  const path = join(dirname(file), 'plan.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const missing = `${file}: does not say what the target promised; add --limit, such as --limit 100/1m`;
  if (text === undefined) throw new UsageError(missing);
  try {
    return parseRules(planSchema.parse(JSON.parse(text)).limit);
  } catch {
    throw new UsageError(missing);
  }
}

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
  const outputs = await openOutputs(flags.output ?? [], reporterFor);
  const results = await readResults(file, readOptions(flags, io));
  if (!('requests' in results)) return tellSummary(results, flags, io);
  const prepared = preparedOn(results, file, await rulesFor(file, flags), {});
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
  await write(io.stdout, json ? `${JSON.stringify(summary, null, 2)}\n` : `${text}\n`);
  return verdictCodes[verdict];
}
