import { grown } from '../algorithms/columns.ts';

/** Requests by their instants and keys. */
export class Requests {
  timeUs = new Float64Array(0);
  key = new Uint32Array(0);
  length = 0;

  /** Makes it so many; those that are new may be anything. */
  resize(length: number): void {
    this.timeUs = grown(this.timeUs, length);
    this.key = grown(this.key, length);
    this.length = length;
  }
}

/**
 * Sorts requests by time that are spread evenly over a slice of it. Each goes to the bucket of its instant, of which there are
 * as many as requests, so few share one, and insertion does what is left. Of one instant the one that came first stays first.
 * Buckets are cut towards 0: the first instants may lie a rounding error before the slice.
 */
export class TimeSort {
  #place = new Uint32Array(0); // for each bucket the row that its next request goes to

  /** Writes the requests of a slice, which is so long, to `to`. */
  sort(from: Requests, to: Requests, startUs: number, lengthUs: number): void {
    const { length } = from;
    const bucketsPerUs = length / lengthUs;
    this.#place = grown(this.#place, length + 2);
    this.#place.fill(0, 0, length + 2);
    to.resize(length);
    count(from, this.#place, startUs, bucketsPerUs);
    addUp(this.#place, length + 1);
    scatter(from, to, this.#place, startUs, bucketsPerUs);
    insert(to);
  }
}

/** Makes `place` say for each bucket how many requests are in the one before. */
function count(
  { timeUs, length }: Requests,
  place: Uint32Array,
  startUs: number,
  bucketsPerUs: number,
): void {
  for (let row = 0; row < length; row++) place[(((timeUs[row] - startUs) * bucketsPerUs) | 0) + 1]++;
}

/** Adds to each of the first numbers all that are before it. */
function addUp(numbers: Uint32Array, length: number): void {
  for (let at = 1; at < length; at++) numbers[at] += numbers[at - 1];
}

function scatter(
  from: Requests,
  to: Requests,
  place: Uint32Array,
  startUs: number,
  bucketsPerUs: number,
): void {
  const { timeUs, key, length } = from;
  const { timeUs: toTimeUs, key: toKey } = to;
  for (let row = 0; row < length; row++) {
    const at = place[((timeUs[row] - startUs) * bucketsPerUs) | 0]++;
    toTimeUs[at] = timeUs[row];
    toKey[at] = key[row];
  }
}

/** Sorts what is nearly sorted. */
function insert({ timeUs, key, length }: Requests): void {
  for (let row = 1; row < length; row++) {
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
