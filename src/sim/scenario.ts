import * as z from 'zod';
import { countOrZero, label, periodUs, reading } from '../fields.ts';
import { streamSchema } from '../traffic/stream-spec.ts';
import { classesSchema } from './clients/classes.ts';
import { clientsSchema } from './clients/clients.ts';
import { contractKinds } from './contract.ts';
import { faultsSchema, fleetSchema, topologiesSchema } from './deployment/deployment.ts';
import { parseExpectation } from './expectation.ts';
import { parseRules, type Rule } from './rule.ts';
import { parseProfiles, parseSelections, type Selection, select } from './selection.ts';

/** A limit, or several joined by `+`, as rules. */
const limits = z
  .string({ error: ({ input }) => `${JSON.stringify(input)} is not a limit; write one such as 100/1m` })
  .transform(reading(parseRules));

/** `gcra`, `token-bucket:refill=interval`, `all`, or a name with its parameters. */
const selections = z
  .union([
    z.string(),
    z.strictObject({ name: z.string(), params: z.record(z.string(), z.unknown()).default({}) }),
  ])
  .transform(
    reading((value: string | { name: string; params: Record<string, unknown> }): Selection[] =>
      typeof value === 'string' ? parseSelections(value) : [select(value.name, value.params)],
    ),
  );

/** Recorded traffic instead of streams. */
export const traceSchema = z.strictObject({
  files: z.array(z.string()).min(1).describe('Files, read in this order; - is the standard input'),
  format: z.string().optional().describe('Format of the lines; found out when left out'),
  key: z
    .string()
    .optional()
    .describe('Field, or fields joined by commas, that tell whom a request counts against'),
  cost: z.string().optional().describe('Field with the units that a request takes; 1 when left out'),
  time: z.string().optional().describe('Field with the time'),
  spread: z
    .enum(['none', 'uniform', 'poisson'])
    .default('poisson')
    .describe('How requests that are stamped with whole seconds lie inside their second'),
});

/** A scenario as it is written in YAML. Unknown fields are refused. */
export const scenarioSchema = z
  .strictObject({
    name: label.optional().describe('Shown in results; the name of the file when left out'),
    teaches: z.string().optional().describe('One line that says what this scenario shows'),
    limit: limits
      .prefault('100/1m')
      .describe('What is promised: 100/1m, 100/1m,burst=20, 100/1s+5000/1m,per=tenant'),
    tenant_limits: z
      .record(label, limits)
      .default({})
      .describe('Limits of single tenants, in place of the limits above that have the same scope'),
    contract: z
      .enum(contractKinds)
      .optional()
      .describe(
        'What accuracy is measured against: window (any trailing period), bucket (burst + rate · t), calendar',
      ),
    duration: periodUs.prefault('10m').describe('Length of the run'),
    seed: countOrZero.prefault(1).describe('Seed of every random draw; the same seed gives the same bytes'),
    streams: z.array(streamSchema).min(1).optional().describe('Streams of synthetic requests, mixed by time'),
    trace: traceSchema.optional().describe('Recorded requests instead of streams'),
    algorithms: z
      .array(selections)
      .min(1)
      .optional()
      .transform((lists) => lists?.flat())
      .describe('Algorithms to compare; every one in its plain form when left out'),
    profiles: z
      .array(z.string().transform(reading(parseProfiles)))
      .min(1)
      .optional()
      .transform((lists) => lists?.flat())
      .describe('Profiles of products to compare, beside the algorithms if any are named'),
    topologies: topologiesSchema
      .min(1)
      .optional()
      .transform((lists) => lists?.flat())
      .describe(
        'Where the state lies; every algorithm is compared on each. The one ideal place when left out',
      ),
    ...fleetSchema.shape,
    clients: clientsSchema
      .min(1)
      .optional()
      .transform((lists) => lists?.flat())
      .describe(
        'Who sends the requests and does something about refusals; every row is run with each. When left out, nobody hears',
      ),
    classes: classesSchema
      .optional()
      .describe('Classes of clients, the most important first, and what of the limit is kept for each'),
    faults: faultsSchema.default([]).describe('What goes wrong, and when'),
    expect: z
      .array(z.string({ error: unquoted }).transform(reading(parseExpectation)), { error: noList })
      .default([])
      .describe('What "ratelimit check" holds the run against, such as gcra: latency.p99 < 5ms'),
  })
  .refine(({ streams, trace }) => (streams === undefined) !== (trace === undefined), {
    error: 'a scenario has either streams or a trace',
  });

/** A checked scenario. */
export type Scenario = z.output<typeof scenarioSchema>;

/** The rules of a scenario: its limits, then those of single tenants. */
export function rulesOf({ limit, tenant_limits }: Scenario): Rule[] {
  const own = Object.entries(tenant_limits).flatMap(([tenant, rules]) =>
    rules.map((rule) => ({ ...rule, tenant })),
  );
  return [...limit, ...own];
}

/** `- gcra: latency.p99 < 5ms` without quotes is a map in YAML. */
function unquoted({ input }: { readonly input?: unknown }): string {
  const [entry] = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const wish = entry ? `${entry[0]}: ${String(entry[1])}` : 'gcra: latency.p99 < 5ms';
  return `YAML takes this for something else than text; put quotes around it: '${wish}'`;
}

function noList({ input }: { readonly input?: unknown }): string {
  return `is not a list; write a line for each expectation: - ${typeof input === 'string' ? input : 'fairness.jain >= 0.95'}`;
}
