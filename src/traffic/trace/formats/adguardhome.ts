import { jsonFormat } from './jsonlog.ts';

/** AdGuard Home, querylog.json: when a query came, and how many nanoseconds its answer took. */
export const adguardHome = jsonFormat({
  name: 'adguard-home',
  title: 'AdGuard Home query log',
  about: 'DNS queries in the querylog.json of AdGuard Home',
  isRequest: (record) => ['T', 'QH', 'QT', 'IP'].every((name) => name in record),
  time: 'T',
  key: 'IP',
  duration: 'Elapsed',
  durationUnitUs: 1e-3,
});
