interface Entry<T> {
  readonly value: T;
  usedUs: number;
}

/**
 * Values by name, in bounded memory: a name that nobody has asked for in `idleUs` is forgotten, and when there are `most`
 * of them, the one that has been idle longest. A Map keeps its entries in the order of insertion, so one that moves each
 * used entry to the end has the idlest first: forgetting looks at nothing but what it forgets, where caches that expire
 * by time walk through all entries, or count the dead among the living.
 */
export class IdleMap<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #idleUs: number;
  readonly #most: number;
  #hits = 0;
  #misses = 0;

  constructor(idleUs: number, most: number) {
    this.#idleUs = idleUs;
    this.#most = most;
  }

  /** The value of that name, made when there is none. `nowUs` never goes backwards. */
  use(name: string, nowUs: number, make: () => T): T {
    this.forgetIdle(nowUs);
    const known = this.#entries.get(name);
    if (known) {
      this.#hits++;
      this.#entries.delete(name);
      known.usedUs = nowUs;
      this.#entries.set(name, known);
      return known.value;
    }
    this.#misses++;
    if (this.#entries.size >= this.#most) this.#forgetFirst();
    const value = make();
    this.#entries.set(name, { value, usedUs: nowUs });
    return value;
  }

  forgetIdle(nowUs: number): void {
    for (const [name, { usedUs }] of this.#entries) {
      if (nowUs - usedUs < this.#idleUs) return;
      this.#entries.delete(name);
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

  #forgetFirst(): void {
    for (const name of this.#entries.keys()) {
      this.#entries.delete(name);
      return;
    }
  }
}
