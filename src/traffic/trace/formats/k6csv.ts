import { type Skip, skips } from '../account.ts';
import type { TraceFormat } from '../format.ts';
import { tableOf } from './table.ts';
import { TableLines } from './tablelines.ts';

/** k6, "CSV": a row a sample of a metric, the value of http_req_duration in milliseconds, its time the end of the response. */
const roles = {
  time: ['timestamp'],
  key: ['name'],
  durations: ['metric_value'],
  durationUnitUs: 1e3,
  endsAt: true,
};
const request = Buffer.from('http_req_duration,');

export const k6Csv: TraceFormat = {
  name: 'k6-csv',
  title: 'k6 CSV output',
  about: 'Samples written by k6 run --out csv; each http_req_duration row is a request',
  defaults: { time: 'timestamp', key: 'name', duration: 'metric_value' },
  open(context) {
    const table = tableOf(context);
    const isIt = table?.fields[0] === 'metric_name' && table.fields.includes('metric_value');
    return table !== undefined && isIt ? new K6Rows(k6Csv.title, table, roles, context, []) : undefined;
  },
};

class K6Rows extends TableLines {
  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    if (buf.subarray(from, from + request.length).equals(request)) return super.line(buf, from, to);
    return this.isHeader(buf, from, to) ? skips.header : skips.notARequest;
  }
}
