import { KeyLog } from '../../algorithms/key-log.ts';

/**
 * The admissions of each key, with the largest number of units that came within spans of several lengths. Whether an
 * admission sets a new record for a span is answered by one entry: the one that many units back, which must be younger
 * than the span.
 */
export class AdmissionLog {
  readonly #log: KeyLog;
  readonly #spansUs: readonly number[];
  readonly #most: Float64Array;
  readonly #mostAtUs: Float64Array;

  constructor(spansUs: readonly number[]) {
    this.#spansUs = spansUs;
    this.#log = new KeyLog(Math.max(...spansUs));
    this.#most = new Float64Array(spansUs.length);
    this.#mostAtUs = new Float64Array(spansUs.length);
  }

  reserve(keys: number): void {
    this.#log.reserve(keys);
  }

  /** Makes `key` the one that everything else is about. Its instants never go backwards. */
  select(key: number): void {
    this.#log.select(key);
  }

  /**
   * Whether the span that ends at `atUs` holds at most `most` units, with `units` more. The instant itself is in the
   * span, one exactly a span old is not.
   */
  fits(spanUs: number, atUs: number, units: number, most: number): boolean {
    if (this.#log.units + units <= most) return true;
    if (units > most) return false;
    const sinceUs = atUs - spanUs;
    const { end } = this.#log;
    return (
      this.#log.instantUs(end - 1) <= sinceUs ||
      this.#log.instantUs(this.#log.lastToGo(most - units)) <= sinceUs
    );
  }

  admit(atUs: number, units: number): void {
    for (let span = 0; span < this.#spansUs.length; span++) {
      if (!this.fits(this.#spansUs[span], atUs, units, this.#most[span])) this.#raise(span, atUs, units);
    }
    this.#log.push(atUs, units);
  }

  /** The most units of one key in any span of this length, one of those given at the start. */
  most(spanUs: number): number {
    return this.#most[this.#spansUs.indexOf(spanUs)];
  }

  /** An instant at which a span of this length held the most. */
  mostAtUs(spanUs: number): number {
    return this.#mostAtUs[this.#spansUs.indexOf(spanUs)];
  }

  #raise(span: number, atUs: number, units: number): void {
    const first = this.#log.firstAfter(this.#log.start, atUs - this.#spansUs[span]);
    this.#most[span] = this.#log.unitsFrom(first) + units;
    this.#mostAtUs[span] = atUs;
  }
}
