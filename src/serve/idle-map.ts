import { LRUCache } from 'lru-cache';

interface Entry<T> {
  readonly value: T;
  readonly usedUs: number;
}

/**
 * Values by name, in bounded memory: a name that nobody has asked for in `idleUs` is forgotten, and when there are `most`
 * of them, the one that has been idle longest. Time is the caller's, and forgetting looks at nothing but what it forgets;
 * the cache's own expiry reads the machine's clock, and counts the dead among the living until it walks through all.
 */
export class IdleMap<T> {
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #idleUs: number;
  readonly #matters: (value: T, nowUs: number) => boolean;
  #hits = 0;
  #misses = 0;

  /** `matters`: whether a value is to be kept although it was idle; it is looked at again after as long. */
  constructor(idleUs: number, most: number, matters: (value: T, nowUs: number) => boolean = () => false) {
    this.#entries = new LRUCache({ max: most });
    this.#idleUs = Math.max(idleUs, 1);
    this.#matters = matters;
  }

  /** The value of that name, made when there is none. `nowUs` never goes backwards. */
  use(name: string, nowUs: number, make: () => T): T {
    this.forgetIdle(nowUs);
    const known = this.#entries.peek(name);
    if (known) this.#hits++;
    else this.#misses++;
    const { value } = known ?? { value: make() };
    this.#entries.set(name, { value, usedUs: nowUs }); // which makes it the one used last
    return value;
  }

  forgetIdle(nowUs: number): void {
    for (;;) {
      const [name] = this.#entries.rkeys(); // the idlest
      const entry = name === undefined ? undefined : this.#entries.peek(name);
      if (!name || !entry || nowUs - entry.usedUs < this.#idleUs) return;
      if (this.#matters(entry.value, nowUs)) this.#entries.set(name, { ...entry, usedUs: nowUs });
      else this.#entries.delete(name);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The share of uses that found their name; 0 before the first. */
  get hitRatio(): number {
    const uses = this.#hits + this.#misses;
    return uses === 0 ? 0 : this.#hits / uses;
  }
}
