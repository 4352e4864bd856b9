import { grown } from '../../algorithms/columns.ts';

const none = 0xffff_ffff;

/** Where the state of each key lies, for a limiter whose keys can be forgotten. */
export interface Slots {
  /** Slots that were ever given out. */
  readonly slots: number;
  slotOf(key: number, keys: number): number;
}

/** A key that is renewed has nothing left of its state. */
export class RenewableKeys implements Slots {
  #slot = new Uint32Array(0);
  #slots = 0;

  get slots(): number {
    return this.#slots;
  }

  slotOf(key: number, keys: number): number {
    this.#slot = grown(this.#slot, keys, none);
    if (this.#slot[key] === none) this.#slot[key] = this.#slots++;
    return this.#slot[key];
  }

  renew(key: number): void {
    this.#slot[key] = none;
  }
}

/**
 * Which keys a full memory still knows: the one that was not used for longest goes first (LRU). A key that comes back has
 * nothing left of its state, so it is given a new slot. The order is a list that is linked through columns.
 */
export class EvictingKeys implements Slots {
  readonly #most: number;
  #slot = new Uint32Array(0);
  #newer = new Uint32Array(0);
  #older = new Uint32Array(0);
  #newest = none;
  #oldest = none;
  #known = 0;
  #slots = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get slots(): number {
    return this.#slots;
  }

  /** Keys that were thrown out so far. */
  get evicted(): number {
    return this.#slots - this.#known;
  }

  /** Where the state of the key is; using it makes it the newest. */
  slotOf(key: number, keys: number): number {
    this.#reserve(keys);
    if (this.#slot[key] === none) {
      if (this.#known === this.#most) this.#evict();
      this.#slot[key] = this.#slots++;
      this.#known++;
    } else {
      this.#unlink(key);
    }
    this.#link(key);
    return this.#slot[key];
  }

  #evict(): void {
    const key = this.#oldest;
    this.#unlink(key);
    this.#slot[key] = none;
    this.#known--;
  }

  #link(key: number): void {
    this.#older[key] = this.#newest;
    this.#newer[key] = none;
    if (this.#newest === none) this.#oldest = key;
    else this.#newer[this.#newest] = key;
    this.#newest = key;
  }

  #unlink(key: number): void {
    const newer = this.#newer[key];
    const older = this.#older[key];
    if (newer === none) this.#newest = older;
    else this.#older[newer] = older;
    if (older === none) this.#oldest = newer;
    else this.#newer[older] = newer;
  }

  #reserve(keys: number): void {
    if (keys <= this.#slot.length) return;
    this.#slot = grown(this.#slot, keys, none);
    this.#newer = grown(this.#newer, keys, none);
    this.#older = grown(this.#older, keys, none);
  }
}
