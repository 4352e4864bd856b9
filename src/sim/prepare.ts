import { availableParallelism } from 'node:os';
import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { tenantNames } from '../traffic/plan.ts';
import { atMeanRate } from '../traffic/rate.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import type { StreamInput, StreamSpec } from '../traffic/stream-spec.ts';
import { SyntheticTraffic } from '../traffic/synthetic.ts';
import { WithTenants } from '../traffic/tenant.ts';
import { deployedRows } from './deployed-rows.ts';
import type { ComparisonPlan } from './plan.ts';
import { profileNames } from './profiles/index.ts';
import type { Rule } from './rule.ts';
import type { Scenario } from './scenario.ts';
import type { LoadedScenario } from './scenario-file.ts';
import { findAlgorithm, plainSelections, type Selection, validParams } from './selection.ts';
import { type Terms, termsOf } from './terms.ts';

/** What the command line says over the scenario; each replaces what the scenario says of the same. */
export interface Overrides {
  readonly limit?: Scenario['limit'];
  readonly algorithms?: readonly Selection[];
  readonly topologies?: Scenario['topologies'];
  readonly nodes?: Scenario['nodes'];
  readonly clients?: Scenario['clients'];
  readonly faults?: Scenario['faults'];
  readonly seed?: number;
  readonly durationUs?: number;
  readonly ratePerSecond?: number;
  readonly keys?: number;
  readonly trace?: NonNullable<Scenario['trace']>;
  /** Largest share of trace lines that may be malformed. */
  readonly maxMalformedRatio?: number;
  readonly stdin?: NodeJS.ReadableStream;
}

/** A scenario that is ready to run. */
export interface Prepared {
  readonly name: string;
  readonly seed: number;
  readonly source: ArrivalSource;
  readonly plan: ComparisonPlan;
  readonly notes: readonly string[];
  readonly expectedRequests?: number;
  /** Worker threads worth starting; 0 when the calling thread will be faster. */
  readonly threads: number;
}

const worthThreads = 3e6; // decisions: below, starting threads takes longer than they save

/** Opens the traffic and settles what is to be compared. Throws UsageError. */
export async function prepare(loaded: LoadedScenario, overrides: Overrides): Promise<Prepared> {
  const terms = termsOf(loaded, overrides);
  return settled(loaded, overrides, terms, await openTraffic(loaded.scenario, overrides, terms));
}

/** The same on requests that are there already. */
export function prepareOn(source: ArrivalSource, loaded: LoadedScenario, overrides: Overrides): Prepared {
  const terms = termsOf(loaded, overrides);
  return settled(loaded, overrides, terms, recordedTraffic(source, terms.rules));
}

function settled(
  { scenario }: LoadedScenario,
  overrides: Overrides,
  { name, seed, rules, contracts }: Terms,
  { source, tenants, expectedRequests, atMost }: Traffic,
): Prepared {
  const { selections: able, notes } = choose(overrides.algorithms ?? rowsOf(scenario), source, rules);
  const selections = deployedRows(able, { ...scenario, ...overrides, seed });
  return {
    name,
    seed,
    source,
    plan: { rules, contracts, selections, context: { epochUs: source.epochUs }, tenants },
    notes,
    ...(expectedRequests !== undefined && { expectedRequests }),
    threads: atMost * selections.length < worthThreads ? 0 : availableParallelism(),
  };
}

/** The rows that a scenario names; every algorithm in its plain form when it names none. */
function rowsOf({ algorithms, profiles }: Scenario): readonly Selection[] {
  if (!algorithms && !profiles) return plainSelections();
  return [...(algorithms ?? []), ...(profiles ?? [])];
}

/** Leaves out, and says so, what cannot decide about this traffic or under these limits. */
function choose(selections: readonly Selection[], source: ArrivalSource, rules: readonly Rule[]) {
  const reasons = selections.map((selection) => whyNot(selection, source, rules));
  const able = selections.filter((_, at) => reasons[at] === undefined);
  const notes = [...new Set(reasons.filter((reason) => reason !== undefined))];
  if (able.length === 0) throw new UsageError(notes.join('\n'));
  return { selections: able, notes: notes.map((note) => `Left out: ${note}.`) };
}

/** Why a row cannot be: a reason to leave it out. A parameter that the user chose and that cannot be is an error. */
function whyNot(
  { algorithm: name, variant, params }: Selection,
  source: ArrivalSource,
  rules: readonly Rule[],
) {
  const algorithm = findAlgorithm(name);
  if (algorithm.needsDurations && !source.hasDurations) {
    return `${name} needs to know how long requests take, and this traffic does not say`;
  }
  if (algorithm.holdsBack && rules.length > 1 && rules.some(({ per }) => per !== 'key')) {
    return `${name} under limits that keys share: requests of different keys would overtake each other while they are held back`;
  }
  try {
    for (const { quota } of rules) algorithm.create(quota, validParams(algorithm, params), { epochUs: 0 });
    return undefined;
  } catch (error) {
    const isVariant = algorithm.variants.some((known) => known.name === variant);
    if (!(error instanceof UsageError)) throw error;
    if (isVariant) return `${name} with ${variant}: ${error.message}`;
    if (profileNames.includes(name)) return `${name}: ${error.message}`;
    throw error;
  }
}

