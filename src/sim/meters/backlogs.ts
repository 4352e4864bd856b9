import type { Quota } from '../../algorithms/algorithm.ts';
import { grown } from '../../algorithms/columns.ts';
import { type Ticks, ticksOf } from '../../algorithms/ticks.ts';

/**
 * A bucket for each key that holds all that it was admitted and drains at the rate of the quota, ρ. The most that one ever
 * held is the smallest σ such that every interval of length t has at most σ + ρ · t units. RuleAudit's loop over requests of
 * 1 unit works on `ofKey` and `mostTicks` itself.
 */
export class Backlogs {
  readonly ticks: Ticks;
  /** Two for each key: the ticks in its bucket after its last admission, and when that was. */
  ofKey = new Float64Array(0);
  mostTicks = 0;

  constructor(quota: Quota) {
    this.ticks = quota.limit > 0 ? ticksOf(quota) : { perUnit: 1, perUs: 0 }; // a rate of 0 drains nothing
  }

  reserve(keys: number): void {
    this.ofKey = grown(this.ofKey, keys * 2);
  }

  /** The key's last admission; 0 before the first. */
  lastUs(key: number): number {
    return this.ofKey[key * 2 + 1];
  }

  /** `atUs` is not before the key's last admission. */
  add(key: number, atUs: number, units: number): void {
    const { ofKey, ticks } = this;
    const restTicks = Math.max(ofKey[key * 2] - (atUs - this.lastUs(key)) * ticks.perUs, 0);
    ofKey[key * 2] = restTicks + units * ticks.perUnit;
    ofKey[key * 2 + 1] = atUs;
    this.mostTicks = Math.max(this.mostTicks, ofKey[key * 2]);
  }

  /** Adds what was measured of other keys. */
  merge({ mostTicks }: Backlogs): void {
    this.mostTicks = Math.max(this.mostTicks, mostTicks);
  }

  get sigma(): number {
    return this.mostTicks / this.ticks.perUnit;
  }
}
