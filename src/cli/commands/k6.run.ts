import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../../errors.ts';
import {
  asAddresses,
  carriesAddress,
  parseCarrier,
  parseDescriptor,
  parseHits,
} from '../../loadtest/carrier.ts';
import { composeFile } from '../../loadtest/compose.ts';
import { filesOf } from '../../loadtest/folder.ts';
import { type TestOptions, testPlan } from '../../loadtest/test-plan.ts';
import { latencyGate } from '../../loadtest/thresholds.ts';
import type { Workload } from '../../loadtest/workload.ts';
import { workloadOf } from '../../loadtest/workload-of.ts';
import { safeText } from '../../report/safe-text.ts';
import { concerns, type Expectation } from '../../sim/expectation.ts';
import type { ComparisonPlan } from '../../sim/plan.ts';
import { prepare } from '../../sim/prepare.ts';
import type { LoadedScenario } from '../../sim/scenario-file.ts';
import { findAlgorithm } from '../../sim/selection.ts';
import { formatCount, parseCount, parseDuration } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import type { K6Flags } from './k6.ts';
import { compareOverrides, flagged, scenarioFor } from './overrides.ts';
import { parseStatuses } from './statuses.ts';

const headerFamilies = ['retry-after', 'ratelimit', 'draft-07', 'draft-03', 'x-ratelimit'];

/** Writes the folder of a test. */
export async function writeK6Test(name: string | undefined, flags: K6Flags, io: Io): Promise<ExitCode> {
  const loaded = await scenarioFor(name, flags);
  const overrides = compareOverrides(flags, loaded.scenario, io);
  const folder = flags.output ?? `${loaded.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-k6`;
  await refuseOtherFolders(folder);
  const prepared = await prepare(loaded, overrides);
  const plan = immediate(prepared.plan, flags);
  const options = optionsOf(loaded, plan, flags);
  const runners =
    flags.kubernetes === undefined ? undefined : flagged('--kubernetes', flags.kubernetes, parseRunners);
  const compose = flags.dockerCompose && composeFile(plan.selections, plan.rules, options);
  const hasCosts = options.sendCost !== undefined;
  const { sent, total } = await workloadOf(loaded, overrides, prepared, {
    hasCosts,
    schedule: scheduleOf(flags),
  });
  const workload = carriesAddress(options.sendKey) ? { ...sent, keys: asAddresses(sent.keys) } : sent;
  const test = testPlan(workload, plan, options);
  await writeFiles(folder, await filesOf(test, workload, { runners, compose }));
  await write(
    io.stdout,
    `${wroteWords(folder, workload, total)}${unjudged(loaded.scenario.expect, flags)}\n`,
  );
  return exitCode.done;
}

function wroteWords(folder: string, { schedules, keys }: Workload, total: number): string {
  const how = schedules[0].rates === undefined ? 'each at its instant' : 'k6 keeps the rate';
  return `Wrote ${safeText(folder)}: ${formatCount(total)} requests of ${formatCount(keys.length)} keys, ${how}. Run it: cd ${safeText(folder)} && k6 run --out json=results.json.gz script.js`;
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

function optionsOf(
  { name, scenario }: LoadedScenario,
  { selections }: ComparisonPlan,
  flags: K6Flags,
): TestOptions {
  const isRls = flags.rls !== undefined;
  const concerning = scenario.expect.filter((expectation) =>
    selections.some((selection) => concerns(expectation, selection)),
  );
  return {
    name,
    target:
      flags.target === undefined
        ? undefined
        : flagged('--target', flags.target, isRls ? parseGrpcTarget : parseTarget),
    sendKey: isRls
      ? flagged('--send-key', flags.sendKey ?? 'descriptor:key', parseDescriptor)
      : flagged('--send-key', flags.sendKey ?? 'header:X-Api-Key', parseCarrier),
    sendCost:
      flags.sendCost === undefined
        ? undefined
        : flagged('--send-cost', flags.sendCost, isRls ? parseHits : parseCarrier),
    rlsDomain: flags.rls,
    refusedStatus: flagged('--refused-status', flags.refusedStatus, parseStatuses),
    headers: flagged('--headers', flags.headers ?? (isRls ? 'none' : 'retry-after'), parseFamilies),
    mostLateMs: flagged('--max-lateness', flags.maxLateness, parseDuration) / 1e3,
    latency: isRls ? [] : concerning.flatMap((expectation) => latencyGate(expectation) ?? []),
  };
}

function parseTarget(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw new UsageError(`"${text}" is not a URL; write one such as http://127.0.0.1:8080/`);
  }
  const url = new URL(text);
  if (url.username || url.password) {
    throw new UsageError(
      'holds credentials, which are never written to a script; pass them when it runs, in RL_AUTHORIZATION or RL_CREDENTIALS',
    );
  }
  return url.href;
}

const mostRunners = 1000;

function parseRunners(text: string): number {
  const runners = parseCount(text);
  if (runners >= 1 && runners <= mostRunners) return runners;
  throw new UsageError(`"${text}" is no number of runners; write one from 1 to ${mostRunners}`);
}

function parseGrpcTarget(text: string): string {
  if (/^grpcs?:\/\/[^/@\s]+$/.test(text)) return text;
  throw new UsageError(`"${text}" is not where --rls asks; write grpc://host:port, or grpcs:// for TLS`);
}

function parseFamilies(text: string): string[] {
  if (text === 'none') return [];
  const families = text.split(',').map((part) => part.trim());
  const unknown = families.find((family) => !headerFamilies.includes(family));
  if (unknown === undefined) return families;
  throw new UsageError(
    `"${unknown}" is no family of headers; write some of ${headerFamilies.join(', ')}, or none`,
  );
}

function scheduleOf({ schedule }: K6Flags): 'exact' | 'rate' | undefined {
  if (schedule === undefined || schedule === 'exact' || schedule === 'rate') return schedule;
  throw new UsageError(`--schedule: "${schedule}" is not a kind; write exact or rate`);
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
