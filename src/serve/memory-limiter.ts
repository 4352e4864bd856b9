import type { Limiter, Quota } from '../algorithms/algorithm.ts';
import type { Standing, StoreDecision, StoreLimiter, StoreRequest, StoreRow } from '../stores/store.ts';
import { IdleMap } from './idle-map.ts';

/** What decides: a store, or this process. */
export type Decider = Pick<StoreLimiter, 'decide'>;

/** Each state has a limiter of its own, with this one key. */
const key = 0;

interface State {
  readonly limiter: Limiter;
  /** Units that pass at once when it has rested. */
  readonly most: number;
}

/**
 * Decides in this process, by the limiters of the simulator: one for each name of state, so that state can be forgotten as
 * a store would: when it has not been used for its time to live.
 */
export class MemoryLimiter implements Decider {
  /** How long state matters that nobody asks for, unless it owes. */
  readonly ttlUs: number;
  readonly #row: StoreRow;
  readonly #states: IdleMap<State>;
  readonly #epochUs: number;
  readonly #most: readonly number[]; // for each limit

  /** `startedUs`: microseconds since 1970 before which nothing is asked; `room`: states kept at once. */
  constructor(row: StoreRow, startedUs: number, room: number) {
    const { algorithm, params, quotas } = row;
    this.ttlUs = Math.max(...quotas.map((quota) => algorithm.ttlUs(quota, params)));
    this.#row = row;
    this.#epochUs = startedUs;
    this.#most = quotas.map((quota) => this.#mostOf(quota));
    this.#states = new IdleMap(this.ttlUs, room, ({ limiter, most }, nowUs) => {
      return limiter.remaining(key, nowUs - startedUs) < most; // it owes more than its time to live repays
    });
  }

  /** All limits must pass, and nothing is taken unless all do. */
  async decide({ limits, names, nowUs, cost, durationUs }: StoreRequest): Promise<StoreDecision> {
    const sinceUs = nowUs - this.#epochUs; // small, so that ticks finer than a microsecond stay exact
    const limiters = names.map((name, at) => this.#limiter(name, limits[at], nowUs));
    const retryAfterUs = Math.max(...limiters.map((limiter) => limiter.waitUs(key, sinceUs, cost)));
    const allowed = retryAfterUs === 0;
    let delayUs = 0;
    for (const limiter of limiters) {
      if (allowed) delayUs = Math.max(delayUs, limiter.take(key, sinceUs, cost, durationUs));
      else limiter.refuse(key, sinceUs, cost);
    }
    const standings = limiters.map((limiter) => standingOf(limiter, sinceUs));
    const remaining = Math.min(...standings.map((standing) => standing.remaining));
    return { allowed, retryAfterUs, delayUs, remaining, standings, atUs: nowUs };
  }

  #limiter(name: string, limit: number, nowUs: number): Limiter {
    const make = () => ({ limiter: this.#create(this.#row.quotas[limit]), most: this.#most[limit] });
    return this.#states.use(name, nowUs, make).limiter;
  }

  #create(quota: Quota): Limiter {
    const { algorithm, params } = this.#row;
    const limiter = algorithm.create(quota, params, { epochUs: this.#epochUs });
    limiter.reserve(1);
    return limiter;
  }

  /** Seen on a limiter that has been asked once and then rests. */
  #mostOf(quota: Quota): number {
    const limiter = this.#create(quota);
    limiter.take(key, 0, 1, 0);
    return limiter.remaining(key, 2 * this.ttlUs);
  }
}

function standingOf(limiter: Limiter, nowUs: number): Standing {
  const remaining = limiter.remaining(key, nowUs);
  return { remaining, moreInUs: limiter.waitUs(key, nowUs, remaining + 1) };
}
