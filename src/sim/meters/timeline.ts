import { firstNotBelow } from './in-order.ts';

/** Bucket lengths; each is a multiple of the one before, so that buckets can be joined as a run turns out longer. */
const bucketsUs = [
  10e3, 50e3, 100e3, 500e3, 1e6, 5e6, 10e6, 30e6, 60e6, 300e6, 600e6, 1800e6, 3600e6, 21_600e6, 86_400e6,
  604_800e6,
];
const mostBuckets = 600;

/** Events by bucket from the run's start. Plain data. */
export interface TimelineSnapshot {
  readonly bucketUs: number;
  readonly counts: readonly number[];
}

/** Counts events over time, in any order, in at most 600 buckets that grow longer as the run does. */
export class Timeline {
  #step = 0;
  #bucketUs = bucketsUs[0];
  #counts = new Float64Array(mostBuckets);
  #used = 0;

  add(timeUs: number): void {
    const bucket = Math.floor(timeUs / this.#bucketUs);
    if (bucket < this.#used) this.#counts[bucket]++;
    else this.#addAtEnd(timeUs);
  }

  /** The same for many events, in any order. */
  addAll(timesUs: Float64Array, length: number): void {
    for (let at = 0; at < length; at++) {
      at = this.#addWithRoom(timesUs, at, length);
      if (at < length) this.#addAtEnd(timesUs[at]);
    }
  }

  /** The same for many events in time order. */
  addInOrder(timesUs: Float64Array, length: number): void {
    for (let at = 0; at < length; ) {
      this.add(timesUs[at]);
      const bucket = Math.min(Math.floor(timesUs[at] / this.#bucketUs), mostBuckets - 1);
      const first = at + 1;
      at = firstNotBelow(timesUs, first, length, (bucket + 1) * this.#bucketUs);
      this.#counts[bucket] += at - first;
    }
  }

  merge(other: Timeline): void {
    const { bucketUs, counts } = other.snapshot();
    while (this.#bucketUs < bucketUs) this.#join();
    const joined = joinedTo({ bucketUs, counts }, this.#bucketUs);
    for (const [bucket, count] of joined.entries()) this.#counts[bucket] += count;
    this.#used = Math.max(this.#used, joined.length);
  }

  snapshot(): TimelineSnapshot {
    return { bucketUs: this.#bucketUs, counts: [...this.#counts.subarray(0, this.#used)] };
  }

  /** Adds events from `from` on; answers the first that lies after all buckets in use. */
  #addWithRoom(timesUs: Float64Array, from: number, length: number): number {
    const counts = this.#counts;
    const bucketUs = this.#bucketUs;
    const endUs = this.#used * bucketUs;
    let at = from;
    for (; at < length && timesUs[at] < endUs; at++) counts[Math.floor(timesUs[at] / bucketUs)]++;
    return at;
  }

  #addAtEnd(timeUs: number): void {
    while (timeUs >= this.#bucketUs * mostBuckets && this.#step < bucketsUs.length - 1) this.#join();
    const bucket = Math.min(Math.floor(timeUs / this.#bucketUs), mostBuckets - 1); // after 600 weeks all is in the last
    this.#used = Math.max(this.#used, bucket + 1);
    this.#counts[bucket]++;
  }

  #join(): void {
    const joined = joinedTo(this.snapshot(), bucketsUs[this.#step + 1]);
    this.#step++;
    this.#bucketUs = bucketsUs[this.#step];
    this.#counts = new Float64Array(mostBuckets);
    this.#counts.set(joined);
    this.#used = joined.length;
  }
}

/** The counts in longer buckets, each a multiple of the snapshot's. */
export function joinedTo({ bucketUs, counts }: TimelineSnapshot, longerUs: number): number[] {
  const perBucket = longerUs / bucketUs;
  const joined = new Array<number>(Math.ceil(counts.length / perBucket)).fill(0);
  for (const [bucket, count] of counts.entries()) joined[Math.floor(bucket / perBucket)] += count;
  return joined;
}
