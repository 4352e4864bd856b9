/** The figures of a run as OpenMetrics text, for Prometheus and what reads its files. Loaded when it is asked for. */
import { Gauge, type OpenMetricsContentType, Registry } from 'prom-client';
import { figurePaths, isOfTraffic, readFigure } from '../sim/figure.ts';
import type { Check, RunResult } from '../sim/result.ts';
import { type Column, columnsOf } from './columns/index.ts';
import { safeText } from './safe-text.ts';

const rowLabels = ['scenario', 'algorithm', 'variant', 'store', 'topology', 'clients'] as const;
const checkLabels = ['scenario', 'algorithm', 'variant', 'field', 'expectation'] as const;
const columns: readonly Column[] = Object.values(columnsOf).flat();

/**
 * A gauge for each figure, named by its path: `latency.p99_us` is `ratelimit_latency_p99_seconds`. Times are in seconds, as
 * that world has it; a figure that does not exist has no sample. Checks are 1 where they hold and 0 where they are broken.
 */
export async function renderOpenMetrics(result: RunResult): Promise<string> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const scenario = safeText(result.scenario.name);
  info(result, registry);
  for (const path of figurePaths()) {
    if (isOfTraffic(path)) addTraffic(path, result, registry);
    else addFigure(path, result, registry);
  }
  addChecks(scenario, result.checks ?? [], registry);
  return registry.metrics();
}

type Metrics = Registry<OpenMetricsContentType>;

function info({ scenario, version, seed, partial }: RunResult, registry: Metrics): void {
  const labels = {
    scenario: safeText(scenario.name),
    version: safeText(version),
    seed,
    partial: String(partial),
  };
  const help = 'What was run; always 1.';
  const gauge = new Gauge({
    name: 'ratelimit_run',
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
  });
  gauge.set(labels, 1);
}

function addFigure(path: string, { scenario, results }: RunResult, registry: Metrics): void {
  if (path.includes('timeline.')) return; // the grain of the timeline, which is left out
  const gauge = gaugeOf(path, rowLabels, registry);
  for (const row of results) {
    const value = readFigure(row, path);
    const { algorithm, variant, store, topology, clients } = row;
    const labels = { scenario: scenario.name, algorithm, variant, store, topology };
    const whose = clients && { clients: safeText(clients.label) };
    if (value !== null) gauge.set({ ...safe(labels), ...whose }, inBaseUnit(path, value));
  }
}

function addTraffic(path: string, result: RunResult, registry: Metrics): void {
  const value = readFigure(result, path);
  if (value === null) return;
  gaugeOf(path, ['scenario'], registry).set(
    safe({ scenario: result.scenario.name }),
    inBaseUnit(path, value),
  );
}

function addChecks(scenario: string, checks: readonly Check[], registry: Metrics): void {
  if (checks.length === 0) return;
  const help = 'Whether what was expected holds.';
  const gauge = new Gauge({
    name: 'ratelimit_check_passed',
    help,
    labelNames: checkLabels,
    registers: [registry],
  });
  for (const { algorithm, variant, field, expectation, passed } of checks) {
    gauge.set(safe({ scenario, algorithm, variant, field, expectation }), Number(passed));
  }
}

function gaugeOf<Label extends string>(
  path: string,
  labelNames: readonly Label[],
  registry: Metrics,
): Gauge<Label> {
  const help = columns.find(({ id }) => id === path)?.meaning ?? `${path} of the result.`;
  const name = `ratelimit_${path.replaceAll('.', '_')}`
    .replace(/_us$/, '_seconds')
    .replace(/_per_s$/, '_per_second');
  return new Gauge({ name, help, labelNames, registers: [registry] });
}

function inBaseUnit(path: string, value: number): number {
  return path.endsWith('_us') ? value / 1e6 : value;
}

function safe<Label extends string>(labels: Readonly<Record<Label, string>>): Record<Label, string> {
  const entries = Object.entries<string>(labels).map(([name, text]) => [name, safeText(text)]);
  return Object.fromEntries(entries) as Record<Label, string>; // the names are those of `labels`
}
