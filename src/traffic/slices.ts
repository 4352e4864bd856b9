import type { ArrivalBatch } from '../algorithms/batch.ts';
import type { Span } from './arrivals/model.ts';
import { Requests } from './time-sort.ts';

const rowsOfChunk = 1024;

/**
 * Requests dealt out to equal slices of a span of time, in each of which they stay in the order in which they came. A slice is a
 * list of chunks of the columns that all share.
 */
export class Slices {
  readonly #held = new Requests();
  #chunksBySlice: number[][] = []; // the first row of each
  #next = new Uint32Array(0); // for each slice the row of its next request, if there is one in its last chunk
  #chunks = 0;
  #startUs = 0;
  #lengthUs = 0;

  /** Forgets what there is, and cuts `span` into so many slices. */
  begin({ startUs, stopUs }: Span, count: number): void {
    this.#chunksBySlice = Array.from({ length: count }, () => []);
    this.#next = new Uint32Array(count);
    this.#chunks = 0;
    this.#startUs = startUs;
    this.#lengthUs = (stopUs - startUs) / count;
  }

  get count(): number {
    return this.#next.length;
  }

  /** How long each is. */
  get lengthUs(): number {
    return this.#lengthUs;
  }

  startUs(slice: number): number {
    return this.#startUs + slice * this.#lengthUs;
  }

  /** Deals out the first rows of a batch. */
  add({ timeUs, key }: ArrivalBatch, rows: number): void {
    this.#reserve(rows);
    const next = this.#next;
    const last = next.length - 1;
    const { timeUs: heldUs, key: heldKey } = this.#held;
    const startUs = this.#startUs;
    const perUs = 1 / this.#lengthUs;
    for (let row = 0; row < rows; row++) {
      const slice = Math.min(Math.floor((timeUs[row] - startUs) * perUs), last);
      if (next[slice] % rowsOfChunk === 0) next[slice] = this.#takeChunk(slice);
      const at = next[slice]++;
      heldUs[at] = timeUs[row];
      heldKey[at] = key[row];
    }
  }

  /** Copies the requests of a slice to `to`. */
  copy(slice: number, to: Requests): void {
    const chunks = this.#chunksBySlice[slice];
    const rows = chunks.length * rowsOfChunk;
    to.resize(rows);
    chunks.forEach((from, at) => {
      to.timeUs.set(this.#held.timeUs.subarray(from, from + rowsOfChunk), at * rowsOfChunk);
      to.key.set(this.#held.key.subarray(from, from + rowsOfChunk), at * rowsOfChunk);
    });
    const free = -this.#next[slice] & (rowsOfChunk - 1); // of the last chunk
    to.resize(rows - free);
  }

  /** Each of so many more rows may begin a chunk. */
  #reserve(rows: number): void {
    const chunks = this.#chunks + Math.min(rows, this.count + Math.ceil(rows / rowsOfChunk));
    this.#held.resize(chunks * rowsOfChunk);
  }

  #takeChunk(slice: number): number {
    const from = this.#chunks++ * rowsOfChunk;
    this.#chunksBySlice[slice].push(from);
    return from;
  }
}
