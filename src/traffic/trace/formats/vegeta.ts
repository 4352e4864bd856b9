import { fixedTable } from './fixedtable.ts';
import { jsonFormat } from './jsonlog.ts';

/** vegeta, "encode": timestamp is when the request was sent; it and the latency are nanoseconds in CSV, the latency in JSON. */
export const vegetaJson = jsonFormat({
  name: 'vegeta',
  title: 'vegeta JSON results',
  about: 'Results of vegeta attack, as vegeta encode writes them',
  isRequest: (record) =>
    'attack' in record && 'seq' in record && 'latency' in record && 'timestamp' in record,
  time: 'timestamp',
  key: 'url|attack',
  duration: 'latency',
  durationUnitUs: 1e-3,
});

export const vegetaCsv = fixedTable({
  name: 'vegeta-csv',
  title: 'vegeta CSV results',
  about: 'The same as CSV (vegeta encode --to csv)',
  columns: 'timestamp code latency bytes_out bytes_in error body attack seq method url headers',
  roles: {
    time: ['timestamp'],
    timeUnit: 'ns',
    key: ['url'],
    durations: ['latency'],
    durationUnitUs: 1e-3,
  },
  row: /^\d{19},\d{1,3},\d+,\d+,\d+,[^,]*,[\w+/=]*,[^,]*,\d+,[A-Z]+,/,
});
