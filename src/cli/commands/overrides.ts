import { basename } from 'node:path';
import { oneOf } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { parseClients } from '../../sim/clients/clients.ts';
import { parseFault, parseTopologies } from '../../sim/deployment/deployment.ts';
import type { Overrides } from '../../sim/overrides.ts';
import { parseRules } from '../../sim/rule.ts';
import { type Scenario, scenarioSchema, traceSchema } from '../../sim/scenario.ts';
import { type LoadedScenario, loadScenario } from '../../sim/scenario-file.ts';
import { parseProfiles, parseSelections, type Selection } from '../../sim/selection.ts';
import { plainTraffic } from '../../sim/streams.ts';
import { parseCount, parsePeriod, parseRate, parseRatio } from '../../units.ts';
import type { Io } from '../io.ts';
import type { ComparisonFlags, TraceFlags } from './comparison-flags.ts';
import { flagged, parsePositive } from './flagged.ts';
import { splitTime } from './store-options.ts';
import type { TrafficFlags } from './traffic-flags.ts';

/** The scenario that shows the classic differences, for those who name none. */
const defaultScenario = 'classic';

/** The named scenario; without a name, what the flags alone describe, or the default. */
export async function scenarioFor(
  name: string | undefined,
  flags: TrafficFlags & Pick<TraceFlags, 'trace'>,
): Promise<LoadedScenario> {
  if (name !== undefined) return loadScenario(name);
  if (flags.trace !== undefined) return traceScenario(flags.trace);
  if (flags.rate === undefined && flags.keys === undefined) return loadScenario(defaultScenario);
  return { name: 'clients', scenario: scenarioSchema.parse({ streams: plainTraffic }) };
}

function traceScenario(files: readonly string[]): LoadedScenario {
  const name = files.map((file) => (file === '-' ? 'standard input' : basename(file))).join(', ');
  return { name, scenario: scenarioSchema.parse({ trace: { files } }) };
}

/** Files that a comparison reads: its scenario, if that is one, and its traces. */
export function filesOf(
  name: string | undefined,
  { scenario }: LoadedScenario,
  { trace = scenario.trace?.files ?? [] }: Pick<TraceFlags, 'trace'>,
): string[] {
  return [...(name === undefined ? [] : [name]), ...trace];
}

/** What the flags of a comparison say over a scenario. Throws UsageError that names the flag. */
export function compareOverrides(flags: ComparisonFlags, scenario: Scenario, io: Io): Overrides {
  const trace = traceOf(flags, scenario);
  return {
    ...trafficOverrides(flags),
    ...(flags.limit !== undefined && { limit: flagged('--limit', flags.limit, parseRules) }),
    ...((flags.algorithms ?? flags.profiles) !== undefined && { algorithms: rowsOf(flags) }),
    ...(flags.topologies !== undefined && {
      topologies: flagged('--topologies', flags.topologies, parseTopologies),
    }),
    ...(flags.nodes !== undefined && { nodes: flagged('--nodes', flags.nodes, parsePositive) }),
    ...(flags.clients !== undefined && { clients: flagged('--clients', flags.clients, parseClients) }),
    ...(flags.fault !== undefined && {
      faults: flags.fault.map((fault) => flagged('--fault', fault, parseFault)),
    }),
    ...(flags.maxMalformed !== undefined && {
      maxMalformedRatio: flagged('--max-malformed', flags.maxMalformed, parseShare),
    }),
    ...(trace && { trace }),
    stdin: io.stdin,
  };
}

/** The rows that `--algorithms` and `--profiles` name. */
function rowsOf({ algorithms, profiles }: ComparisonFlags): Selection[] {
  return [
    ...(algorithms === undefined ? [] : flagged('--algorithms', algorithms, parseSelections)),
    ...(profiles === undefined ? [] : flagged('--profiles', profiles, parseProfiles)),
  ];
}

/** `--seed`, `--duration`, `--rate` and `--keys`. */
export function trafficOverrides({ seed, duration, rate, keys }: TrafficFlags): Overrides {
  return {
    ...(seed !== undefined && { seed: flagged('--seed', seed, parseCount) }),
    ...(duration !== undefined && { durationUs: flagged('--duration', duration, parsePeriod) }),
    ...(rate !== undefined && { ratePerSecond: flagged('--rate', rate, positiveRate) }),
    ...(keys !== undefined && { keys: flagged('--keys', keys, parsePositive) }),
  };
}

function traceOf(flags: ComparisonFlags, scenario: Scenario): Scenario['trace'] {
  const { field: time } = splitTime(flags.time, flags.store);
  const mapping = {
    ...(flags.traceFormat !== undefined && { format: flags.traceFormat }),
    ...(flags.key !== undefined && { key: flags.key }),
    ...(flags.cost !== undefined && { cost: flags.cost }),
    ...(time !== undefined && { time }),
    ...(flags.spread !== undefined && { spread: flagged('--spread', flags.spread, parseSpread) }),
  };
  const base = flags.trace ? { files: flags.trace } : scenario.trace;
  if (!base) {
    if (Object.keys(mapping).length === 0) return undefined;
    throw new UsageError(
      '--trace-format, --key, --cost, --time and --spread speak of a trace; name it with --trace FILE',
    );
  }
  return traceSchema.parse({ ...base, ...mapping });
}

function parseSpread(text: string) {
  return oneOf('rule', text, traceSchema.shape.spread.unwrap().options);
}

function positiveRate(text: string): number {
  const rate = parseRate(text);
  if (rate === 0) throw new UsageError(`"${text}" is no traffic; write a rate above 0, such as 5k/s`);
  return rate;
}

function parseShare(text: string): number {
  const share = parseRatio(text);
  if (share > 1) throw new UsageError(`"${text}" is more than all; write a share such as 1% or 0.01`);
  return share;
}
