import * as z from 'zod';

/**
 * What a run found out: plain data, `ratelimit.run/1`. The types, the reader of saved runs and the published JSON Schema
 * (`schemas/`) come from here. Fields are added freely, so a reader lets unknown ones stand; to rename one or to change
 * its meaning raises the version. Times are microseconds, ratios 0…1, null stands where a figure does not exist.
 * The schemas only check: they change no value. Definitions: docs/metrics.md.
 */
export const runSchemaName = 'ratelimit.run/1';

const count = z.number().min(0);
const us = z.number().min(0);
const ratio = z.number().min(0).max(1);
const index = z.number().min(0).nullable(); // 1 at most, but for its last digit

const limitSchema = z
  .object({
    limit: count.describe('Units in a period'),
    period_us: us,
    burst: count.describe('Units that may pass at one instant'),
    per: z.string().describe('Whom it counts against: key, tenant or global'),
    tenant: z.string().describe('The only tenant that it is for').exactOptional(),
  })
  .describe('A limit');

const whom = { per: z.string(), tenant: z.string().exactOptional() };
const singleContractSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bucket'), limit: count, period_us: us, burst: count, ...whom }),
  z.object({ kind: z.enum(['window', 'calendar']), limit: count, window_us: us, ...whom }),
]);
const contractSchema = z
  .discriminatedUnion('kind', [
    singleContractSchema,
    z.object({ kind: z.literal('all'), contracts: z.array(singleContractSchema) }),
  ])
  .describe('The promise that accuracy is measured against');

export const trafficSchema = z.object({
  source: z.enum(['synthetic', 'trace']),
  format: z.string().describe('Models in use, or the format of the trace in words'),
  requests: count,
  keys: count,
  cost: count.describe('Units of all requests'),
  duration_us: us.describe('Instant of the last request'),
  lines: z
    .object({ read: count, used: count, skipped: z.record(z.string(), count) })
    .describe('Lines of a trace: read = used + the sum of skipped by reason')
    .exactOptional(),
  malformed: z
    .array(z.object({ at: z.string(), reason: z.string(), text: z.string() }))
    .describe('The first lines of a trace that could not be used, at most ten')
    .exactOptional(),
});

const accuracySchema = z.object({
  over_admitted: count.describe('Admitted although the contract did not allow it'),
  over_admitted_ratio: ratio,
  needless_rejected: count.describe('Refused although the contract allowed it'),
  needless_rejected_ratio: ratio,
  oracle_disagreed: count.describe('Decided unlike the contract run on the same arrivals'),
  oracle_disagreed_ratio: ratio,
  worst_window_ratio: z
    .number()
    .min(0)
    .nullable()
    .describe('Most units in a trailing period, over the limit'),
  worst_window_at_us: us.nullable().describe('When that period ended'),
});

const burstSchema = z
  .object({
    max_in_10ms: count,
    max_in_100ms: count,
    max_in_1s: count,
    max_in_window: count,
    sigma: count.describe('Smallest bucket at rate rho that passes all that was admitted'),
    rho_per_s: z.number().min(0),
  })
  .describe('Most units that one key got through within a span');

const shares = z.array(z.number().min(0));
const fairnessSchema = z.object({
  jain: index.describe("Jain's index of admitted over demanded"),
  jain_entitled: index.describe("Jain's index of admitted over what the contract would have given"),
  starved_keys: count,
  longest_starvation_us: us,
  curve: z
    .object({
      demanded: shares.describe('Admitted over demanded'),
      entitled: shares.describe('Admitted over what the contract would have given'),
    })
    .describe('What the key got that stands at 0 %, 5 %, … 100 % of the keys, from the least served on')
    .exactOptional(),
});

const latencies = { p50_us: us, p90_us: us, p99_us: us, p999_us: us, max_us: us };
const latencySchema = z
  .object({
    ...latencies,
    measured: z.literal(true).describe('On a real store in wall time: until it had decided').exactOptional(),
  })
  .describe('Delay that the limiter added to the admitted requests');

const retryAfterSchema = z.object({
  advised: count.describe('Refusals that came with a finite wait'),
  admitted_when_due_ratio: ratio.nullable(),
  late_p50_us: us.nullable(),
  late_p99_us: us.nullable(),
});

const timelineSchema = z.object({
  bucket_us: us,
  offered: z.array(count).describe('Requests by bucket'),
  admitted: z.array(count),
});

const measuredLatencies = z.object(latencies).nullable();
const perDecision = z.number().min(0).nullable();

const outcomesSchema = z.object({
  requests: count,
  admitted: count,
  over_admitted: count,
  needless_rejected: count,
});

