/** What `plan` is asked to serve: from flags, a saved run or a trace. */
import { UsageError, unlessAborted } from '../../errors.ts';
import type { Demand } from '../../plan/demand.ts';
import { zipfGroups } from '../../plan/popularity.ts';
import { Placement } from '../../plan/slots.ts';
import { prepare } from '../../sim/prepare.ts';
import type { LimitFigures, RunResult } from '../../sim/result.ts';
import { parseRules, type Rule } from '../../sim/rule.ts';
import { readRun } from '../../sim/saved-run.ts';
import { parseSelections, plainSelections, type Selection } from '../../sim/selection.ts';
import { parseCount, parseNumber, parsePeriod, parseRate } from '../../units.ts';
import type { Io } from '../io.ts';
import { flagged, parsePositive } from './flagged.ts';
import { compareOverrides, scenarioFor } from './overrides.ts';
import type { PlanFlags } from './plan.ts';

const defaultNameBytes = 32;

export interface Wanted {
  readonly demand: Demand;
  readonly selections: readonly Selection[];
  readonly notes: readonly string[];
}

/** Reads all of it; a flag has the last word. Throws UsageError. */
export async function wantedOf(flags: PlanFlags, io: Io): Promise<Wanted> {
  if (flags.from !== undefined && flags.trace !== undefined) {
    throw new UsageError('--from and --trace: each says what the traffic is; leave one out');
  }
  const run = flags.from === undefined ? undefined : await readRun(flags.from);
  const rules = rulesFor(flags, run);
  const named = flags.algorithms;
  const selections =
    named !== undefined
      ? flagged('--algorithms', named, parseSelections)
      : run
        ? run.results.map(selectionOf)
        : plainSelections();
  const traffic = flags.trace ? await recorded(flags, io) : assumed(flags, run);
  const replicas = flagged('--replicas', flags.replicas, parseReplicas);
  const hold = flags.hold === undefined ? {} : { holdUs: flagged('--hold', flags.hold, parsePeriod) };
  return { demand: { rules, replicas, ...hold, ...traffic.demand }, selections, notes: traffic.notes };
}

function rulesFor({ limit }: PlanFlags, run: RunResult | undefined): readonly Rule[] {
  if (limit === undefined && run === undefined) {
    throw new UsageError('--limit is missing; say what is promised to each key, such as --limit 100/1m');
  }
  const rules =
    limit !== undefined
      ? flagged('--limit', limit, parseRules)
      : (run!.scenario.limits ?? [run!.scenario.limit]).map(ruleOf); // one of the two is there
  const shared = rules.find(({ per }) => per !== 'key');
  if (!shared) return rules;
  throw new UsageError(
    `--limit: per=${shared.per} is shared by keys, and a plan counts each key by itself; write the limit without it and --keys as the number of those who share`,
  );
}

function ruleOf({ limit, period_us, burst, per, tenant }: LimitFigures): Rule {
  const scope = per === 'tenant' || per === 'global' ? per : 'key';
  return {
    quota: { limit, periodUs: period_us, burst },
    burstNamed: burst !== limit,
    per: scope,
    ...(tenant !== undefined && { tenant }),
  };
}

function selectionOf({ algorithm, variant, params }: RunResult['results'][number]): Selection {
  const { access, ...own } = params;
  const plain = variant.replace(/ ?access=\S+$/, '');
  return { algorithm, variant: plain, params: own, ...(access !== undefined && { access: String(access) }) };
}

type Traffic = Pick<
  Demand,
  'ratePerSecond' | 'groups' | 'popularity' | 'exponent' | 'placement' | 'nameBytes'
>;

/** Keys that are known by their number and how unequal they are. */
function assumed(flags: PlanFlags, run: RunResult | undefined): { demand: Traffic; notes: string[] } {
  const ratePerSecond = flags.rps === undefined ? peakOf(run) : flagged('--rps', flags.rps, parseRps);
  const keys = flags.keys === undefined ? run?.traffic.keys : flagged('--keys', flags.keys, parsePositive);
  if (ratePerSecond === undefined || !keys) {
    const missing = ratePerSecond === undefined ? '--rps is missing' : '--keys is missing';
    throw new UsageError(
      `${missing}; write the peak and the number of clients, such as --rps 100k --keys 5M, or name a --trace or a saved run with --from`,
    );
  }
  const exponent = flagged('--popularity', flags.popularity ?? 'zipf', parsePopularity);
  const groups = zipfGroups(keys, exponent);
  const popularity = exponent === 0 ? 'all alike' : `Zipf with exponent ${exponent}`;
  const nameBytes =
    flags.nameBytes === undefined ? defaultNameBytes : flagged('--name-bytes', flags.nameBytes, parseCount);
  const placement = Placement.ofGroups(groups);
  return { demand: { ratePerSecond, groups, popularity, exponent, placement, nameBytes }, notes: [] };
}

/** The busiest stretch of the run's timeline. */
function peakOf(run: RunResult | undefined): number | undefined {
  if (run === undefined || run.results.length === 0) return undefined;
  const { bucket_us, offered } = run.results[0].timeline;
  return offered.reduce((most, requests) => Math.max(most, requests), 0) / (bucket_us / 1e6);
}

async function recorded(flags: PlanFlags, io: Io): Promise<{ demand: Traffic; notes: readonly string[] }> {
  for (const flag of ['keys', 'popularity'] as const) {
    if (flags[flag] !== undefined) throw new UsageError(`--${flag}: a trace brings its own; leave it out`);
  }
  const loaded = await scenarioFor(undefined, flags);
  const { limit: _, algorithms: __, ...mapping } = flags;
  const overrides = compareOverrides(mapping, loaded.scenario, io);
  const { source } = await unlessAborted(prepare(loaded, overrides), io.signal);
  const { countedTraffic } = await import('../../plan/trace-demand.ts');
  try {
    const counted = await unlessAborted(countedTraffic(source), io.signal);
    const ratePerSecond =
      flags.rps === undefined ? counted.ratePerSecond : flagged('--rps', flags.rps, parseRps);
    return { demand: { ...counted, ratePerSecond }, notes: source.summary().notes };
  } finally {
    await source.close();
  }
}

/** `100k` or `100k/s`. */
function parseRps(text: string): number {
  const rate = text.includes('/') ? parseRate(text) : parseCount(text);
  if (rate > 0) return rate;
  throw new UsageError(`"${text}" is no traffic; write a rate above 0, such as 100k`);
}

/** To the exponent of Zipf's law, 0 for uniform. */
function parsePopularity(text: string): number {
  if (text === 'uniform') return 0;
  const [law, exponent = '1'] = text.split('=');
  if (law === 'zipf') return parseNumber(exponent);
  throw new UsageError(`"${text}" is not a law; write uniform, zipf or zipf=1.2`);
}

function parseReplicas(text: string): number {
  const replicas = parseCount(text);
  if (replicas <= 5) return replicas;
  throw new UsageError(`${replicas} replicas are more than a master can have here; write 0 to 5`);
}
