import { UsageError } from '../errors.ts';
import { formatCount } from '../units.ts';
import { arrivalModelOf } from './arrivals/index.ts';
import type { Span } from './arrivals/model.ts';
import { type KeyParams, keyModelOf } from './keys/index.ts';
import type { StreamSpec } from './stream-spec.ts';

/** The sizes past which a run would take an hour or more memory than a laptop has. */
const mostRequests = 1e10;
const mostKeys = 50e6;

/** The keys of a stream that names none: all requests count together. */
export const oneKey: KeyParams = { model: 'single' };

/** A range of keys that a stream draws from. */
export interface KeyRange {
  /** What the names of its keys begin with: `web/key-`, `acme/user-`. */
  readonly prefix: string;
  /** How many keys it has; Infinity where new ones come without end. */
  readonly keys: number;
  /** The tenant that they belong to, if any. */
  readonly tenant: string | undefined;
}

/** A stream of a scenario with its name and its end filled in: what is known before any request is made. */
export class StreamPlan {
  readonly span: Span;

  constructor(
    readonly spec: StreamSpec,
    readonly name: string,
    durationUs: number,
  ) {
    this.span = { startUs: spec.start, stopUs: Math.min(spec.stop ?? durationUs, durationUs) };
  }

  /** Whether it starts before the run ends. */
  get sends(): boolean {
    return this.span.stopUs > this.span.startUs;
  }

  /** How many requests it is expected to bring. */
  get expected(): number {
    const { arrivals } = this.spec;
    return this.sends ? arrivalModelOf(arrivals).expected(arrivals, this.span) : 0;
  }

  /** Whether all requests cost and last the same. */
  get hasFixedAmounts(): boolean {
    const { costs, durations } = this.spec;
    return costs.model === 'fixed' && (durations === undefined || durations.model === 'fixed');
  }

  /** How many keys it is expected to use. */
  get expectedKeys(): number {
    const { keys = oneKey } = this.spec;
    const spanUs = Math.max(0, this.span.stopUs - this.span.startUs);
    const unbounded = keyModelOf(keys).unbounded?.(keys, spanUs);
    return unbounded ?? this.ranges.reduce((sum, range) => sum + range.keys, 0);
  }

  get ranges(): readonly KeyRange[] {
    const { arrivals, keys = oneKey, population = this.name, tenant } = this.spec;
    const own = (count: number): KeyRange => ({ prefix: `${population}/key-`, keys: count, tenant });
    const clients = arrivalModelOf(arrivals).clients?.(arrivals);
    if (clients !== undefined) return [own(clients)];
    const model = keyModelOf(keys);
    if (model.unbounded) return [own(Number.POSITIVE_INFINITY)];
    return model
      .groups(keys)
      .map((group) =>
        group.tenant === undefined
          ? own(group.keys)
          : { prefix: `${group.tenant}/user-`, keys: group.keys, tenant: group.tenant },
      );
  }

  /** The models in use, in words. */
  get title(): string {
    const { arrivals, keys = oneKey } = this.spec;
    const clients = arrivalModelOf(arrivals).clients;
    return clients ? arrivals.model : `${arrivals.model} × ${keys.model}`;
  }
}

/** The tenants that streams name, in the order in which they first appear. */
export function tenantNames(streams: readonly StreamSpec[]): string[] {
  const named = streams
    .map((spec) => new StreamPlan(spec, '', 0))
    .flatMap(({ ranges }) => ranges.map(({ tenant }) => tenant));
  return [...new Set(named.filter((tenant) => tenant !== undefined))];
}

/** Plans the streams of a run, and refuses what cannot be run: too much, or names that clash. */
export function planStreams(streams: readonly StreamSpec[], durationUs: number): StreamPlan[] {
  if (streams.length === 0)
    throw new UsageError('there are no streams; give at least one, with its arrivals');
  const plans = streams.map((spec, i) => new StreamPlan(spec, spec.name ?? `stream-${i + 1}`, durationUs));
  const seen = new Set<string>();
  for (const { name } of plans) {
    if (seen.has(name)) throw new UsageError(`two streams are called "${name}"; give each its own name`);
    seen.add(name);
  }
  checkPopulations(plans.flatMap(({ ranges }) => ranges));
  checkSize(plans);
  return plans;
}

/** One key cannot belong to two tenants, and keys without end cannot be shared. */
function checkPopulations(ranges: readonly KeyRange[]): void {
  const known = new Map<string, KeyRange>();
  for (const range of ranges) {
    const other = known.get(range.prefix);
    known.set(range.prefix, range);
    if (!other) continue;
    const population = range.prefix.slice(0, range.prefix.lastIndexOf('/'));
    if (other.tenant !== range.tenant) {
      throw new UsageError(
        `streams of different tenants share the population "${population}"; ` +
          'give them the same tenant or populations of their own',
      );
    }
    if (other.keys + range.keys === Number.POSITIVE_INFINITY) {
      throw new UsageError(
        `the population "${population}" has keys that come and go (churn), which cannot be shared; ` +
          'rename the population or the stream',
      );
    }
  }
}

function checkSize(plans: readonly StreamPlan[]): void {
  const requests = plans.reduce((sum, { expected }) => sum + expected, 0);
  if (requests > mostRequests) {
    throw new UsageError(
      `this traffic comes to ${formatCount(requests)} requests, more than the ${formatCount(mostRequests)} ` +
        'that a run can have; lower the rate or shorten the duration',
    );
  }
  const keys = plans.reduce((sum, { expectedKeys }) => sum + expectedKeys, 0);
  if (keys > mostKeys) {
    throw new UsageError(
      `this traffic comes to ${formatCount(keys)} keys, more than the ${formatCount(mostKeys)} ` +
        'that a run can have; lower the count of keys, or let them live longer',
    );
  }
}
