import type { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { type Counts, noCounts } from '../counts.ts';
import { marksIn, restFrom, wordsOf } from './marks.ts';
import { UsDistribution } from './quantiles.ts';
import { Timeline } from './timeline.ts';

/** What became of all requests together, whosever they are: how many, when they passed, and how long they were held back. */
export class Outcomes {
  readonly counts: Counts = noCounts();
  readonly delay = new UsDistribution();
  readonly admittedOverTime = new Timeline();
  /** Requests of which the oracle thought otherwise. */
  oracleDisagreed = 0;

  /** `conforming` is 1 where the contract would have allowed the request, and 0 where a peek was refused, which is no error. */
  measure(arrivals: ArrivalBatch, decisions: DecisionBatch, conforming: Uint8Array): void {
    const { entitled, length } = arrivals;
    const { allowed } = decisions;
    this.#countWords(wordsOf(allowed, length), wordsOf(conforming, length), wordsOf(entitled, length));
    for (let row = restFrom(length); row < length; row++)
      this.#countRow(allowed[row], conforming[row], entitled[row]);
    this.counts.requests += length;
    this.#measureAdmitted(arrivals, decisions);
  }

  #countWords(allowed: Int32Array, conforming: Int32Array, entitled: Int32Array): void {
    let admitted = 0;
    let over = 0;
    let needless = 0;
    let disagreed = 0;
    for (let at = 0; at < allowed.length; at++) {
      admitted += marksIn(allowed[at]);
      over += marksIn(allowed[at] & ~conforming[at]);
      needless += marksIn(~allowed[at] & conforming[at]);
      disagreed += marksIn(allowed[at] ^ entitled[at]);
    }
    this.#add(admitted, over, needless, disagreed);
  }

  #countRow(allowed: number, conforming: number, entitled: number): void {
    this.#add(allowed, allowed & (conforming ^ 1), (allowed ^ 1) & conforming, allowed ^ entitled);
  }

  #add(admitted: number, over: number, needless: number, disagreed: number): void {
    const { counts } = this;
    counts.admitted += admitted;
    counts.overAdmitted += over;
    counts.needlessRejected += needless;
    this.oracleDisagreed += disagreed;
  }

  #measureAdmitted({ timeUs, length }: ArrivalBatch, { allowed, delayUs }: DecisionBatch): void {
    let undelayed = 0;
    for (let row = 0; row < length; row++) {
      if (allowed[row] === 0) continue;
      if (delayUs[row] === 0) undelayed++;
      else this.delay.record(delayUs[row]);
      this.admittedOverTime.add(timeUs[row] + delayUs[row]);
    }
    this.delay.recordZeros(undelayed);
  }
}

/** The rows where `marked` is 1. */
export function countMarked(
  { length }: ArrivalBatch,
  { allowed }: DecisionBatch,
  conforming: Uint8Array,
  marked: Uint8Array,
): Counts {
  const counts = noCounts();
  for (let row = 0; row < length; row++) {
    if (marked[row] === 0) continue;
    counts.requests++;
    counts.admitted += allowed[row];
    if (allowed[row] === 1) counts.overAdmitted += 1 - conforming[row];
    else counts.needlessRejected += conforming[row];
  }
  return counts;
}
