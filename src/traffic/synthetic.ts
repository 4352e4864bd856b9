import type { ArrivalBatch } from '../algorithms/batch.ts';
import { UsageError } from '../errors.ts';
import { InTimeOrder } from './in-time-order.ts';
import { Merge } from './merge.ts';
import { planStreams, type StreamPlan, tenantNames } from './plan.ts';
import type { PoissonByKey } from './poisson-by-key.ts';
import { Populations } from './populations.ts';
import { poissonByKey } from './sole-stream.ts';
import type { ArrivalSource, RequestsByKey, TrafficSummary } from './source.ts';
import { RequestStream, type StreamSite } from './stream.ts';
import type { StreamSpec } from './stream-spec.ts';

export interface SyntheticOptions {
  readonly seed: number;
  /** Length of the run in whole microseconds; every stream ends with it. */
  readonly durationUs: number;
  readonly streams: readonly StreamSpec[];
  /** The tenants in the order of their numbers; those that the streams name, in their order, when left out. */
  readonly tenants?: readonly string[];
}

/** A stream that sends, and where. */
interface StartedStream {
  readonly plan: StreamPlan;
  readonly site: StreamSite;
}

/** A stream as plans and progress lines show it. */
export interface StreamRate {
  readonly name: string;
  /** The models in use, such as `poisson × zipf`. */
  readonly title: string;
  readonly expectedRequests: number;
  /** Mean requests per second between the stream's start and stop. */
  readonly ratePerSecond: number;
}

/**
 * Traffic made from models. The same options give the same requests, whatever the size of the batches.
 * Throws a UsageError for a run that is too large, for two streams of one name, and for an unknown tenant.
 */
export class SyntheticTraffic implements ArrivalSource {
  readonly epochUs = 0;
  readonly hasDurations: boolean;
  readonly #plans: readonly StreamPlan[];
  readonly #populations: Populations;
  readonly #tenants: readonly string[];
  readonly #started: readonly StartedStream[];
  #fill: ((batch: ArrivalBatch) => number) | undefined; // made when it is first asked for

  constructor({ seed, durationUs, streams, tenants }: SyntheticOptions) {
    this.#plans = planStreams(streams, durationUs);
    this.#tenants = tenants ?? tenantNames(streams);
    this.hasDurations = streams.some(({ durations }) => durations !== undefined);
    this.#populations = new Populations(this.#plans.flatMap(({ ranges }) => ranges));
    this.#started = this.#plans
      .filter((plan) => plan.sends)
      .map((plan) => ({ plan, site: this.#site(plan, seed) }));
  }

  next(batch: ArrivalBatch): boolean {
    this.#fill ??= fillerOf(this.#requestStreams());
    this.#describe(batch);
    batch.length = this.#fill(batch);
    return batch.length > 0;
  }

  byKey(): RequestsByKey | undefined {
    const arrivals = this.#poissonByKey();
    if (!arrivals) return undefined;
    const [{ plan, site }] = this.#started;
    const stream = new RequestStream(plan, site, { arrivals });
    return {
      longestStretchUs: arrivals.longestStretchUs,
      get stretch() {
        return arrivals.stretch;
      },
      get isMidStretch() {
        return arrivals.isMidStretch;
      },
      next: (batch, rows) => {
        if (!arrivals.isMidStretch && !arrivals.begin()) return false;
        this.#describe(batch);
        batch.length = stream.fill(batch, 0, Math.min(rows, batch.capacity));
        return true;
      },
    };
  }

  keyName(key: number): string {
    return this.#populations.name(key);
  }

  /** How many requests the whole run is expected to bring; exact where the models are not random. */
  expectedRequests(): number {
    return this.#plans.reduce((sum, { expected }) => sum + expected, 0);
  }

  streamRates(): readonly StreamRate[] {
    return this.#plans.map(({ name, title, expected, span }) => ({
      name,
      title,
      expectedRequests: expected,
      ratePerSecond: expected > 0 ? (expected / (span.stopUs - span.startUs)) * 1e6 : 0,
    }));
  }

  summary(): TrafficSummary {
    const notes = this.#plans
      .filter((stream) => !stream.sends)
      .map(({ name }) => `stream "${name}" would start after the end of the run and sends nothing`);
    return { source: 'synthetic', format: this.#plans.map(({ title }) => title).join(' + '), notes };
  }

  close(): void {}

  #requestStreams(): RequestStream[] {
    const byKey = this.#poissonByKey();
    return this.#started.map(({ plan, site }) =>
      byKey
        ? new RequestStream(plan, site, { arrivals: new InTimeOrder(byKey) })
        : new RequestStream(plan, site),
    );
  }

  /** Of one stream alone: of several, each would hold a stretch to sort it for the others. */
  #poissonByKey(): PoissonByKey | undefined {
    const [only, ...others] = this.#started;
    return only && others.length === 0 ? poissonByKey(only.plan, only.site) : undefined;
  }

  #describe(batch: ArrivalBatch): void {
    batch.keys = this.#populations.total;
    batch.tenants = Math.max(1, this.#tenants.length);
  }

  #site({ name, ranges }: StreamPlan, seed: number): StreamSite {
    const populations = this.#populations;
    return {
      seed,
      firstKeys: ranges.map(({ prefix }) => populations.firstKey(prefix)),
      tenants: ranges.map(({ tenant }) => this.#tenantNumber(name, tenant)),
      keyStep: populations.keyStep,
    };
  }

  #tenantNumber(stream: string, tenant: string | undefined): number {
    const tenants = this.#tenants;
    if (tenants.length === 0 && tenant === undefined) return 0;
    const number = tenant === undefined ? -1 : tenants.indexOf(tenant);
    if (number >= 0) return number;
    const known = `the tenants are ${tenants.join(', ')}`;
    throw new UsageError(
      tenant === undefined
        ? `stream "${stream}" belongs to no tenant, but others do; give it a tenant (${known})`
        : `stream "${stream}" names the tenant "${tenant}", which does not exist; ${known}`,
    );
  }
}

/** One stream writes straight into the batch; several are merged. */
function fillerOf(streams: readonly RequestStream[]): (batch: ArrivalBatch) => number {
  if (streams.length === 0) return () => 0;
  const [only] = streams;
  if (streams.length === 1) return (batch) => only.fill(batch, 0, batch.capacity);
  const merge = new Merge(streams);
  return (batch) => merge.fill(batch);
}
