import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { tenantNames } from '../traffic/plan.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import type { StreamSpec } from '../traffic/stream-spec.ts';
import { SyntheticTraffic } from '../traffic/synthetic.ts';
import { WithTenants } from '../traffic/tenant.ts';
import type { Overrides } from './overrides.ts';
import type { Rule } from './rule.ts';
import type { Scenario } from './scenario.ts';
import { durationOf, streamsOf } from './streams.ts';
import type { Terms } from './terms.ts';

/** Requests, and what is known of them before they come. */
export interface Traffic {
  readonly source: ArrivalSource;
  readonly tenants: readonly string[];
  readonly expectedRequests?: number;
  /** More requests than this will hardly come; a trace may be a small table that stands for millions. */
  readonly atMost: number;
}

/** The requests of a scenario: of the trace that it or the command line names, or else made up. Throws UsageError. */
export async function openTraffic(
  scenario: Scenario,
  overrides: Overrides,
  { seed, rules }: Terms,
): Promise<Traffic> {
  const trace = overrides.trace ?? scenario.trace;
  return trace
    ? openRecorded(trace, overrides, seed, rules)
    : openSynthetic(streamsOf(scenario, overrides), durationOf(scenario, overrides), seed, rules);
}

function openSynthetic(
  streams: readonly StreamSpec[],
  durationUs: number,
  seed: number,
  rules: readonly Rule[],
): Traffic {
  const tenants = tenantNames(streams);
  refuseAbsentTenants(rules, tenants);
  const source = new SyntheticTraffic({ seed, durationUs, streams, tenants });
  const expectedRequests = source.expectedRequests();
  return { source, tenants, expectedRequests, atMost: expectedRequests };
}

/** Throws UsageError for a limit that counts against tenants, or is that of one, where the streams have no such. */
function refuseAbsentTenants(rules: readonly Rule[], tenants: readonly string[]): void {
  for (const { tenant, per } of rules) {
    if (per === 'tenant' && tenants.length === 0) {
      throw new UsageError(
        'limit: per=tenant, but no stream has tenants; use keys of the model "tenants", or per=global',
      );
    }
    if (tenant === undefined || tenants.includes(tenant)) continue;
    const thereAre = tenants.length === 0 ? 'there are none' : undefined;
    throw new UsageError(`tenant_limits: ${noneCalled('tenant of a stream', tenant, tenants, thereAre)}`);
  }
}

async function openRecorded(
  { files, ...mapping }: NonNullable<Scenario['trace']>,
  { ratePerSecond, maxMalformedRatio = 0.01, stdin, durationUs, keys }: Overrides,
  seed: number,
  rules: readonly Rule[],
): Promise<Traffic> {
  if (keys !== undefined) throw new UsageError('--keys: a trace brings its own keys; leave it out');
  if (durationUs !== undefined) throw new UsageError('--duration: a trace is read to its end; leave it out');
  const { openTrace } = await import('../traffic/trace/index.ts');
  const source = await openTrace(files, {
    ...mapping,
    seed,
    maxMalformedRatio,
    ...(ratePerSecond !== undefined && { ratePerSecond }),
    ...(stdin && { stdin }),
  });
  return recordedTraffic(source, rules);
}

/** Requests that were recorded; keys are parted into tenants where a limit counts against those. */
export function recordedTraffic(source: ArrivalSource, rules: readonly Rule[]): Traffic {
  const tenants = rules.flatMap(({ tenant }) => tenant ?? []);
  const byTenant = rules.some(({ per, tenant }) => per === 'tenant' || tenant !== undefined);
  return {
    source: byTenant ? new WithTenants(source, tenants) : source,
    tenants,
    atMost: Number.POSITIVE_INFINITY,
  };
}