interface Traffic {
  readonly source: ArrivalSource;
  readonly tenants: readonly string[];
  readonly expectedRequests?: number;
  /** More requests than this will hardly come; a trace may be a small table that stands for millions. */
  readonly atMost: number;
}

async function openTraffic(
  scenario: Scenario,
  overrides: Overrides,
  { seed, rules }: Terms,
): Promise<Traffic> {
  const trace = overrides.trace ?? scenario.trace;
  return trace
    ? openRecorded(trace, overrides, seed, rules)
    : openSynthetic(streamsOf(scenario, overrides), durationOf(scenario, overrides), seed, rules);
}

function openSynthetic(
  streams: readonly StreamSpec[],
  durationUs: number,
  seed: number,
  rules: readonly Rule[],
): Traffic {
  const tenants = tenantNames(streams);
  for (const { tenant, per } of rules) {
    if (per === 'tenant' && tenants.length === 0) {
      throw new UsageError(
        'limit: per=tenant, but no stream has tenants; use keys of the model "tenants", or per=global',
      );
    }
    if (tenant === undefined || tenants.includes(tenant)) continue;
    const thereAre = tenants.length === 0 ? 'there are none' : undefined;
    throw new UsageError(`tenant_limits: ${noneCalled('tenant of a stream', tenant, tenants, thereAre)}`);
  }
  const source = new SyntheticTraffic({ seed, durationUs, streams, tenants });
  const expectedRequests = source.expectedRequests();
  return { source, tenants, expectedRequests, atMost: expectedRequests };
}

async function openRecorded(
  { files, ...mapping }: NonNullable<Scenario['trace']>,
  { ratePerSecond, maxMalformedRatio = 0.01, stdin, durationUs, keys }: Overrides,
  seed: number,
  rules: readonly Rule[],
): Promise<Traffic> {
  if (keys !== undefined) throw new UsageError('--keys: a trace brings its own keys; leave it out');
  if (durationUs !== undefined) throw new UsageError('--duration: a trace is read to its end; leave it out');
  const { openTrace } = await import('../traffic/trace/index.ts');
  const source = await openTrace(files, {
    ...mapping,
    seed,
    maxMalformedRatio,
    ...(ratePerSecond !== undefined && { ratePerSecond }),
    ...(stdin && { stdin }),
  });
  return recordedTraffic(source, rules);
}

function recordedTraffic(source: ArrivalSource, rules: readonly Rule[]): Traffic {
  const tenants = rules.flatMap(({ tenant }) => tenant ?? []);
  const byTenant = rules.some(({ per, tenant }) => per === 'tenant' || tenant !== undefined);
  return {
    source: byTenant ? new WithTenants(source, tenants) : source,
    tenants,
    atMost: Number.POSITIVE_INFINITY,
  };
}

/** The streams of a scenario as they are sent. */
export function streamsOf(scenario: Scenario, overrides: Overrides): readonly StreamSpec[] {
  return overriddenStreams(scenario.streams ?? [], durationOf(scenario, overrides), overrides);
}

export function durationOf(scenario: Scenario, { durationUs }: Overrides): number {
  return durationUs ?? scenario.duration;
}

/** `--rate` sets the mean of all streams together; `--keys` the number of keys of the only stream that counts them. */
function overriddenStreams(
  streams: readonly StreamSpec[],
  durationUs: number,
  { ratePerSecond, keys }: Overrides,
): readonly StreamSpec[] {
  const populated = keys === undefined ? streams : withKeys(streams, keys);
  return ratePerSecond === undefined ? populated : atMeanRate(populated, durationUs, ratePerSecond);
}

function withKeys(streams: readonly StreamSpec[], count: number): readonly StreamSpec[] {
  const counting = streams.filter(({ keys }) => keys && 'count' in keys);
  if (counting.length !== 1) {
    throw new UsageError(
      `--keys: ${counting.length === 0 ? 'no stream' : 'more than one stream'} of this scenario has a number of keys; change it in its file`,
    );
  }
  return streams.map((stream) =>
    stream.keys && 'count' in stream.keys ? { ...stream, keys: { ...stream.keys, count } } : stream,
  );
}

/** What `--rate` and `--keys` mean when no scenario is named: independent clients, a few of them much busier. */
export const plainTraffic: readonly StreamInput[] = [
  {
    name: 'clients',
    arrivals: { model: 'poisson', rate: '1k/s' },
    keys: { model: 'zipf', count: '1k', exponent: 1 },
  },
];
