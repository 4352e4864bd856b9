import { skips } from '../account.ts';
import type { TraceFormat } from '../format.ts';
import { CsvSplitter } from '../text/csv.ts';
import { Spans } from '../text/spans.ts';
import { tableOf } from './table.ts';
import { openWrapped, type Unwrap } from './wrapped.ts';

/** The columns in which log collectors export lines: Splunk, CloudWatch Logs Insights, Datadog, Loki in Grafana, Elastic. */
const lineNames = ['_raw', '@message', 'message', 'line', 'event.original', 'textPayload', 'log'];

/** A table that a log collector exported. The lines within must be of a program that is known: one of `formats`. */
export function shippedCsv(formats: readonly TraceFormat[]): TraceFormat {
  return {
    name: 'shipped-csv',
    title: 'CSV of a log collector',
    about:
      'Tables that Splunk, CloudWatch, Datadog, Grafana and the like export, around lines of a known format',
    defaults: { time: 'of the format within', key: 'of the format within' },
    open(context) {
      const table = tableOf(context);
      if (table?.header === undefined) return undefined;
      const fields = table.fields.map((field) => field.toLowerCase());
      const column = lineNames.map((name) => fields.indexOf(name)).find((place) => place >= 0);
      if (column === undefined) return undefined;
      const lines = table.rows.map((row) => row[column] ?? '').filter((line) => line !== '');
      const unwrap = cellOf(
        new CsvSplitter(table.fields, table.delimiter),
        Buffer.from(table.header),
        column,
      );
      return openWrapped(context, { lines, unwrap, formats, place: 'in CSV' });
    },
  };
}

/** Takes the line out of its column. */
function cellOf(splitter: CsvSplitter, header: Buffer, column: number): Unwrap {
  const spans = new Spans();
  return (buf, from, to) => {
    if (to - from === header.length && header.compare(buf, from, to) === 0) return skips.header;
    const skip = splitter.split(buf, from, to, spans, column);
    return skip ?? spans.buf.subarray(spans.from[column], Math.max(spans.from[column], spans.to[column]));
  };
}
