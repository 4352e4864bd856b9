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
    const records = this.#records;
    const record = key * fieldsPerRecord;
    let since = records[record + refusedSince];
    let told = records[record + due];
    let late = records[record + lateSince];
    let lastRefused = since;
    let advised = 0;
    for (let row = from; row < end; row++) {
      if (cost[row] === 0) continue; // a peek passes whatever the state is
      const now = timeUs[row] + 1;
      if (allowed[row] === 1) {
        if (since > 0) this.#admitted(since, told, late, now);
        since = told = late = 0;
        continue;
      }
      if (since === 0) since = now;
      lastRefused = now;
      if (retryAfterUs[row] === Number.POSITIVE_INFINITY) continue;
      advised++;
      late = this.#lateSince(late, told, now);
      told = now + retryAfterUs[row];
    }
    if (since > 0) this.#starved(lastRefused - since);
    this.#advised += advised;
    records[record + refusedSince] = since;
    records[record + due] = told;
    records[record + lateSince] = late;
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

  /** A key that has been refused since `since`, and was told to come at `told`, gets through. */
  #admitted(since: number, told: number, late: number, now: number): void {
    this.#starved(now - since);
    if (late > 0) {
      this.#late.record(now - late);
    } else if (told > 0 && now >= told) {
      this.#judged++;
      this.#onTime++;
      this.#late.record(0);
    }
  }

  /** A refusal at or after the told instant is judged when it is the first. */
  #lateSince(late: number, told: number, now: number): number {
    if (late > 0 || told === 0 || now < told) return late;
    this.#judged++;
    return now;
  }

  #starved(forUs: number): void {
    if (forUs > this.#longestStarvationUs) this.#longestStarvationUs = forUs;
  }
}