const deploymentSchema = z
  .object({
    topology: z.string(),
    params: z.record(z.string(), z.unknown()),
    balance: z.string().describe('How requests are spread over the nodes'),
    nodes: z.object({ fewest: count, most: count }),
    inside: z.record(z.string(), z.number()).describe('What happened between and behind the nodes, by name'),
    faults: z.array(
      z.object({
        fault: z.string(),
        params: z.record(z.string(), z.unknown()),
        at_us: us,
        until_us: us.nullable().describe('Null when it lasts to the end'),
        before: outcomesSchema.describe('During as long a time before it'),
        during: outcomesSchema,
        after: outcomesSchema.describe('During as long a time after it'),
      }),
    ),
  })
  .describe('How the nodes of a deployment came to their decisions, and what faults did to it');

const shareOrNull = ratio.nullable();

const clientsSchema = z
  .object({
    label: z.string().describe('What sets these clients apart from those of other rows'),
    policy: z.string(),
    params: z.record(z.string(), z.unknown()),
    offered: count.describe('Units of work that clients wanted done; offered = done + abandoned'),
    done: count.describe('Admitted while the client still wanted it'),
    abandoned: count,
    goodput_ratio: shareOrNull.describe('done / offered'),
    goodput_per_s: z.number().min(0).nullable().describe('done, over the time until all was settled'),
    attempts: count.describe('Requests: first tries and retries'),
    retries: count,
    retry_ratio: shareOrNull.describe('Refused attempts of all attempts'),
    wasted_cost: count.describe('Units admitted for work that the client had given up by then'),
    time_to_done: z.object(latencies).nullable().describe('From the arrival of the work until it was done'),
    backlog_most: count.describe('Most work that was neither done nor abandoned'),
    time_to_clear_us: us
      .nullable()
      .describe(
        'From the end of the last fault until the backlog was no larger than ever before it; without faults from the largest backlog until a hundredth of it was left',
      ),
    dispersion: z
      .number()
      .min(0)
      .nullable()
      .describe(
        'Variance / mean of the attempts in each 100 ms: 1 when they come independently, more in herds',
      ),
    dispersion_offered: z.number().min(0).nullable().describe('The same of the work as it was offered'),
    most_in_100ms: count.describe('Most attempts in 100 ms'),
    classes: z
      .array(
        z.object({
          name: z.string(),
          share_ratio: ratio.describe('Of the clients'),
          reserve_ratio: ratio.describe('Of the limit, kept free for this class and those before it'),
          offered: count,
          done: count,
          goodput_ratio: shareOrNull,
          time_to_done: z.object(latencies).nullable(),
        }),
      )
      .describe('The work by class of clients, the most important first; absent where there are none')
      .exactOptional(),
    timeline: z.object({
      bucket_us: us,
      offered: z.array(count).describe('Units of work by bucket'),
      done: z.array(count),
      backlog: z.array(count).describe('Neither done nor abandoned at the end of the bucket'),
    }),
  })
  .describe('What became of the work of clients that hear the answers and act on them');

const liveSchema = z
  .object({
    measured: z.literal(true),
    server: z.string(),
    time: z.enum(['logical', 'wall']).describe('Whether requests carried their times, or were sent at them'),
    speed: z
      .number()
      .nullable()
      .describe('How many times faster than the traffic says time passed; null in logical time'),
    in_flight: count.describe('The most requests that waited for the store at once'),
    connections: count,
    decision_latency: measuredLatencies.describe(
      'From the intended instant (wall) or from sending (logical) until the decision was there',
    ),
    answer_latency: measuredLatencies.describe('From sending until the decision was there').exactOptional(),
    schedule_slip: measuredLatencies.describe(
      'How much later than intended requests were sent; null in logical time',
    ),
    cpu_us_per_decision: perDecision.describe('Of the server, by its own counters'),
    commands_per_decision: perDecision,
    bytes_in_per_decision: perDecision,
    bytes_out_per_decision: perDecision,
    memory_bytes_per_key: perDecision.describe('Growth of the server’s memory for a key; null for few keys'),
    reported_bytes_per_key: perDecision.describe('What the server says that a key takes'),
    evicted_keys: count.nullable(),
    capacity_units_per_decision: perDecision,
    errors: z
      .record(z.string(), count)
      .describe('Requests that the store did not decide, by what went wrong'),
    on_store_error: z.enum(['open', 'closed', 'local']).describe('What becomes of those'),
    without_store: outcomesSchema.describe('What became of those'),
  })
  .describe('What a real store and the way to it cost: measured, so it differs from run to run');

