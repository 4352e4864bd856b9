import * as z from 'zod';
import { durationUs, label, periodUs } from '../fields.ts';
import { costsSchema, durationsSchema } from './amounts/index.ts';
import { arrivalModelOf, arrivalsSchema } from './arrivals/index.ts';
import { keysSchema } from './keys/index.ts';

/** One stream of requests in a scenario: when they come, who sends them, what each costs and how long it lasts. */
export const streamSchema = z
  .strictObject({
    name: label.optional().describe('Name of the stream; stream-1, stream-2 … when left out'),
    arrivals: arrivalsSchema.describe('When requests come'),
    keys: keysSchema
      .optional()
      .describe(
        'Whom each request counts against; one key for all when left out, unless the arrivals have clients',
      ),
    population: label
      .optional()
      .describe('Streams that name the same population share its keys; each has its own when left out'),
    tenant: label
      .optional()
      .describe('Tenant of all keys of this stream, where keys is not the model tenants'),
    costs: costsSchema.prefault(1).describe('Units that a request takes: a whole number, or a distribution'),
    durations: durationsSchema
      .optional()
      .describe(
        'How long a request is in work, for concurrency limits: a duration such as 80ms, or a distribution',
      ),
    start: durationUs.prefault('0s').describe("When the stream begins, from the run's start"),
    stop: periodUs.optional().describe("When it ends, from the run's start; with the run when left out"),
  })
  .refine(({ start, stop }) => stop === undefined || stop > start, {
    path: ['stop'],
    error: 'must be later than start',
  })
  .superRefine(({ arrivals, keys, population, tenant }, ctx) => {
    if (keys && arrivalModelOf(arrivals).clients) {
      refuse(ctx, 'keys', `the arrivals "${arrivals.model}" decide who sends; leave keys out`);
    }
    if (population && (keys?.model === 'churn' || keys?.model === 'tenants')) {
      refuse(
        ctx,
        'population',
        `the keys "${keys.model}" cannot be shared under a name; leave population out`,
      );
    }
    if (tenant && keys?.model === 'tenants') {
      refuse(ctx, 'tenant', 'the keys "tenants" have their own tenants; leave tenant out');
    }
  });

function refuse(ctx: z.RefinementCtx, field: string, message: string): void {
  ctx.addIssue({ code: 'custom', path: [field], message });
}

/** A checked stream: times in microseconds, rates per second. */
export type StreamSpec = z.output<typeof streamSchema>;
/** A stream as it is written in YAML. */
export type StreamInput = z.input<typeof streamSchema>;
