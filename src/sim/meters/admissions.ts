import { grown } from '../../algorithms/columns.ts';
import { KeyLog } from '../../algorithms/key-log.ts';

/**
 * The admissions of each key over the longest of some spans, with the units inside every span at hand. One log, and one
 * cursor a shorter span. Instants of a key never go backwards.
 *
 * Both questions asked of it are whether the units in a span exceed a number, so a cursor may lag: what lies behind it
 * is counted too, and only when that is too much is the cursor moved. Most requests thus read no entry of the log, and a
 * cursor passes over many neighbours in memory at once.
 */
export class AdmissionLog {
  readonly #log: KeyLog;
  readonly #spansUs: readonly number[];
  readonly #longest: number;
  #cursors = new Uint32Array(0); // for each key, one ordinal a shorter span; may lie before the start of the log

  /** `spansUs` in ascending order, each only once. */
  constructor(spansUs: readonly number[]) {
    this.#spansUs = spansUs;
    this.#longest = spansUs.length - 1;
    this.#log = new KeyLog(spansUs[this.#longest]);
  }

  reserve(keys: number): void {
    this.#log.reserve(keys);
    this.#cursors = grown(this.#cursors, keys * this.#longest);
  }

  /** Whether the units of the span that ends at `atUs`, with `units` more, are at most `most`. */
  fits(span: number, key: number, atUs: number, units: number, most: number): boolean {
    return this.#atMost(span, key) + units <= most || this.#within(span, key, atUs) + units <= most;
  }

  /** Notes an admission, and raises `most` to the units of each span that ends with it. */
  admit(key: number, atUs: number, units: number, most: Float64Array): void {
    const mayRaise = this.#log.units(key) + units > most[0]; // the shortest span has the smallest maximum
    for (let span = this.#longest; mayRaise && span >= 0; span--) {
      if (this.#atMost(span, key) + units <= most[span]) continue;
      const within = this.#within(span, key, atUs) + units;
      if (within > most[span]) most[span] = within;
    }
    this.#log.push(key, atUs, units);
  }

  /** `nowUs`, or the key's last admission where a queue has put that into the future. */
  notBeforeLast(key: number, nowUs: number): number {
    return Math.max(nowUs, this.#log.newestUs(key));
  }

  /** Units since the cursor: those of the span, and perhaps older ones. */
  #atMost(span: number, key: number): number {
    if (span === this.#longest) return this.#log.units(key);
    return this.#log.unitsFrom(
      key,
      Math.max(this.#cursors[key * this.#longest + span], this.#log.start(key)),
    );
  }

  /** Units of the span that ends at `atUs`: the instant itself is in it, one exactly a span old is not. */
  #within(span: number, key: number, atUs: number): number {
    const sinceUs = atUs - this.#spansUs[span];
    if (span === this.#longest) {
      this.#log.expire(key, sinceUs);
      return this.#log.units(key);
    }
    const cursor = key * this.#longest + span;
    const from = Math.max(this.#cursors[cursor], this.#log.start(key));
    const first =
      this.#log.newestUs(key) <= sinceUs ? this.#log.end(key) : this.#log.firstAfter(key, from, sinceUs);
    this.#cursors[cursor] = first;
    return this.#log.unitsFrom(key, first);
  }
}