const spreadSchema = z
  .object({
    mean: z.number(),
    ci95_low: z.number().nullable().describe('Null when fewer than two runs have the figure'),
    ci95_high: z.number().nullable(),
    values: z
      .array(z.number().nullable())
      .describe('One a run, in the order of the seeds; null where it has none'),
  })
  .describe('A figure over several runs: its mean with the 95 % confidence interval of Student’s t');

export const rowSchema = z
  .object({
    algorithm: z.string(),
    variant: z.string().describe('What sets the row apart from the plain form; empty for the plain form'),
    params: z.record(z.string(), z.unknown()),
    store: z.string().describe('Where the state lay: virtual is the memory of the simulator'),
    topology: z
      .string()
      .describe(
        'ideal is one central limiter without delay or loss; remote a target over the network, whose memory and speed are not known and stand as 0',
      ),
    requests: count,
    admitted: count,
    rejected: count,
    accuracy: accuracySchema,
    burst: burstSchema,
    fairness: fairnessSchema,
    latency: latencySchema,
    retry_after: retryAfterSchema,
    memory: z.object({ bytes_per_key: z.number().min(0), keys: count, bytes: count }),
    throughput: z
      .object({ decisions_per_s: z.number().min(0), measured: z.literal(true) })
      .describe('Speed of the decisions alone on this machine: measured, so it differs from run to run'),
    live: liveSchema.exactOptional(),
    deployment: deploymentSchema.exactOptional(),
    clients: clientsSchema.exactOptional(),
    timeline: timelineSchema,
    runs: z
      .record(z.string(), spreadSchema)
      .describe('Over all runs, by the path of the figure; the figures above are those of the first seed')
      .exactOptional(),
  })
  .describe('One row of the comparison');

const checkSchema = z
  .object({
    expectation: z.string().describe('As it was written, such as fairness.jain >= 0.95'),
    algorithm: z.string(),
    variant: z.string(),
    topology: z.string().describe('Where it was decided; absent for the ideal place').exactOptional(),
    clients: z.string().describe('Whose requests were decided; absent where no client hears').exactOptional(),
    field: z.string().describe('Path of the figure in its row, such as fairness.jain'),
    expected: z.string(),
    seen: z.string(),
    passed: z.boolean(),
    reproduce: z.string().describe('The one command that shows the same figure'),
    place: z
      .object({ file: z.string(), line: z.int().min(1) })
      .describe('Where the expectation stands, from the root of the repository; absent for those of flags')
      .exactOptional(),
  })
  .describe('One expectation held against one row');

export const runSchema = z.object({
  schema: z.literal(runSchemaName),
  version: z.string().describe('Version of the package that wrote it'),
  partial: z.boolean().describe('True when the run was interrupted: all speaks of the requests up to then'),
  partial_reason: z
    .enum(['interrupted', 'store'])
    .describe('Why it is partial: the user ended it, or the store went away and did not come back')
    .exactOptional(),
  seed: z.number(),
  scenario: z.object({
    name: z.string(),
    limit: limitSchema,
    limits: z
      .array(limitSchema)
      .describe('All limits that a request had to pass, when there is more than one')
      .exactOptional(),
  }),
  contract: contractSchema,
  traffic: trafficSchema,
  runs: z
    .object({ count: z.number(), seeds: z.array(z.number()) })
    .describe('Runs under several seeds; absent when there was one')
    .exactOptional(),
  results: z.array(rowSchema),
  notes: z.array(z.string()).describe('What a reader should know before believing the figures'),
  checks: z.array(checkSchema).describe('What ratelimit check expected of this run').exactOptional(),
});

/** The data of a schema, which nobody changes. */
type Data<T> = T extends object ? { readonly [Field in keyof T]: Data<T[Field]> } : T;

export type RunResult = Data<z.output<typeof runSchema>>;
export type LimitFigures = Data<z.output<typeof limitSchema>>;
export type SingleContract = Data<z.output<typeof singleContractSchema>>;
export type ContractFigures = Data<z.output<typeof contractSchema>>;
export type TrafficFigures = Data<z.output<typeof trafficSchema>>;
export type AlgorithmResult = Data<z.output<typeof rowSchema>>;
export type DeploymentFigures = Data<z.output<typeof deploymentSchema>>;
export type ClientFigures = Data<z.output<typeof clientsSchema>>;
export type LiveFigures = Data<z.output<typeof liveSchema>>;
export type OutcomeFigures = Data<z.output<typeof outcomesSchema>>;
export type LatencyFigures = Data<NonNullable<z.output<typeof measuredLatencies>>>;
export type Spread = Data<z.output<typeof spreadSchema>>;
export type Check = Data<z.output<typeof checkSchema>>;
