import * as z from 'zod';
import { UsageError } from '../errors.ts';

/** Microseconds at 0, 1, 2 … 100 % of a distribution. */
const percentiles = z.array(z.number().nonnegative()).length(101);

const row = z.object({
  algorithm: z.string(),
  variant: z.string(),
  params: z.record(z.string(), z.unknown()),
  unloaded_us: percentiles.describe('A decision with no other under way, at each percent of the decisions'),
  service_us: z.number().positive().describe('1 / saturation: what one decision keeps the slowest part busy'),
  saturation_per_s: z.number().positive().describe('Decisions a second with many under way'),
  cpu_us_per_decision: z.number().nullable(),
  commands_per_decision: z.number().nullable(),
  bytes_in_per_decision: z.number().nullable(),
  bytes_out_per_decision: z.number().nullable(),
  memory_bytes_per_key: z.number().nullable(),
  reported_bytes_per_key: z.number().nullable(),
});

/** What a store was measured to do: `ratelimit calibrate` writes it; the store model and the planner read it. */
const calibrationSchema = z.object({
  schema: z.literal('ratelimit.calibration/1'),
  version: z.string(),
  server: z.string(),
  measured_at: z.string().describe('When, as ISO 8601'),
  limit: z.string(),
  in_flight: z.number().describe('Requests under way at saturation'),
  round_trip_us: percentiles.describe('The store answering a question that costs it nothing'),
  rows: z.array(row).min(1),
});

export type Calibration = z.output<typeof calibrationSchema>;
export type CalibratedRow = Calibration['rows'][number];

/** Reads the text of a calibration file. Throws UsageError that names the file and what is wrong in it. */
export function parseCalibration(text: string, file: string): Calibration {
  const parsed = calibrationSchema.safeParse(jsonOf(text, file));
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UsageError(
    `${file}: is not a calibration (ratelimit.calibration/1): ${path.join('.') || 'the file'}: ${message}; make one with ratelimit calibrate`,
  );
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file}: is not JSON; make a calibration with ratelimit calibrate`);
  }
}
