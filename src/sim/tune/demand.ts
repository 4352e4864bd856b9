import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';
import { KeyLog } from '../../algorithms/key-log.ts';

/** For each key the most units that it asked for in any trailing period: the limit that would never have refused it. */
export class PeakDemand {
  readonly #log: KeyLog;
  readonly #periodUs: number;
  #peak = new Float64Array(0);

  constructor(periodUs: number) {
    this.#periodUs = periodUs;
    this.#log = new KeyLog(periodUs);
  }

  measure({ timeUs, key, cost, length, keys }: ArrivalBatch): void {
    this.#log.reserve(keys);
    this.#peak = grown(this.#peak, keys);
    for (let row = 0; row < length; row++) {
      if (cost[row] === 0) continue; // a peek asks for nothing
      this.#log.select(key[row]);
      this.#log.expire(timeUs[row] - this.#periodUs);
      this.#log.push(timeUs[row], cost[row]);
      if (this.#log.units > this.#peak[key[row]]) this.#peak[key[row]] = this.#log.units;
    }
  }

  /** The peaks of the keys that asked, the smallest first. */
  sorted(): Float64Array {
    return this.#peak.filter((units) => units > 0).sort();
  }
}

/** Nearest-rank quantile of sorted values: the smallest that at least this share of them do not exceed. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
