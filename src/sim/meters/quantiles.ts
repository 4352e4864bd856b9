import { build, type Histogram } from 'hdr-histogram-js';

export interface Quantiles {
  readonly count: number;
  readonly p50Us: number;
  readonly p90Us: number;
  readonly p99Us: number;
  readonly p999Us: number;
  readonly maxUs: number;
}

/**
 * Distribution of microseconds in an HDR histogram: quantiles within 0.1 %, count and maximum exact, mergeable. Zeros,
 * which are most of what limiters report, are only counted, and the histogram is built when the first other value comes.
 */
export class UsDistribution {
  #zeros = 0;
  #maxUs = 0;
  #histogram: Histogram | undefined;

  record(us: number): void {
    if (us === 0) this.#zeros++;
    else this.#recordPositive(us);
  }

  /** Zero, so many times. */
  recordZeros(count: number): void {
    this.#zeros += count;
  }

  merge(other: UsDistribution): void {
    this.#zeros += other.#zeros;
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs);
    if (other.#histogram) this.#open().add(other.#histogram);
  }

  /** Null when nothing was recorded. */
  quantiles(): Quantiles | null {
    const count = this.#zeros + (this.#histogram?.totalCount ?? 0);
    if (count === 0) return null;
    const at = (share: number) => this.#quantile(share, count);
    return { count, p50Us: at(0.5), p90Us: at(0.9), p99Us: at(0.99), p999Us: at(0.999), maxUs: this.#maxUs };
  }

  #recordPositive(us: number): void {
    this.#open().recordValue(us);
    if (us > this.#maxUs) this.#maxUs = us;
  }

  #open(): Histogram {
    this.#histogram ??= build({ numberOfSignificantValueDigits: 3, autoResize: true, useWebAssembly: false });
    return this.#histogram;
  }

  #quantile(share: number, count: number): number {
    const beyondZeros = Math.ceil(share * count) - this.#zeros;
    if (beyondZeros <= 0 || !this.#histogram) return 0;
    const percentile = (100 * beyondZeros) / this.#histogram.totalCount;
    return Math.min(this.#histogram.getValueAtPercentile(percentile), this.#maxUs);
  }
}
