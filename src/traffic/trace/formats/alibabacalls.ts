import { headedTable } from './headedtable.ts';

/**
 * Alibaba cluster trace, microservices v2021 and v2022, "MSCallGraph": a call from the microservice um to dm; timestamp and rt,
 * the response time, in milliseconds, the first from the start of the recording. rt is below 0 where the caller measured.
 */
export const alibabaCalls = headedTable({
  name: 'alibaba-calls',
  title: 'Alibaba microservice calls',
  about: 'Call graphs of the Alibaba cluster trace (MSCallGraph); the key is the calling microservice',
  header: ['traceid', 'timestamp', 'um', 'dm', 'rt'],
  roles: { time: ['timestamp'], timeUnit: 'ms', key: ['um'], durations: ['rt'], durationUnitUs: 1e3 },
});
