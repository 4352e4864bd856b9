/** Short enough to show who comes at the same time, long enough for the ways of a network. */
const bucketUs = 100e3;

/**
 * How much events cluster: the index of dispersion of their counts in each 100 ms, variance / mean (D. R. Cox, P. A. W. Lewis,
 * The Statistical Analysis of Series of Events, 1966). 1 when they come independently of each other (Poisson), less when they keep
 * a distance, n when they come in flocks of n.
 */
export class Dispersion {
  #bucket = 0;
  #count = 0;
  #events = 0;
  #squares = 0; // of the counts of the buckets before this one
  #most = 0;

  /** In the order of time. */
  add(timeUs: number): void {
    const bucket = Math.floor(timeUs / bucketUs);
    if (bucket !== this.#bucket) this.#turnTo(bucket);
    this.#count++;
  }

  /** Most events in 100 ms. */
  get most(): number {
    return Math.max(this.#most, this.#count);
  }

  /** Over the time from 0 to the last event; null when there was none. */
  get index(): number | null {
    const buckets = this.#bucket + 1;
    const events = this.#events + this.#count;
    if (events === 0) return null;
    const mean = events / buckets;
    return (this.#squares + this.#count ** 2) / buckets / mean - mean;
  }

  #turnTo(bucket: number): void {
    this.#most = Math.max(this.#most, this.#count);
    this.#squares += this.#count ** 2;
    this.#events += this.#count;
    this.#count = 0;
    this.#bucket = bucket;
  }
}
