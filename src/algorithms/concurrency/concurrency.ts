import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';

/** Units of one admitted request, held until `releaseUs`. */
interface Hold {
  readonly releaseUs: number;
  readonly units: number;
}

/**
 * `cost` conforms iff the units in flight, plus `cost`, are at most the limit. A request that ends exactly now has
 * given its units back. Each key keeps its requests in flight by the instant of release, soonest first.
 */
export class Concurrency implements Limiter {
  readonly #inFlight: Hold[][] = [];
  readonly #limit: number;
  #mostHeld = new Uint32Array(0); // for each key, its most requests in flight

  constructor({ limit }: Quota) {
    this.#limit = limit;
  }

  reserve(keys: number): void {
    while (this.#inFlight.length < keys) this.#inFlight.push([]);
    this.#mostHeld = grown(this.#mostHeld, keys);
  }

  decide(
    { timeUs, key, cost, durationUs, length }: ArrivalBatch,
    { allowed, retryAfterUs }: DecisionBatch,
  ): void {
    for (let row = 0; row < length; row++) {
      const waitUs = this.waitUs(key[row], timeUs[row], cost[row]);
      allowed[row] = waitUs === 0 ? 1 : 0;
      if (waitUs === 0) this.take(key[row], timeUs[row], cost[row], durationUs[row]);
      else retryAfterUs[row] = waitUs;
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    let excess = this.#unitsInFlight(key, nowUs) + cost - this.#limit;
    if (excess <= 0 || cost === 0) return 0;
    if (cost > this.#limit) return Number.POSITIVE_INFINITY;
    for (const hold of this.#inFlight[key]) {
      excess -= hold.units;
      if (excess <= 0) return hold.releaseUs - nowUs;
    }
    throw new Error('more units in flight than holds'); // cannot be: excess is at most the units in flight
  }

  take(key: number, nowUs: number, cost: number, durationUs: number): number {
    if (cost === 0 || durationUs === 0) return 0;
    const holds = this.#inFlight[key];
    const releaseUs = nowUs + durationUs;
    let place = holds.length;
    while (place > 0 && holds[place - 1].releaseUs > releaseUs) place--;
    holds.splice(place, 0, { releaseUs, units: cost });
    if (holds.length > this.#mostHeld[key]) this.#mostHeld[key] = holds.length;
    return 0;
  }

  refuse(): void {}

  remaining(key: number, nowUs: number): number {
    return Math.max(0, this.#limit - this.#unitsInFlight(key, nowUs));
  }

  explain(key: number, nowUs: number): string {
    return `${this.#unitsInFlight(key, nowUs)} of ${this.#limit} in flight`;
  }

  stateBytes(): number {
    return this.#mostHeld.reduce((sum, held) => sum + held, 0) * 16;
  }

  #unitsInFlight(key: number, nowUs: number): number {
    const holds = this.#inFlight[key];
    let released = 0;
    while (released < holds.length && holds[released].releaseUs <= nowUs) released++;
    if (released > 0) holds.splice(0, released);
    let units = 0;
    for (const hold of holds) units += hold.units;
    return units;
  }
}
