import type { LatencyFigures } from '../../sim/result.ts';
import { percent, span } from '../figures.ts';
import type { Column } from './column.ts';

/** A quantile of the delay that a queue adds. */
function delay(id: keyof LatencyFigures, name: string): Column {
  return {
    id: `latency.${id}`,
    title: `delay ${name}`,
    heading: ['delay', name],
    better: 'lower',
    meaning: `Held back so long; in wall time, until decided: ${name}.`,
    read: ({ latency }) => latency[id],
    format: span,
  };
}

export const delayP50 = delay('p50_us', 'P50');
export const delayP90 = delay('p90_us', 'P90');
export const delayP99 = delay('p99_us', 'P99');
export const delayP999 = delay('p999_us', 'P99.9');
export const delayMax = delay('max_us', 'max');

export const adviceKept: Column = {
  id: 'retry_after.admitted_when_due_ratio',
  title: 'retry advice kept %',
  heading: ['advice', 'kept %'],
  better: 'higher',
  meaning: 'Clients that came back when told to and were admitted.',
  read: ({ retry_after }) => retry_after.admitted_when_due_ratio,
  format: percent,
};

export const adviceLateP99: Column = {
  id: 'retry_after.late_p99_us',
  title: 'retry advice late P99',
  heading: ['advice', 'late P99'],
  better: 'lower',
  meaning: 'How much later than told such clients were admitted.',
  read: ({ retry_after }) => retry_after.late_p99_us,
  format: span,
};
