import type { Draw } from '../../traffic/random.ts';
import { type Times, timesSampler } from './calibrated.ts';
import type { Conditions } from './conditions.ts';

/**
 * One server that works on requests in the order in which they arrive (Lindley 1952): M/G/1 when arrivals are Poisson. A
 * Redis is one, since its commands run on one thread.
 */
export class StoreServer {
  readonly #conditions: Conditions;
  readonly #service: () => number;
  #freeAtUs = 0;
  #busyUs = 0;
  #served = 0;

  constructor(service: Times, conditions: Conditions, draw: Draw) {
    this.#conditions = conditions;
    this.#service = timesSampler(service, draw);
  }

  /** Takes on a request that arrives now; answers when the work on it begins. `finishUs` tells when it ends. */
  accept(nowUs: number): number {
    const startUs = Math.max(nowUs, this.#freeAtUs);
    const serviceUs = this.#service() * this.#conditions.storeSlowness;
    this.#freeAtUs = startUs + serviceUs;
    this.#busyUs += serviceUs;
    this.#served++;
    return Math.round(startUs);
  }

  /** When the work on the request that came last ends. */
  get finishUs(): number {
    return this.#freeAtUs;
  }

  /** Requests that it took on. */
  get served(): number {
    return this.#served;
  }

  /** Microseconds for which it has had work. */
  get busyUs(): number {
    return this.#busyUs;
  }
}
