import { grown } from '../algorithms/columns.ts';
import type { Span } from './arrivals/model.ts';

/**
 * Sorts requests by time that are spread evenly over a span: each goes to the bucket of its instant, of which there are as many as
 * requests, so that few share one, and insertion does what is left. Of one instant the one that was added first comes first.
 */
export class SortedByTime {
  /** The requests, in the order of time once they are sorted. */
  timeUs = new Float64Array(0);
  key = new Uint32Array(0);
  length = 0;
  #span: Span = { startUs: 0, stopUs: 0 };
  #addedUs = new Float64Array(0);
  #addedKey = new Uint32Array(0);
  #place = new Uint32Array(0); // for each bucket the row that its next request goes to

  /** Forgets what there is; requests of `span` are to come. */
  begin(span: Span): void {
    this.#span = span;
    this.length = 0;
  }

  /** Adds the requests of a key at some of the instants. */
  add(key: number, instantsUs: Float64Array, from: number, until: number): void {
    const end = this.length + until - from;
    if (end > this.#addedUs.length) this.#grow(end);
    const addedUs = this.#addedUs;
    const addedKey = this.#addedKey;
    for (let row = this.length, at = from; at < until; row++, at++) {
      addedUs[row] = instantsUs[at];
      addedKey[row] = key;
    }
    this.length = end;
  }

  sort(): void {
    this.#scatter();
    this.#insert();
  }

  #grow(rows: number): void {
    this.#addedUs = grown(this.#addedUs, rows);
    this.#addedKey = grown(this.#addedKey, rows);
    this.timeUs = new Float64Array(this.#addedUs.length);
    this.key = new Uint32Array(this.#addedUs.length);
    this.#place = new Uint32Array(this.#addedUs.length + 2);
  }

  #scatter(): void {
    const addedUs = this.#addedUs;
    const { startUs, stopUs } = this.#span;
    const perUs = this.length / (stopUs - startUs);
    const place = this.#place.fill(0, 0, this.length + 2);
    for (let row = 0; row < this.length; row++) place[Math.floor((addedUs[row] - startUs) * perUs) + 1]++;
    for (let bucket = 1; bucket <= this.length; bucket++) place[bucket] += place[bucket - 1];
    for (let row = 0; row < this.length; row++) {
      const at = place[Math.floor((addedUs[row] - startUs) * perUs)]++;
      this.timeUs[at] = addedUs[row];
      this.key[at] = this.#addedKey[row];
    }
  }

  #insert(): void {
    const { timeUs, key } = this;
    for (let row = 1; row < this.length; row++) {
      const us = timeUs[row];
      if (us >= timeUs[row - 1]) continue;
      const moved = key[row];
      let to = row;
      for (; to > 0 && timeUs[to - 1] > us; to--) {
        timeUs[to] = timeUs[to - 1];
        key[to] = key[to - 1];
      }
      timeUs[to] = us;
      key[to] = moved;
    }
  }
}
