import type { AlgorithmResult, ClientFigures } from '../../sim/result.ts';
import { formatCount } from '../../units.ts';
import { percent, span } from '../figures.ts';
import type { Column } from './column.ts';

/** A figure that only a row with clients has. */
function ofClients(
  settings: Omit<Column, 'read'>,
  read: (clients: ClientFigures, row: AlgorithmResult) => number | null,
): Column {
  return { ...settings, read: (row) => (row.clients ? read(row.clients, row) : null) };
}

const rounded = (value: number) => formatCount(Number(value.toPrecision(3)));

export const goodput = ofClients(
  {
    id: 'clients.goodput_ratio',
    title: 'work done %',
    heading: ['work', 'done %'],
    better: 'higher',
    meaning: 'Of the work that clients wanted; the rest was given up.',
    format: percent,
  },
  ({ goodput_ratio }) => goodput_ratio,
);

export const retryRate = ofClients(
  {
    id: 'clients.retry_ratio',
    title: 'retry rate %',
    heading: ['retry', 'rate %'],
    better: 'lower',
    meaning: 'Refused attempts, of all attempts.',
    format: percent,
  },
  ({ retry_ratio }) => retry_ratio,
);

export const attempts = ofClients(
  {
    id: 'clients.attempts',
    title: 'attempts',
    heading: ['attempts', ''],
    better: 'lower',
    meaning: 'Requests that clients sent: first tries and retries.',
    format: formatCount,
  },
  ({ attempts }) => attempts,
);

function timeToDone(id: 'p50_us' | 'p99_us', name: string): Column {
  return ofClients(
    {
      id: `clients.time_to_done.${id}`,
      title: `time to done ${name}`,
      heading: ['done', `in ${name}`],
      better: 'lower',
      meaning: `From when the work came up until it was done: ${name}.`,
      format: span,
    },
    ({ time_to_done }) => time_to_done?.[id] ?? null,
  );
}

export const timeToDoneP50 = timeToDone('p50_us', 'P50');
export const timeToDoneP99 = timeToDone('p99_us', 'P99');

export const backlog = ofClients(
  {
    id: 'clients.backlog_most',
    title: 'most backlog',
    heading: ['most', 'backlog'],
    better: 'lower',
    meaning: 'Most work that was neither done nor given up.',
    format: formatCount,
  },
  ({ backlog_most }) => backlog_most,
);

export const timeToClear = ofClients(
  {
    id: 'clients.time_to_clear_us',
    title: 'time to clear',
    heading: ['time to', 'clear'],
    better: 'lower',
    meaning: 'After the last fault, or the largest backlog, until it is gone.',
    format: span,
  },
  ({ time_to_clear_us }) => time_to_clear_us,
);

export const dispersion = ofClients(
  {
    id: 'clients.dispersion',
    title: 'dispersion of attempts',
    heading: ['disper-', 'sion'],
    better: 'lower',
    meaning: 'How attempts cluster: 1 by chance, n in herds of n.',
    format: rounded,
  },
  ({ dispersion }) => dispersion,
);

export const mostIn100Ms = ofClients(
  {
    id: 'clients.most_in_100ms',
    title: 'most attempts in 100 ms',
    heading: ['most in', '100 ms'],
    better: 'lower',
    meaning: 'Most attempts of all clients together in 100 ms.',
    format: formatCount,
  },
  ({ most_in_100ms }) => most_in_100ms,
);

export const wastedCost = ofClients(
  {
    id: 'clients.wasted_cost',
    title: 'wasted units',
    heading: ['wasted', 'units'],
    better: 'lower',
    meaning: 'Units admitted for work that was given up by then.',
    format: formatCount,
  },
  ({ wasted_cost }) => wasted_cost,
);
