import { UsageError } from '../../errors.ts';
import { K6Points, metricsRead, type PointOptions, rfc3339Us } from './k6-points.ts';
import type { Recording } from './recording.ts';

/** Reads what `k6 run --out csv=…` writes. `rows`: one record a line, by the names of the header. */
export async function readK6Csv(
  rows: AsyncIterable<Readonly<Record<string, string>>>,
  options: PointOptions,
  file: string,
): Promise<Recording> {
  const points = new K6Points(options);
  let finest = 0;
  for await (const row of rows) {
    if (!metricsRead.includes(row.metric_name)) continue;
    const timeUs = instantUs(row.timestamp);
    if (timeUs % 1e6 !== 0) finest++;
    if (Number.isNaN(timeUs)) points.skip('has no time');
    else {
      const tags = { ...row, ...pairs(row.extra_tags) };
      points.add({
        metric: row.metric_name,
        value: Number(row.metric_value),
        timeUs,
        tags,
        metadata: pairs(row.metadata),
      });
    }
  }
  if (finest === 0) {
    throw new UsageError(
      `${file}: its times are whole seconds, which say too little; run k6 with K6_CSV_TIME_FORMAT=unix_nano, or with --out json=results.json.gz`,
    );
  }
  return points.finish('k6 CSV output');
}

/** RFC 3339, or seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size. */
function instantUs(text = ''): number {
  if (!/^\d+$/.test(text)) return rfc3339Us(text);
  if (text.length >= 18) return Number(text.slice(0, -3)); // nanoseconds do not fit into a double
  const value = Number(text);
  return value >= 1e14 ? value : value >= 1e11 ? value * 1e3 : value * 1e6;
}

/** `part=load&key=ann` as a record. */
function pairs(text = ''): Record<string, string> {
  return Object.fromEntries(
    text
      .split('&')
      .filter((pair) => pair.includes('='))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}
