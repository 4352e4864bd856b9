import { grown } from '../../algorithms/columns.ts';

/** What one key took. */
export interface Taken {
  readonly key: number;
  readonly tenant: number;
  readonly cost: number;
}

/**
 * Sums of what was taken, by key. What was taken longer ago than its state matters is left out: whoever hears of it then
 * has no use for it.
 */
export class Tally {
  readonly #ttlUs: number;
  #sinceUs = new Float64Array(0);
  #untilUs = new Float64Array(0);
  #cost = new Float64Array(0);
  #tenant = new Uint32Array(0);
  #keys: number[] = [];

  constructor(ttlUs: number) {
    this.#ttlUs = ttlUs;
  }

  /** Times do not go backwards. */
  add(key: number, tenant: number, cost: number, nowUs: number): void {
    if (cost === 0) return;
    this.#reserve(key + 1);
    if (this.#cost[key] === 0) this.#keys.push(key);
    if (this.#cost[key] === 0 || nowUs - this.#sinceUs[key] >= this.#ttlUs) {
      this.#sinceUs[key] = nowUs;
      this.#cost[key] = 0;
    }
    this.#cost[key] += cost;
    this.#untilUs[key] = nowUs;
    this.#tenant[key] = tenant;
  }

  /** All that there is, in the order in which the keys came; the tally is empty afterwards. */
  drain(nowUs: number): Taken[] {
    const taken = this.#keys
      .filter((key) => nowUs - this.#untilUs[key] < this.#ttlUs)
      .map((key) => ({ key, tenant: this.#tenant[key], cost: this.#cost[key] }));
    for (const key of this.#keys) this.#cost[key] = 0;
    this.#keys = [];
    return taken;
  }

  #reserve(keys: number): void {
    if (keys <= this.#cost.length) return;
    this.#cost = grown(this.#cost, keys);
    this.#tenant = grown(this.#tenant, keys);
    this.#sinceUs = grown(this.#sinceUs, keys);
    this.#untilUs = grown(this.#untilUs, keys);
  }
}
