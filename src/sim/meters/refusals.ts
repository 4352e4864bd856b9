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

/** Fields of a key's record; they lie together because each request reads them together. */
const instantsPerRecord = 3;
const refusedSince = 0; // first refusal since the last admission; NaN after an admission, and then the others are too
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

  measure({ key, timeUs, cost, length, keys }: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch): void {
    this.#records = grown(this.#records, keys * instantsPerRecord, Number.NaN);
    for (let row = 0; row < length; row++) {
      if (cost[row] === 0) continue; // a peek passes whatever the state is
      const record = key[row] * instantsPerRecord;
      const starvedUs = timeUs[row] - this.#records[record + refusedSince];
      if (starvedUs > this.#longestStarvationUs) this.#longestStarvationUs = starvedUs;
      if (allowed[row] === 0) this.#refused(record, timeUs[row], retryAfterUs[row]);
      else if (starvedUs >= 0) this.#admitted(record, timeUs[row]);
    }
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

  #refused(record: number, nowUs: number, waitUs: number): void {
    const records = this.#records;
    if (Number.isNaN(records[record + refusedSince])) records[record + refusedSince] = nowUs;
    if (waitUs === Number.POSITIVE_INFINITY) return;
    this.#advised++;
    if (nowUs >= records[record + due] && Number.isNaN(records[record + lateSince])) {
      this.#judged++;
      records[record + lateSince] = nowUs;
    }
    records[record + due] = nowUs + waitUs;
  }

  #admitted(record: number, nowUs: number): void {
    const records = this.#records;
    if (!Number.isNaN(records[record + lateSince])) {
      this.#late.record(nowUs - records[record + lateSince]);
    } else if (nowUs >= records[record + due]) {
      this.#judged++;
      this.#onTime++;
      this.#late.record(0);
    }
    records.fill(Number.NaN, record, record + instantsPerRecord);
  }
}
