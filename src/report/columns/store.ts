import type { AlgorithmResult, LatencyFigures, LiveFigures } from '../../sim/result.ts';
import { formatCount } from '../../units.ts';
import { span } from '../figures.ts';
import type { Column } from './column.ts';

type Settings = Omit<Column, 'read' | 'better'> & { readonly better?: 'higher' | 'lower' };

/** A figure that only a row on a real store has. */
function onStore(
  settings: Settings,
  read: (live: LiveFigures, row: AlgorithmResult) => number | null,
): Column {
  return { ...settings, read: (row) => (row.live ? read(row.live, row) : null) };
}

function latency(id: keyof LatencyFigures, name: string): Column {
  return onStore(
    {
      id: `live.decision_latency.${id}`,
      title: `decision ${name}`,
      heading: ['decision', name],
      better: 'lower',
      meaning: 'Until the store had decided; in wall time from the instant due.',
      format: span,
    },
    ({ decision_latency }) => decision_latency?.[id] ?? null,
  );
}

export const latencyP50 = latency('p50_us', 'P50');
export const latencyP99 = latency('p99_us', 'P99');
export const latencyP999 = latency('p999_us', 'P99.9');
export const latencyMax = latency('max_us', 'max');

export const slipP99 = onStore(
  {
    id: 'live.schedule_slip.p99_us',
    title: 'sent late P99',
    heading: ['sent', 'late P99'],
    better: 'lower',
    meaning: 'How much later than due requests were sent (wall time).',
    format: span,
  },
  ({ schedule_slip }) => schedule_slip?.p99_us ?? null,
);

export const cpu = onStore(
  {
    id: 'live.cpu_us_per_decision',
    title: 'server CPU µs a decision',
    heading: ['CPU µs a', 'decision'],
    better: 'lower',
    meaning: "Time of the server's CPU, by its own counters.",
    format: formatCount,
  },
  ({ cpu_us_per_decision }) => cpu_us_per_decision,
);

export const commands = onStore(
  {
    id: 'live.commands_per_decision',
    title: 'commands a decision',
    heading: ['commands', 'a decis.'],
    better: 'lower',
    meaning: 'Commands that the server executed for a decision.',
    format: formatCount,
  },
  ({ commands_per_decision }) => commands_per_decision,
);

export const network = onStore(
  {
    id: 'live.bytes_per_decision',
    title: 'network bytes a decision',
    heading: ['net bytes', 'a decis.'],
    better: 'lower',
    meaning: 'Bytes to and from the server for a decision.',
    format: formatCount,
  },
  ({ bytes_in_per_decision: sent, bytes_out_per_decision: received }) =>
    sent === null || received === null ? null : sent + received,
);

export const reportedBytes = onStore(
  {
    id: 'live.reported_bytes_per_key',
    title: 'bytes a key as the server says',
    heading: ['says', 'a key'],
    better: 'lower',
    meaning: 'MEMORY USAGE of a key: without the tables around it.',
    format: formatCount,
  },
  ({ reported_bytes_per_key }) => reported_bytes_per_key,
);

export const evicted = onStore(
  {
    id: 'live.evicted_keys',
    title: 'evicted keys',
    heading: ['evicted', 'keys'],
    better: 'lower',
    meaning: 'Keys that the server dropped for want of memory.',
    format: formatCount,
  },
  ({ evicted_keys }) => evicted_keys,
);

export const undecided = onStore(
  {
    id: 'live.without_store.requests',
    title: 'without the store',
    heading: ['without', 'store'],
    better: 'lower',
    meaning: 'Requests that the store did not decide.',
    format: formatCount,
  },
  ({ without_store }) => without_store.requests,
);
