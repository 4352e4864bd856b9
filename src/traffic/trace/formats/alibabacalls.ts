import type { TraceFormat } from '../format.ts';
import { tableOf } from './table.ts';
import { TableLines } from './tablelines.ts';

/**
 * Alibaba cluster trace, microservices v2021 and v2022, "MSCallGraph": a call from the microservice um to dm; timestamp and rt,
 * the response time, in milliseconds, the first from the start of the recording. rt is below 0 where the caller measured.
 */
const roles = {
  time: ['timestamp'],
  timeUnit: 'ms',
  key: ['um'],
  durations: ['rt'],
  durationUnitUs: 1e3,
} as const;

export const alibabaCalls: TraceFormat = {
  name: 'alibaba-calls',
  title: 'Alibaba microservice calls',
  about: 'Call graphs of the Alibaba cluster trace (MSCallGraph); the key is the calling microservice',
  defaults: { time: 'timestamp', key: 'um', duration: 'rt' },
  open(context) {
    const table = tableOf(context);
    const isIt = ['traceid', 'timestamp', 'um', 'dm', 'rt'].every((name) => table?.fields.includes(name));
    return table !== undefined && isIt
      ? new TableLines(alibabaCalls.title, table, roles, context, [])
      : undefined;
  },
};
