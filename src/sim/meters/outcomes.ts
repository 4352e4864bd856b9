import type { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { UsDistribution } from './quantiles.ts';
import { Timeline } from './timeline.ts';

/** Requests and what became of them; wrong decisions are those against the contract on the row's own history. */
export interface Counts {
  requests: number;
  admitted: number;
  overAdmitted: number;
  needlessRejected: number;
}

const noCounts = (): Counts => ({ requests: 0, admitted: 0, overAdmitted: 0, needlessRejected: 0 });

/** What became of all requests together, whosever they are: how many, when they passed, and how long they were held back. */
export class Outcomes {
  readonly counts: Counts = noCounts();
  readonly delay = new UsDistribution();
  readonly admittedOverTime = new Timeline();
  /** Requests of which the oracle thought otherwise. */
  oracleDisagreed = 0;

  /**
   * Rows `from` up to `end`; `conforming` is 1 where the contract would have allowed the request. Answers how many of them
   * were admitted, peeks left out.
   */
  measureRun(
    { timeUs, cost, entitled }: ArrivalBatch,
    { allowed, delayUs }: DecisionBatch,
    conforming: Uint8Array,
    from: number,
    end: number,
  ): number {
    const { counts } = this;
    let admitted = 0;
    let peeks = 0;
    let undelayed = 0;
    for (let row = from; row < end; row++) {
      const passed = allowed[row];
      this.oracleDisagreed += passed ^ entitled[row];
      if (passed === 0) {
        if (cost[row] > 0) counts.needlessRejected += conforming[row];
        continue;
      }
      admitted++;
      if (cost[row] === 0) peeks++;
      counts.overAdmitted += 1 - conforming[row];
      if (delayUs[row] === 0) undelayed++;
      else this.delay.record(delayUs[row]);
      this.admittedOverTime.add(timeUs[row] + delayUs[row]);
    }
    this.delay.recordZeros(undelayed);
    counts.requests += end - from;
    counts.admitted += admitted;
    return admitted - peeks;
  }
}

/** The rows where `marked` is 1. */
export function countMarked(
  { cost, length }: ArrivalBatch,
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
    else if (cost[row] > 0) counts.needlessRejected += conforming[row];
  }
  return counts;
}
