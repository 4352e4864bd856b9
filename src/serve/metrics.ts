import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is said of the names of state that this process remembers. */
interface Remembered {
  readonly size: number;
  readonly hitRatio: number;
}

export type Status = 'allowed' | 'refused' | 'invalid';

const latencyBucketsSeconds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
];

/** The first values are kept; each further one is counted as `other`, so that clients cannot fill the memory with series. */
export class BoundedLabel {
  readonly #seen = new Set<string>();
  readonly #most: number;

  constructor(most = 50) {
    this.#most = most;
  }

  of(value: string): string {
    if (this.#seen.has(value)) return value;
    if (this.#seen.size >= this.#most || value.length > 100) return 'other';
    this.#seen.add(value);
    return value;
  }
}

/** The metrics of a service, by names that dashboards of rate limiters use. */
export class ServiceMetrics {
  readonly #registry = new Registry();
  readonly #tenants = new BoundedLabel();
  readonly #endpoints = new BoundedLabel();
  readonly #requests = new Counter({
    name: 'rate_limiter_requests_total',
    help: 'Requests by what became of them: allowed, refused, or invalid where there was nothing to decide.',
    labelNames: ['status', 'tenant_id', 'endpoint'],
    registers: [this.#registry],
  });
  readonly #latency = new Histogram({
    name: 'rate_limiter_latency_seconds',
    help: 'Time to a decision, with that of the store.',
    buckets: latencyBucketsSeconds,
    registers: [this.#registry],
  });
  readonly #redisOperations = new Counter({
    name: 'rate_limiter_redis_ops_total',
    help: 'Commands sent to Redis.',
    labelNames: ['operation'],
    registers: [this.#registry],
  });
  readonly #redisErrors = new Counter({
    name: 'rate_limiter_redis_errors_total',
    help: 'Decisions that the store did not make.',
    registers: [this.#registry],
  });

  constructor(remembered: () => Remembered) {
    new Gauge({
      name: 'rate_limiter_active_keys_gauge',
      help: 'Keys that have asked within the time for which their state matters.',
      registers: [this.#registry],
      collect() {
        this.set(remembered().size);
      },
    });
    new Gauge({
      name: 'rate_limiter_cache_hit_ratio',
      help: 'Share of the requests whose key this process remembered.',
      registers: [this.#registry],
      collect() {
        this.set(remembered().hitRatio);
      },
    });
  }

  /** `tenant` and `endpoint` are empty where they are not known. */
  request(status: Status, tenant = '', endpoint = ''): void {
    this.#requests.inc({
      status,
      tenant_id: this.#tenants.of(tenant),
      endpoint: this.#endpoints.of(endpoint),
    });
  }

  decided(seconds: number): void {
    this.#latency.observe(seconds);
  }

  redisOperation(operation: string): void {
    this.#redisOperations.inc({ operation });
  }

  storeError(): void {
    this.#redisErrors.inc();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
