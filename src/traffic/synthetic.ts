import type { ArrivalBatch } from '../algorithms/batch.ts';
import { UsageError } from '../errors.ts';
import { Merge } from './merge.ts';
import { planStreams, type StreamPlan, tenantNames } from './plan.ts';
import { Populations } from './populations.ts';
import type { ArrivalSource, TrafficSummary } from './source.ts';
import { RequestStream } from './stream.ts';
import type { StreamSpec } from './stream-spec.ts';

export interface SyntheticOptions {
  readonly seed: number;
  /** Length of the run in whole microseconds; every stream ends with it. */
  readonly durationUs: number;
  readonly streams: readonly StreamSpec[];
  /** The tenants in the order of their numbers; those that the streams name, in their order, when left out. */
  readonly tenants?: readonly string[];
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
  readonly #fill: (batch: ArrivalBatch) => number;

  constructor({ seed, durationUs, streams, tenants }: SyntheticOptions) {
    this.#plans = planStreams(streams, durationUs);
    this.#tenants = tenants ?? tenantNames(streams);
    this.hasDurations = streams.some(({ durations }) => durations !== undefined);
    this.#populations = new Populations(this.#plans.flatMap(({ ranges }) => ranges));
    const started = this.#plans
      .filter((stream) => stream.sends)
      .map((stream) => new RequestStream(stream, this.#site(stream, seed)));
    this.#fill = fillerOf(started);
  }

  next(batch: ArrivalBatch): boolean {
    batch.keys = this.#populations.total;
    batch.tenants = Math.max(1, this.#tenants.length);
    batch.length = this.#fill(batch);
    return batch.length > 0;
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

  #site({ name, ranges }: StreamPlan, seed: number) {
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
