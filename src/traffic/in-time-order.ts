import { ArrivalBatch } from '../algorithms/batch.ts';
import type { Arrivals } from './arrivals/model.ts';
import type { PoissonByKey } from './poisson-by-key.ts';
import { Slices } from './slices.ts';
import { Requests, TimeSort } from './time-sort.ts';

/** Requests that are sorted at once: few enough for the cache. */
const rowsOfSlice = 2 ** 14;

/**
 * The requests of `PoissonByKey` in the order of time, within a microsecond too: were they in that of their keys there, the
 * first keys would be admitted first under a limit for all. A stretch is dealt out to slices of time as it comes, key by
 * key, and then sorted slice by slice.
 */
export class InTimeOrder implements Arrivals {
  readonly #byKey: PoissonByKey;
  readonly #read = new ArrivalBatch(1024);
  readonly #slices = new Slices();
  readonly #unsorted = new Requests();
  readonly #sorted = new Requests();
  readonly #sort = new TimeSort();
  #slice = 0; // the next one to be sorted
  #at = 0; // the first of those sorted that has not been given out

  constructor(byKey: PoissonByKey) {
    this.#byKey = byKey;
  }

  fill({ timeUs, key }: ArrivalBatch, from: number, to: number): number {
    let row = from;
    while (row < to && (this.#at < this.#sorted.length || this.#sortNext())) {
      const until = Math.min(this.#sorted.length, this.#at + to - row);
      key.set(this.#sorted.key.subarray(this.#at, until), row);
      for (; this.#at < until; this.#at++, row++) timeUs[row] = Math.floor(this.#sorted.timeUs[this.#at]);
    }
    return row - from;
  }

  /** Sorts the next slice that has requests; false when there is none. */
  #sortNext(): boolean {
    do {
      while (this.#slice === this.#slices.count) if (!this.#readStretch()) return false;
      this.#sortSlice(this.#slice++);
    } while (this.#sorted.length === 0);
    this.#at = 0;
    return true;
  }

  /** Deals out the next stretch; false when there is none. */
  #readStretch(): boolean {
    const byKey = this.#byKey;
    if (!byKey.begin()) return false;
    this.#slices.begin(byKey.stretch, Math.ceil(byKey.stretch.requests / rowsOfSlice));
    while (byKey.isMidStretch)
      this.#slices.add(this.#read, byKey.fillExact(this.#read, 0, this.#read.capacity));
    this.#slice = 0;
    return true;
  }

  #sortSlice(slice: number): void {
    this.#slices.copy(slice, this.#unsorted);
    this.#sort.sort(this.#unsorted, this.#sorted, this.#slices.startUs(slice), this.#slices.lengthUs);
  }
}
