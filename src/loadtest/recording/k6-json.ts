import * as z from 'zod';
import { K6Points, metricsRead, type PointOptions, rfc3339Us } from './k6-points.ts';
import type { Recording } from './recording.ts';

const record = z.record(z.string(), z.string());
const lineSchema = z.object({
  type: z.literal('Point'),
  metric: z.string(),
  data: z.object({
    time: z.string(),
    value: z.number(),
    tags: record.nullish().transform((tags) => tags ?? {}),
    metadata: record.nullish().transform((metadata) => metadata ?? {}),
  }),
});

/** Metrics that are read; the others make up most of a file, and their lines are passed over without being parsed. */
const wanted = new RegExp(`"metric":"(?:${metricsRead.join('|')})"`);

/** Reads what `k6 run --out json=…` writes: a JSON object a line. */
export async function readK6Json(lines: AsyncIterable<string>, options: PointOptions): Promise<Recording> {
  const points = new K6Points(options);
  for await (const line of lines) {
    if (!wanted.test(line) || line.includes('"type":"Metric"')) continue;
    const parsed = lineSchema.safeParse(jsonOf(line));
    const timeUs = parsed.success ? rfc3339Us(parsed.data.data.time) : Number.NaN;
    if (!parsed.success || Number.isNaN(timeUs)) points.skip('is no sample of k6');
    else points.add({ metric: parsed.data.metric, ...parsed.data.data, timeUs });
  }
  return points.finish('k6 JSON output');
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // the schema refuses it
  }
}
