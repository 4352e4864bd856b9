import type { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';
import { type Quantiles, UsDistribution } from './quantiles.ts';

export interface RefusalFigures {
  /** Longest unbroken run of refusals of one key: from its first refusal to the admission, or the last refusal. */
  readonly longestStarvationUs: number;
  /** Refusals that came with a finite retry-after. */
  readonly advised: number;
  /** Share of the first requests at or after the told instant that were admitted; null when no key came back. */
  readonly admittedWhenDueRatio: number | null;
  /** Time from a key's first request at or after the told instant to its next admission. */
  readonly late: Quantiles | null;
}

/**
 * Fields of a key's record; they lie together because each request reads them together. An instant is kept one microsecond
 * later than it was, so that 0 means none, and keys that are never refused cost no memory.
 */
const fieldsPerRecord = 3;
const refusedSince = 0; // first refusal since the last admission; none after an admission, and then the others are too
const due = 1; // told instant of the last refusal
const lateSince = 2; // first refusal at or after a told instant

/**
 * What refused keys live through: how long they are kept out, and whether one that obeys the retry-after gets through.
 * The advice is exact for the state at its moment; other requests of the key may take the place before it is due. Peeks
 * are looked over.
 */
export class Refusals {
  #records = new Float64Array(0);
  #longestStarvationUs = 0;
  #advised = 0;
  #judged = 0;
  #onTime = 0;
  readonly #late = new UsDistribution();

  reserve(keys: number): void {
    this.#records = grown(this.#records, keys * fieldsPerRecord);
  }

  /** Rows `from` up to `end`, which are all of `key`. */
  measureRun(
    key: number,
    { timeUs, cost }: ArrivalBatch,
    { allowed, retryAfterUs }: DecisionBatch,
    from: number,
    end: number,
  ): void {
    const record = key * fieldsPerRecord;
    for (let row = from; row < end; row++) {
      if (cost[row] === 0) continue; // a peek passes whatever the state is
      if (allowed[row] === 0) this.#refused(record, timeUs[row] + 1, retryAfterUs[row]);
      else if (this.#records[record + refusedSince] > 0) this.#admitted(record, timeUs[row] + 1);
    }
  }

  /** Whether the last that was heard of the key was a refusal. */
  awaits(key: number): boolean {
    return this.#records[key * fieldsPerRecord + refusedSince] > 0;
  }

  /** Adds what was measured of other keys. */
  merge(other: Refusals): void {
    this.#longestStarvationUs = Math.max(this.#longestStarvationUs, other.#longestStarvationUs);
    this.#advised += other.#advised;
    this.#judged += other.#judged;
    this.#onTime += other.#onTime;
    this.#late.merge(other.#late);
  }

  figures(): RefusalFigures {
    return {
      longestStarvationUs: this.#longestStarvationUs,
      advised: this.#advised,
      admittedWhenDueRatio: this.#judged === 0 ? null : this.#onTime / this.#judged,
      late: this.#late.quantiles(),
    };
  }

  #refused(record: number, now: number, waitUs: number): void {
    const records = this.#records;
    if (records[record + refusedSince] === 0) records[record + refusedSince] = now;
    else this.#starved(record, now);
    if (waitUs === Number.POSITIVE_INFINITY) return;
    this.#advised++;
    if (records[record + due] > 0 && now >= records[record + due] && records[record + lateSince] === 0) {
      this.#judged++;
      records[record + lateSince] = now;
    }
    records[record + due] = now + waitUs;
  }

  #admitted(record: number, now: number): void {
    const records = this.#records;
    this.#starved(record, now);
    if (records[record + lateSince] > 0) {
      this.#late.record(now - records[record + lateSince]);
    } else if (records[record + due] > 0 && now >= records[record + due]) {
      this.#judged++;
      this.#onTime++;
      this.#late.record(0);
    }
    records[record + refusedSince] = 0;
    records[record + due] = 0;
    records[record + lateSince] = 0;
  }

  /** The key has got nothing up to now. */
  #starved(record: number, now: number): void {
    const forUs = now - this.#records[record + refusedSince];
    if (forUs > this.#longestStarvationUs) this.#longestStarvationUs = forUs;
  }
}
