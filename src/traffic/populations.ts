import type { KeyRange } from './plan.ts';

interface Population {
  keys: number;
  firstKey: number;
}

/**
 * Deals out the key numbers of a scenario, densely from 0 on, because limiters and meters keep arrays by key. Ranges of
 * the same prefix are the same keys, as many as the largest asks for. Ranges without end come last and take turns: of
 * two, the first has every second number, so that each may grow as it likes.
 */
export class Populations {
  /** In the order of their first keys. */
  readonly #bounded = new Map<string, Population>();
  readonly #unbounded: string[] = [];
  /** Keys of all ranges that have an end. */
  readonly total: number;

  constructor(ranges: readonly KeyRange[]) {
    for (const { prefix, keys } of ranges) {
      if (keys === Number.POSITIVE_INFINITY) this.#unbounded.push(prefix);
      else
        this.#bounded.set(prefix, {
          keys: Math.max(keys, this.#bounded.get(prefix)?.keys ?? 0),
          firstKey: 0,
        });
    }
    let firstKey = 0;
    for (const population of this.#bounded.values()) {
      population.firstKey = firstKey;
      firstKey += population.keys;
    }
    this.total = firstKey;
  }

  /** How far apart the keys of one range without end are. */
  get keyStep(): number {
    return Math.max(1, this.#unbounded.length);
  }

  firstKey(prefix: string): number {
    return this.#bounded.get(prefix)?.firstKey ?? this.total + this.#unbounded.indexOf(prefix);
  }

  /** `web/key-17`, `acme/user-3`: the prefix and the number within it, from 1, which is the most popular key. */
  name(key: number): string {
    if (key >= this.total) {
      const beyond = key - this.total;
      return `${this.#unbounded[beyond % this.keyStep]}${Math.floor(beyond / this.keyStep) + 1}`;
    }
    for (const [prefix, { firstKey, keys }] of this.#bounded) {
      if (key < firstKey + keys) return `${prefix}${key - firstKey + 1}`;
    }
    throw new RangeError(`there is no key ${key}`);
  }
}
