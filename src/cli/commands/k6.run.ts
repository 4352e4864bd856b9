import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError, unlessAborted } from '../../errors.ts';
import { asAddresses, carriesAddress } from '../../loadtest/carrier.ts';
import { composeFile } from '../../loadtest/compose.ts';
import { filesOf } from '../../loadtest/folder.ts';
import { testPlan } from '../../loadtest/test-plan.ts';
import { latencyGate } from '../../loadtest/thresholds.ts';
import type { Workload } from '../../loadtest/workload.ts';
import { workloadOf } from '../../loadtest/workload-of.ts';
import { safeText } from '../../report/safe-text.ts';
import type { Expectation } from '../../sim/expectation.ts';
import type { ComparisonPlan } from '../../sim/plan.ts';
import { prepare } from '../../sim/prepare.ts';
import { findAlgorithm } from '../../sim/selection.ts';
import { formatCount } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { shellWords } from '../shell-words.ts';
import type { K6Flags } from './k6.ts';
import { optionsOf, runnersOf, scheduleOf } from './k6-options.ts';
import { compareOverrides, scenarioFor } from './overrides.ts';

/** Writes the folder of a test. */
export async function writeK6Test(name: string | undefined, flags: K6Flags, io: Io): Promise<ExitCode> {
  const loaded = await scenarioFor(name, flags);
  const overrides = compareOverrides(flags, loaded.scenario, io);
  const folder = flags.output ?? `${loaded.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-k6`;
  await refuseOtherFolders(folder);
  const prepared = await unlessAborted(prepare(loaded, overrides), io.signal);
  const plan = immediate(prepared.plan, flags);
  const options = optionsOf(loaded, plan, flags);
  const runners = runnersOf(flags);
  const compose = flags.dockerCompose && composeFile(plan.selections, plan.rules, options);
  const hasCosts = options.sendCost !== undefined;
  const wish = { hasCosts, schedule: scheduleOf(flags) };
  const { sent, total } = await unlessAborted(workloadOf(loaded, overrides, prepared, wish), io.signal);
  if (options.sendCost?.in === 'hits-addend') refusePeeks(sent);
  const workload = carriesAddress(options.sendKey) ? { ...sent, keys: asAddresses(sent.keys) } : sent;
  const test = await testPlan(workload, plan, options, io.signal);
  await writeFiles(folder, await filesOf(test, workload, { runners, compose }));
  await write(
    io.stdout,
    `${wroteWords(folder, workload, total)}${unjudged(loaded.scenario.expect, flags)}\n`,
  );
  return exitCode.done;
}

/** Envoy's protocol has no request that costs nothing: 0 stands for 1. */
function refusePeeks({ schedules }: Workload): void {
  if (!schedules.some(({ requests }) => requests.some(({ cost }) => cost === 0))) return;
  throw new UsageError(
    '--send-cost hits-addend: some requests cost 0, which Envoy would count as 1; leave them out',
  );
}

function wroteWords(folder: string, { schedules, keys }: Workload, total: number): string {
  const how = schedules[0].rates === undefined ? 'each at its instant' : 'k6 keeps the rate';
  return `Wrote ${safeText(folder)}: ${formatCount(total)} requests of ${formatCount(keys.length)} keys, ${how}. Run it: cd ${shellWords([safeText(folder)])} && k6 run --out json=results.json.gz script.js`;
}

/** What k6 cannot judge is said, and where it can be. */
function unjudged(expectations: readonly Expectation[], { rls }: K6Flags): string {
  const left = expectations.filter(
    (expectation) => rls !== undefined || latencyGate(expectation) === undefined,
  );
  if (left.length === 0) return '';
  return `\nNot judged by k6, but by "ratelimit k6 import --expect": ${left.map(({ text }) => safeText(text)).join('; ')}`;
}

/** The rows that can be a remote limiter which answers at once. */
function immediate(plan: ComparisonPlan, { algorithms }: K6Flags): ComparisonPlan {
  const unfit = plan.selections.find(({ algorithm }) => findAlgorithm(algorithm).needsDurations);
  if (algorithms !== undefined && unfit) {
    throw new UsageError(
      `--algorithms: what ${unfit.algorithm} admits depends on how long requests take, which is not known beforehand; leave it out`,
    );
  }
  return {
    ...plan,
    selections: plan.selections.filter(({ algorithm }) => !findAlgorithm(algorithm).needsDurations),
  };
}

/** A folder that holds something else is left alone. */
async function refuseOtherFolders(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(({ code }: NodeJS.ErrnoException) => {
    if (code === 'ENOENT') return [];
    throw new UsageError(
      `--output ${folder}: ${code === 'ENOTDIR' ? 'is a file' : 'cannot be read'}; name a folder`,
    );
  });
  const plan = await readFile(join(folder, 'plan.json'), 'utf8').catch(() => '');
  if (entries.length === 0 || plan.includes('"ratelimit.k6-plan/')) return;
  throw new UsageError(
    `--output ${folder}: holds other files; name an empty folder, or one that holds an earlier test`,
  );
}

async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  } catch (error) {
    throw new UsageError(
      `--output ${folder}: cannot be written: ${(error as NodeJS.ErrnoException).message}`,
    ); // what the file system throws
  }
}
