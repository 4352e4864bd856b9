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
   * span, one exactly a span old is not. What is to come after the last admission, which a queue may release later
   * than `atUs`, comes with it at the earliest.
   */
  fits(spanUs: number, atUs: number, units: number, most: number): boolean {
    if (this.#log.units + units <= most) return true;
    if (units > most) return false;
    const lastUs = this.#log.instantUs(this.#log.end - 1);
    const sinceUs = Math.max(atUs, lastUs) - spanUs;
    return lastUs <= sinceUs || this.#log.instantUs(this.#log.lastToGo(most - units)) <= sinceUs;
  }

  admit(atUs: number, units: number): void {
    for (let span = 0; span < this.#spansUs.length; span++) {
      const spanUs = this.#spansUs[span];
      if (!this.fits(spanUs, atUs, units, this.#most[span])) this.#raise(span, atUs, units);
      else if (atUs < this.#mostAtUs[span] && !this.fits(spanUs, atUs, units, this.#most[span] - 1))
        this.#mostAtUs[span] = atUs; // keys may come in any order
    }
    this.#log.push(atUs, units);
  }

  /** Adds what was measured of other keys; only the figures, as each key's log stays where it is. */
  merge(other: AdmissionLog): void {
    for (let span = 0; span < this.#spansUs.length; span++) {
      const more = other.#most[span] - this.#most[span];
      if (more < 0 || (more === 0 && other.#mostAtUs[span] >= this.#mostAtUs[span])) continue;
      this.#most[span] = other.#most[span];
      this.#mostAtUs[span] = other.#mostAtUs[span];
    }
  }

  /** The most units of one key in any span of this length, one of those given at the start. */
  most(spanUs: number): number {
    return this.#most[this.#spansUs.indexOf(spanUs)];
  }

  /** The earliest instant at which a span of this length held the most; 0 when nothing was admitted. */
  mostAtUs(spanUs: number): number {
    return this.#mostAtUs[this.#spansUs.indexOf(spanUs)];
  }

  #raise(span: number, atUs: number, units: number): void {
    const first = this.#log.firstAfter(this.#log.start, atUs - this.#spansUs[span]);
    this.#most[span] = this.#log.unitsFrom(first) + units;
    this.#mostAtUs[span] = atUs;
  }
}
