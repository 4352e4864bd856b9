import { KeyLog, lineRows } from '../../algorithms/key-log.ts';
import { firstAfter, firstExceeding } from '../../algorithms/trailing-span.ts';

/**
 * The admissions of each key, with the largest number of units that came within spans of several lengths. Whether an
 * admission sets a new record for a span is answered by one entry: the one that many units back, which must be younger
 * than the span. That is looked at for many admissions at once, before another key is selected or entries are forgotten.
 */
export class AdmissionLog {
  /** What was admitted. */
  readonly log: KeyLog;
  readonly #spansUs: Float64Array;
  readonly #most: Float64Array;
  readonly #dated: number;
  #mostAtUs = 0;
  #isBehind = false; // whether there are entries that the records do not know
  #recorded = 0; // the first of them, of the selected key

  /** `datedUs`: the one of the spans for which it is told when the most came. */
  constructor(spansUs: readonly number[], datedUs: number) {
    this.#spansUs = Float64Array.from(spansUs).sort();
    this.#dated = this.#spansUs.indexOf(datedUs);
    this.log = new KeyLog(Math.max(...spansUs), lineRows);
    this.#most = new Float64Array(spansUs.length);
  }

  reserve(keys: number): void {
    this.log.reserve(keys);
  }

  /** Makes `key` the one that everything else is about. Its instants never go backwards. */
  select(key: number): void {
    this.raiseRecords();
    this.log.select(key);
    this.#recorded = this.log.end;
  }

  /**
   * Looks at the entries of `key` from ordinal `from` on, `added` of its log's `units`, if they may set a record. They came when
   * nothing had been admitted for `quietUs`: a span that is not longer holds none but them.
   */
  recordFrom(key: number, from: number, units: number, added: number, quietUs: number): void {
    if (added === 0 || !this.#mayRaiseRecords(units, added, quietUs)) return;
    this.log.select(key);
    this.#recorded = from;
    this.#isBehind = true;
    this.raiseRecords();
  }

  admit(atUs: number, units: number): void {
    if (!this.log.hasRoomFor(atUs)) this.raiseRecords(); // before what they follow from is forgotten
    this.log.push(atUs, units);
    this.#isBehind = true;
  }

  /** Adds what was measured of other keys; only the figures, as each key's log stays where it is. */
  merge(other: AdmissionLog): void {
    this.raiseRecords();
    other.raiseRecords();
    const [own, theirs] = [this.#most[this.#dated], other.#most[this.#dated]];
    if (theirs > own || (theirs === own && other.#mostAtUs < this.#mostAtUs))
      this.#mostAtUs = other.#mostAtUs;
    for (const [span, most] of other.#most.entries()) this.#most[span] = Math.max(this.#most[span], most);
  }

  /** The most units of one key in any span of this length, one of those given at the start. */
  most(spanUs: number): number {
    this.raiseRecords();
    return this.#most[this.#spansUs.indexOf(spanUs)];
  }

  /** The earliest instant at which the dated span held the most; 0 when nothing was admitted. */
  get mostAtUs(): number {
    this.raiseRecords();
    return this.#mostAtUs;
  }

  /**
   * Looks at the entries that the records do not know. The longer a span, the higher its record: when all entries together
   * do not come up to one, they do not come up to those after it.
   */
  raiseRecords(): void {
    if (!this.#isBehind) return;
    for (let span = 0; span < this.#spansUs.length && this.log.units >= this.#most[span]; span++)
      this.#raiseRecord(span);
    this.#recorded = this.log.end;
    this.#isBehind = false;
  }

  #mayRaiseRecords(units: number, added: number, quietUs: number): boolean {
    const spansUs = this.#spansUs;
    const most = this.#most;
    for (let span = 0; span < spansUs.length && units >= most[span]; span++) {
      if (added >= most[span] || quietUs < spansUs[span]) return true;
    }
    return false;
  }

  #raiseRecord(span: number): void {
    const { log } = this;
    const spanUs = this.#spansUs[span];
    if (span === this.#dated) this.#dateEarlier();
    let last = firstExceeding(log, spanUs, this.#most[span], this.#recorded);
    while (last < log.end) {
      const atUs = log.instantUs(last);
      this.#most[span] = log.unitsFrom(firstAfter(log, log.start, atUs - spanUs)) - log.unitsFrom(last + 1);
      if (span === this.#dated) this.#mostAtUs = atUs;
      last = firstExceeding(log, spanUs, this.#most[span], last + 1);
    }
  }

  /** Keys come in any order: this one may have had as many as the record before that was set. */
  #dateEarlier(): void {
    const { log } = this;
    if (log.instantUs(this.#recorded) >= this.#mostAtUs) return;
    const last = firstExceeding(log, this.#spansUs[this.#dated], this.#most[this.#dated] - 1, this.#recorded);
    if (last < log.end) this.#mostAtUs = Math.min(this.#mostAtUs, log.instantUs(last));
  }
}
