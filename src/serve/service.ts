import type { ErrorPolicy } from '../sim/live/options.ts';
import type { Rule } from '../sim/rule.ts';
import { unixTimeUs } from '../sim/wall-clock.ts';
import { type StoreDecision, StoreError, type StoreRequest, type StoreRow } from '../stores/store.ts';
import { tenantOf } from '../traffic/tenant.ts';
import { IdleMap } from './idle-map.ts';
import { type Decider, MemoryLimiter } from './memory-limiter.ts';
import { ServiceMetrics } from './metrics.ts';
import { inRedisQuery } from './redis-spans.ts';
import { InvalidRequest } from './requests.ts';
import { inShortSpan, inSpan, inTraceOf, tell } from './spans.ts';
import { serviceStateNames } from './state-names.ts';

/** A request to decide about, whatever it came as. */
export interface Asked {
  readonly key: string;
  readonly cost: number;
  /** Whose limits it shares; found in the key where it is not said. */
  readonly tenant?: string | undefined;
  /** What was called, for the metrics. */
  readonly endpoint?: string | undefined;
}

export interface Verdict extends StoreDecision {
  /** Why the store did not decide; absent where it did. */
  readonly storeError?: string;
}

export interface ServiceOptions {
  readonly row: StoreRow;
  readonly rules: readonly Rule[];
  /** The store's limiter; without one this process decides. */
  readonly store?: Decider | undefined;
  /** What the names of state begin with. */
  readonly prefix: string;
  readonly onStoreError: ErrorPolicy;
}

/** Keys, and states of a limiter in memory, that are remembered at most. */
const mostRemembered = 1_000_000;

/** Decides requests, and counts them. */
export class RateLimiterService {
  readonly metrics: ServiceMetrics;
  readonly #options: ServiceOptions;
  readonly #inMemory: MemoryLimiter;
  readonly #stateNames: ReturnType<typeof serviceStateNames>;
  readonly #names: IdleMap<readonly string[]>;

  constructor(options: ServiceOptions) {
    const { row, rules, prefix } = options;
    this.#options = options;
    this.#inMemory = new MemoryLimiter(row, unixTimeUs(), mostRemembered);
    this.#stateNames = serviceStateNames(rules, prefix);
    this.#names = new IdleMap(this.#inMemory.ttlUs, mostRemembered);
    this.metrics = new ServiceMetrics(() => {
      this.#names.forgetIdle(unixTimeUs());
      return this.#names;
    });
  }

  /**
   * Decides what `identify` finds in a request that came with these headers. Rejects with `InvalidRequest` when there is
   * nothing to decide about.
   */
  check(headers: object, identify: () => Asked): Promise<Verdict> {
    const startedUs = unixTimeUs();
    return inTraceOf(headers, () =>
      inSpan('rate_limit_check', async (span) => {
        const asked = this.#identified(identify);
        const request = inShortSpan('load_config', () => this.#requestOf(asked));
        const verdict = await this.#decide(request);
        tell(span, this.#options.row.algorithm.name, verdict);
        this.metrics.decided((unixTimeUs() - startedUs) / 1e6);
        this.metrics.request(verdict.allowed ? 'allowed' : 'refused', tenantLabel(asked), asked.endpoint);
        return verdict;
      }),
    );
  }

  #identified(identify: () => Asked): Asked {
    try {
      return inShortSpan('extract_identifier', identify);
    } catch (error) {
      if (error instanceof InvalidRequest) this.metrics.request('invalid');
      throw error;
    }
  }

  #requestOf({ key, tenant = tenantOf(key), cost }: Asked): StoreRequest {
    const nowUs = unixTimeUs();
    const names = this.#names.use(`${tenant.length}:${tenant}${key}`, nowUs, () =>
      this.#stateNames(key, tenant),
    );
    return { limits: [...names.keys()], names, nowUs, cost, durationUs: 0 };
  }

  async #decide(request: StoreRequest): Promise<Verdict> {
    const { store } = this.#options;
    if (!store) return inSpan('algorithm_execute', () => this.#inMemory.decide(request));
    try {
      return await inRedisQuery(() => store.decide(request));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.metrics.storeError();
      return { ...(await this.#withoutStore(request)), storeError: error.kind };
    }
  }

  async #withoutStore(request: StoreRequest): Promise<StoreDecision> {
    const { onStoreError } = this.#options;
    if (onStoreError === 'local') return this.#inMemory.decide(request);
    const allowed = onStoreError === 'open';
    return { allowed, retryAfterUs: allowed ? 0 : Number.POSITIVE_INFINITY, delayUs: 0, atUs: request.nowUs };
  }
}

/** A key without a tenant is nobody's name to show. */
function tenantLabel({ key, tenant }: Asked): string | undefined {
  return tenant ?? (key.includes('/') ? tenantOf(key) : undefined);
}
