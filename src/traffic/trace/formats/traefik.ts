import { jsonFormat } from './jsonlog.ts';

/** Traefik, "Access Logs": StartUTC, Duration in nanoseconds. */
export const traefik = jsonFormat({
  name: 'traefik',
  title: 'Traefik JSON log',
  about: 'JSON access log of Traefik',
  isRequest: (record) => 'RequestMethod' in record || 'ClientHost' in record || 'ClientAddr' in record,
  isOurs: (record) => 'ClientHost' in record || 'ClientAddr' in record || 'RouterName' in record,
  time: 'StartUTC|StartLocal|time',
  key: 'ClientHost|ClientAddr',
  duration: 'Duration',
  durationUnitUs: 1e-3,
});
