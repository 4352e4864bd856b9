import * as z from 'zod';

const count = z.number();

/** summary.json of a generated test, as its handleSummary writes it. */
export const summarySchema = z.object({
  schema: z.literal('ratelimit.k6/1'),
  name: z.string(),
  verdict: z.enum(['passed', 'failed', 'inconclusive']),
  sent: count,
  admitted: count,
  refused: count,
  unexpected: count,
  judged: z.array(
    z.object({
      metric: z.string(),
      expected: z.string(),
      seen: z.number().nullable(),
      ok: z.boolean(),
      of: z.enum(['limiter', 'generator']),
    }),
  ),
});

export type K6Summary = z.output<typeof summarySchema>;
