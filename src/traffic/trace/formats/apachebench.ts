import { headedTable } from './headedtable.ts';

/** ApacheBench, `-g`: seconds is when the request began, ttime the milliseconds that it took in all. */
export const apacheBench = headedTable({
  name: 'ab',
  title: 'ApacheBench results',
  about: 'Requests of ApacheBench (`ab -g`)',
  header: ['starttime', 'seconds', 'ctime', 'dtime', 'ttime', 'wait'],
  roles: { time: ['seconds'], timeUnit: 's', key: [], durations: ['ttime'], durationUnitUs: 1e3 },
});
