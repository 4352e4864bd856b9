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
  readonly #dated: number;
  #mostAtUs = 0;

  /** `datedUs`: the one of the spans for which it is told when the most came. */
  constructor(spansUs: readonly number[], datedUs: number) {
    this.#spansUs = [...spansUs].sort((a, b) => a - b);
    this.#dated = this.#spansUs.indexOf(datedUs);
    this.#log = new KeyLog(Math.max(...spansUs));
    this.#most = new Float64Array(spansUs.length);
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
    if (this.#log.units + units > this.#most[0]) this.#raiseRecords(atUs, units); // the shortest span's is the lowest
    if (atUs < this.#mostAtUs && this.#equals(this.#dated, atUs, units)) this.#mostAtUs = atUs; // keys come in any order
    this.#log.push(atUs, units);
  }

  /** Adds what was measured of other keys; only the figures, as each key's log stays where it is. */
  merge(other: AdmissionLog): void {
    const [own, theirs] = [this.#most[this.#dated], other.#most[this.#dated]];
    if (theirs > own || (theirs === own && other.#mostAtUs < this.#mostAtUs))
      this.#mostAtUs = other.#mostAtUs;
    for (const [span, most] of other.#most.entries()) this.#most[span] = Math.max(this.#most[span], most);
  }

  /** The most units of one key in any span of this length, one of those given at the start. */
  most(spanUs: number): number {
    return this.#most[this.#spansUs.indexOf(spanUs)];
  }

  /** The earliest instant at which the dated span held the most; 0 when nothing was admitted. */
  get mostAtUs(): number {
    return this.#mostAtUs;
  }

  /** Whether the span holds the most again, with `units` more that have not raised it. */
  #equals(span: number, atUs: number, units: number): boolean {
    return !this.fits(this.#spansUs[span], atUs, units, this.#most[span] - 1);
  }

  #raiseRecords(atUs: number, units: number): void {
    for (let span = 0; span < this.#spansUs.length; span++) {
      if (!this.fits(this.#spansUs[span], atUs, units, this.#most[span])) this.#raise(span, atUs, units);
    }
  }

  #raise(span: number, atUs: number, units: number): void {
    const first = this.#log.firstAfter(this.#log.start, atUs - this.#spansUs[span]);
    this.#most[span] = this.#log.unitsFrom(first) + units;
    if (span === this.#dated) this.#mostAtUs = atUs;
  }
}
