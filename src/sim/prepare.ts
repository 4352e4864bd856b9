import { availableParallelism } from 'node:os';
import { UsageError } from '../errors.ts';
import { tenantNames } from '../traffic/plan.ts';
import { atMeanRate } from '../traffic/rate.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import type { StreamInput, StreamSpec } from '../traffic/stream-spec.ts';
import { SyntheticTraffic } from '../traffic/synthetic.ts';
import { contractOf } from './contract.ts';
import type { ComparisonPlan } from './plan.ts';
import { rulesOf, type Scenario } from './scenario.ts';
import type { LoadedScenario } from './scenario-file.ts';
import { findAlgorithm, plainSelections, type Selection } from './selection.ts';

/** What the command line says over the scenario; each replaces what the scenario says of the same. */
export interface Overrides {
  readonly limit?: Scenario['limit'];
  readonly algorithms?: readonly Selection[];
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

const threadsPerCore = 1; // rows differ in their cost, and the system evens out what several threads leave undone
const worthThreads = 3e6; // decisions: below, starting threads takes longer than they save

/** Opens the traffic and settles what is to be compared. Throws UsageError. */
export async function prepare({ name, scenario }: LoadedScenario, overrides: Overrides): Promise<Prepared> {
  const seed = overrides.seed ?? scenario.seed;
  const rules = overrides.limit ?? rulesOf(scenario);
  const { source, tenants, expectedRequests } = await openTraffic(scenario, overrides, seed);
  for (const { tenant } of rules) {
    if (tenant === undefined || tenants.includes(tenant)) continue;
    throw new UsageError(
      `tenant_limits: no stream has a tenant called "${tenant}"; there are ${tenants.join(', ') || 'none'}`,
    );
  }
  const { selections, notes } = choose(
    overrides.algorithms ?? scenario.algorithms ?? plainSelections(),
    source,
  );
  const contracts = rules.map(
    (rule) => (overrides.limit ? undefined : scenario.contract) ?? contractOf(rule),
  );
  const decisions = (expectedRequests ?? Number.POSITIVE_INFINITY) * selections.length;
  return {
    name,
    seed,
    source,
    plan: { rules, contracts, selections, context: { epochUs: source.epochUs }, tenants },
    notes,
    ...(expectedRequests !== undefined && { expectedRequests }),
    threads: decisions < worthThreads ? 0 : threadsPerCore * availableParallelism(),
  };
}

/** Leaves out, and says so, what cannot decide about this traffic. */
function choose(selections: readonly Selection[], source: ArrivalSource) {
  if (source.hasDurations) return { selections, notes: [] };
  const able = selections.filter(({ algorithm }) => !findAlgorithm(algorithm).needsDurations);
  const unable = [
    ...new Set(selections.filter((selection) => !able.includes(selection)).map(({ algorithm }) => algorithm)),
  ];
  if (unable.length === 0) return { selections, notes: [] };
  const why = `${unable.join(', ')} needs to know how long requests take, and this traffic does not say`;
  if (able.length === 0)
    throw new UsageError(`${why}; give a stream "durations", or a trace with request times`);
  return { selections: able, notes: [`Left out: ${why}.`] };
}

interface Traffic {
  readonly source: ArrivalSource;
  readonly tenants: readonly string[];
  readonly expectedRequests?: number;
}

async function openTraffic(scenario: Scenario, overrides: Overrides, seed: number): Promise<Traffic> {
  const trace = overrides.trace ?? scenario.trace;
  if (trace) return openRecorded(trace, overrides, seed);
  const durationUs = overrides.durationUs ?? scenario.duration;
  const streams = overriddenStreams(scenario.streams ?? [], durationUs, overrides);
  const tenants = tenantNames(streams);
  const source = new SyntheticTraffic({ seed, durationUs, streams, tenants });
  return { source, tenants, expectedRequests: source.expectedRequests() };
}

async function openRecorded(
  trace: NonNullable<Scenario['trace']>,
  { ratePerSecond, maxMalformedRatio = 0.01, stdin, durationUs, keys }: Overrides,
  seed: number,
): Promise<Traffic> {
  if (keys !== undefined) throw new UsageError('--keys: a trace brings its own keys; leave it out');
  if (durationUs !== undefined) throw new UsageError('--duration: a trace is read to its end; leave it out');
  const { openTrace } = await import('../traffic/trace/index.ts');
  const { files, format, key, cost, time, spread } = trace;
  const source = await openTrace(files, {
    spread,
    seed,
    maxMalformedRatio,
    ...(format !== undefined && { format }),
    ...(key !== undefined && { key }),
    ...(cost !== undefined && { cost }),
    ...(time !== undefined && { time }),
    ...(ratePerSecond !== undefined && { ratePerSecond }),
    ...(stdin && { stdin }),
  });
  return { source, tenants: [] };
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
