import { grown } from '../../algorithms/columns.ts';

/** What one key took. */
export interface Taken {
  readonly key: number;
  readonly tenant: number;
  readonly cost: number;
}

/** Sums of what was taken, by key. */
export class Tally {
  #cost = new Float64Array(0);
  #tenant = new Uint32Array(0);
  #keys: number[] = [];

  get isEmpty(): boolean {
    return this.#keys.length === 0;
  }

  add(key: number, tenant: number, cost: number): void {
    if (cost === 0) return;
    this.#cost = grown(this.#cost, key + 1);
    this.#tenant = grown(this.#tenant, key + 1);
    if (this.#cost[key] === 0) this.#keys.push(key);
    this.#cost[key] += cost;
    this.#tenant[key] = tenant;
  }

  /** All that there is, in the order in which the keys came; the tally is empty afterwards. */
  drain(): Taken[] {
    const taken = this.#keys.map((key) => ({ key, tenant: this.#tenant[key], cost: this.#cost[key] }));
    for (const key of this.#keys) this.#cost[key] = 0;
    this.#keys = [];
    return taken;
  }
}
