import { ArrivalBatch } from '../algorithms/batch.ts';
import { grown } from '../algorithms/columns.ts';
import type { Arrivals, Span } from './arrivals/model.ts';
import type { PoissonByKey } from './poisson-by-key.ts';
import { SortedByTime } from './sorted-by-time.ts';

/** Requests that are sorted at once: few enough for the cache. */
const rowsOfSlice = 2 ** 16;

/**
 * The requests of `PoissonByKey` in the order of time, and those of one instant in that of their keys. The instants of a
 * stretch are held as they come, key by key. The stretch is cut into slices of time, and each slice takes from every key what
 * is next; so there is one column of the length of a stretch, and only slices are sorted.
 */
export class InTimeOrder implements Arrivals {
  readonly #byKey: PoissonByKey;
  readonly #read = new ArrivalBatch(1024);
  #heldUs = new Float64Array(0); // the instants of the stretch
  #held = 0; // how many they are
  readonly #next: Uint32Array; // for each key the next of its instants
  readonly #end: Uint32Array; // and where they end
  #slices = 0;
  #slice = 0; // the next one to be sorted
  readonly #sorted = new SortedByTime();
  #at = 0; // the first row of `#sorted` that has not been given out

  constructor(byKey: PoissonByKey) {
    this.#byKey = byKey;
    this.#next = new Uint32Array(byKey.keys);
    this.#end = new Uint32Array(byKey.keys);
  }

  fill({ timeUs, key }: ArrivalBatch, from: number, to: number): number {
    let row = from;
    while (row < to && (this.#at < this.#sorted.length || this.#sortNext())) {
      const until = Math.min(this.#sorted.length, this.#at + to - row);
      timeUs.set(this.#sorted.timeUs.subarray(this.#at, until), row);
      key.set(this.#sorted.key.subarray(this.#at, until), row);
      row += until - this.#at;
      this.#at = until;
    }
    return row - from;
  }

  /** Sorts the next slice that has requests; false when there is none. */
  #sortNext(): boolean {
    do {
      while (this.#slice === this.#slices) if (!this.#holdNext()) return false;
      this.#sortSlice();
    } while (this.#sorted.length === 0);
    this.#at = 0;
    return true;
  }

  /** Holds the next stretch; false when there is none. */
  #holdNext(): boolean {
    if (!this.#byKey.begin()) return false;
    this.#held = 0;
    this.#end.fill(0);
    while (this.#byKey.isMidStretch) this.#hold(this.#byKey.fill(this.#read, 0, this.#read.capacity));
    let end = 0;
    for (let key = 0; key < this.#end.length; key++) {
      this.#next[key] = end;
      end = Math.max(end, this.#end[key]);
      this.#end[key] = end;
    }
    // Every slice looks at every key, so there are no more of them than each key has requests.
    const most = Math.max(1, Math.floor(this.#held / this.#end.length));
    this.#slices = Math.min(Math.ceil(this.#held / rowsOfSlice), most);
    this.#slice = 0;
    return true;
  }

  #hold(rows: number): void {
    const { timeUs, key } = this.#read;
    const { firstKey } = this.#byKey;
    const end = this.#end;
    this.#heldUs = grown(this.#heldUs, this.#held + rows);
    this.#heldUs.set(timeUs.subarray(0, rows), this.#held);
    for (let row = 0; row < rows; row++) end[key[row] - firstKey] = this.#held + row + 1;
    this.#held += rows;
  }

  #sortSlice(): void {
    const { firstKey } = this.#byKey;
    const span = this.#nextSpan();
    const heldUs = this.#heldUs;
    this.#sorted.begin(span);
    for (let key = 0; key < this.#end.length; key++) {
      const from = this.#next[key];
      const end = this.#end[key];
      let until = from;
      while (until < end && heldUs[until] < span.stopUs) until++;
      if (until === from) continue;
      this.#sorted.add(firstKey + key, heldUs, from, until);
      this.#next[key] = until;
    }
    this.#sorted.sort();
  }

  #nextSpan(): Span {
    const { startUs, stopUs } = this.#byKey.stretch;
    const edgeUs = (slice: number) => startUs + Math.floor((slice / this.#slices) * (stopUs - startUs));
    const at = this.#slice++;
    return { startUs: edgeUs(at), stopUs: edgeUs(at + 1) };
  }
}
