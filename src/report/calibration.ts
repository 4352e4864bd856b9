/** What was measured of a store, as text. */
import type { CalibratedRow, Calibration } from '../sim/calibration.ts';
import type { ModelCheck } from '../sim/live/validate-model.ts';
import { formatCount, formatDuration } from '../units.ts';
import { aligned } from './aligned.ts';
import { textOf } from './blocks.ts';
import { safeText } from './safe-text.ts';
import type { TextOptions } from './text.ts';

const noFigure = '–';

export function renderCalibration(
  { server, limit, in_flight, round_trip_us, rows }: Calibration,
  { ascii = false }: Pick<TextOptions, 'ascii'> = {},
): string {
  const head = [
    ['', 'alone P50', 'alone P99', 'saturation', 'CPU µs', 'commands', 'bytes a key', 'says'],
    ...rows.map((row) => [labelOf(row), ...cellsOf(row)]),
  ];
  const facts = [
    `store       ${safeText(server)}`,
    `limit       ${safeText(limit)}`,
    `round trip  P50 ${formatDuration(round_trip_us[50])}, P99 ${formatDuration(round_trip_us[99])}`,
  ];
  const legend = [
    `alone: a decision with no other under way; saturation: decisions a second with ${in_flight} under way;`,
    'CPU µs and commands: of the server, for a decision; bytes a key: growth of its memory; says: MEMORY USAGE',
  ];
  return textOf([facts, aligned(head), legend], ascii);
}

function cellsOf(row: CalibratedRow): string[] {
  const figure = (value: number | null) => (value === null ? noFigure : formatCount(value));
  return [
    formatDuration(row.unloaded_us[50]),
    formatDuration(row.unloaded_us[99]),
    `${formatCount(row.saturation_per_s)}/s`,
    figure(row.cpu_us_per_decision),
    figure(row.commands_per_decision),
    figure(row.memory_bytes_per_key),
    figure(row.reported_bytes_per_key),
  ];
}

function labelOf({ algorithm, variant }: CalibratedRow): string {
  return safeText(variant === '' ? algorithm : `${algorithm} (${variant})`);
}

interface ModelReport {
  readonly server: string;
  readonly algorithm: string;
  readonly saturation_per_s: number;
  readonly checks: readonly ModelCheck[];
}

export function renderModelChecks(
  { server, algorithm, saturation_per_s, checks }: ModelReport,
  { ascii = false }: Pick<TextOptions, 'ascii'> = {},
): string {
  const head = ['load', 'rate', '', 'due', 'sent', 'model', 'due ÷', 'sent ÷', 'sent late'];
  const lines = checks.flatMap(({ load, rate_per_s, real, answer, model, schedule_slip: late }) =>
    (['p50_us', 'p99_us'] as const).map((quantile, at) => [
      at === 0 ? `${load * 100} %` : '',
      at === 0 ? `${formatCount(rate_per_s)}/s` : '',
      at === 0 ? 'P50' : 'P99',
      ...[real, answer, model].map((latency) => formatDuration(latency[quantile])),
      ratio(real[quantile], model[quantile]),
      ratio(answer[quantile], model[quantile]),
      formatDuration(late[quantile]),
    ]),
  );
  const facts = [
    `store  ${safeText(server)}`,
    `row    ${safeText(algorithm)}, saturated at ${formatCount(saturation_per_s)}/s`,
  ];
  const legend = [
    'latency from the instant at which a request was due, and from when it was sent; the model (docs/redis.md);',
    'each over the model; how late requests were sent: what this machine, not the store, adds',
  ];
  return textOf([facts, aligned([head, ...lines]), legend], ascii);
}

function ratio(real: number, model: number): string {
  return model === 0 ? noFigure : (real / model).toFixed(2);
}
