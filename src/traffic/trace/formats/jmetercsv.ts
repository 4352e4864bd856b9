import { headedTable } from './headedtable.ts';

/** Apache JMeter, "CSV log format": as in its XML, the beginning of a sample, how long it took, in milliseconds, and its label. */
export const jmeterCsv = headedTable({
  name: 'jmeter-csv',
  title: 'JMeter CSV results',
  about: 'Results (JTL) of Apache JMeter as CSV with a header, which is what it writes unless told otherwise',
  header: ['timeStamp', 'elapsed', 'label', 'threadName'],
  roles: { time: ['timeStamp'], timeUnit: 'ms', key: ['label'], durations: ['elapsed'], durationUnitUs: 1e3 },
});
