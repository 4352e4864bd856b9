import type { Limiter } from '../algorithms/algorithm.ts';
import { ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { contractOf } from './contract.ts';
import { createLimiter } from './limiters.ts';
import type { Rule } from './rule.ts';
import type { Selection } from './selection.ts';

/**
 * Decides single requests of keys that have numbers, as a server would, through the same limiters as a comparison. The
 * answer stands in its fields until the next request, so that nothing is allocated for one.
 */
export class DecisionDesk {
  allowed = false;
  /** Whole units of the key that would pass now. */
  remaining = 0;
  /** 0 when allowed, -1 when it can never pass. */
  retryAfterUs = 0;
  delayUs = 0;
  readonly #selection: Selection;
  readonly #rules: readonly Rule[];
  readonly #arrival = new ArrivalBatch(1);
  readonly #decision = new DecisionBatch(1);
  #limiter: Limiter;
  #epochUs: number | undefined;

  constructor(selection: Selection, rules: readonly Rule[]) {
    this.#selection = selection;
    this.#rules = rules;
    this.#arrival.length = 1;
    this.#limiter = this.#create(0); // so that wrong parameters are found before the first request
  }

  /** `atUs`: any whole number of microseconds, never before that of the last request. */
  decide(key: number, tenant: number, atUs: number, cost: number, durationUs: number): void {
    const nowUs = this.#arrive(key, tenant, atUs);
    this.#arrival.cost[0] = cost;
    this.#arrival.durationUs[0] = durationUs;
    this.#limiter.decide(this.#arrival, this.#decision);
    const waitUs = this.#decision.retryAfterUs[0];
    this.allowed = this.#decision.allowed[0] === 1;
    this.remaining = this.#limiter.remaining(key, nowUs);
    this.retryAfterUs = this.allowed ? 0 : waitUs === Number.POSITIVE_INFINITY ? -1 : waitUs;
    this.delayUs = this.allowed ? this.#decision.delayUs[0] : 0;
  }

  /** The limiter's state in words. Peeks first, which changes none: a composite learns the tenant of a key from its requests. */
  explain(key: number, tenant: number, atUs: number): string {
    const nowUs = this.#arrive(key, tenant, atUs);
    this.#arrival.cost[0] = 0;
    this.#limiter.decide(this.#arrival, this.#decision);
    return this.#limiter.explain(key, nowUs);
  }

  /** Puts a request at the instant before the limiter; answers the instant by the limiter's clock. */
  #arrive(key: number, tenant: number, atUs: number): number {
    if (this.#epochUs === undefined) {
      this.#epochUs = atUs;
      this.#limiter = this.#create(atUs);
    }
    const arrival = this.#arrival;
    const nowUs = atUs - this.#epochUs;
    arrival.timeUs[0] = nowUs;
    arrival.key[0] = key;
    arrival.tenant[0] = tenant;
    if (tenant >= arrival.tenants) arrival.tenants = tenant + 1;
    if (key >= arrival.keys) {
      arrival.keys = key + 1;
      this.#limiter.reserve(arrival.keys);
    }
    return nowUs;
  }

  /** Time 0 of the limiter is the first request; aligned windows are still aligned by the given times. */
  #create(epochUs: number): Limiter {
    return createLimiter(this.#selection, {
      rules: this.#rules,
      contracts: this.#rules.map(contractOf),
      selections: [this.#selection],
      context: { epochUs },
      tenants: [],
    });
  }
}
