import { oneOf } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { parseCarrier, parseDescriptor, parseHits } from '../../loadtest/carrier.ts';
import type { TestOptions } from '../../loadtest/test-plan.ts';
import { latencyGate } from '../../loadtest/thresholds.ts';
import { concerns } from '../../sim/expectation.ts';
import type { ComparisonPlan } from '../../sim/plan.ts';
import type { LoadedScenario } from '../../sim/scenario-file.ts';
import { parseCount, parseDuration } from '../../units.ts';
import { flagged } from './flagged.ts';
import type { K6Flags } from './k6.ts';
import { parseStatuses } from './statuses.ts';

const headerFamilies = ['retry-after', 'draft', 'draft-7', 'draft-6', 'x-ratelimit'];

/** What the flags and the scenario ask of a test. Throws UsageError that names the flag. */
export function optionsOf(
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

/** Processes in a cluster; undefined where none was asked for. */
export function runnersOf({ kubernetes }: K6Flags): number | undefined {
  return kubernetes === undefined ? undefined : flagged('--kubernetes', kubernetes, parseRunners);
}

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
  const thereAre = `there are ${headerFamilies.join(', ')}, and none`;
  return text.split(',').map((part) => oneOf('family of headers', part.trim(), headerFamilies, thereAre));
}

export function scheduleOf({ schedule }: K6Flags): 'exact' | 'rate' | undefined {
  if (schedule === undefined) return undefined;
  return flagged('--schedule', schedule, (text) => oneOf('schedule', text, ['exact', 'rate']));
}
