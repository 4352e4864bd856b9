import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { Demand } from '../meters/fairness.ts';
import { Offered } from '../meters/offered.ts';
import type { TimelineSnapshot } from '../meters/timeline.ts';
import { Oracle } from '../oracle.ts';
import type { ComparisonPlan } from '../plan.ts';

/** What a row has to know of its requests that are its own: what clients send depends on what they were answered there. */
export interface OwnTrafficFigures {
  readonly overTime: TimelineSnapshot;
  readonly mostKeysAlive: number;
}

/** Judges and counts the attempts of one row, as a run does for requests that are the same for all rows. */
export class OwnTraffic {
  readonly demand = new Demand();
  readonly #oracle: Oracle;
  readonly #offered: Offered;
  readonly #ttlUs: number;

  constructor(plan: ComparisonPlan, ttlUs: number) {
    this.#oracle = new Oracle(plan);
    this.#offered = new Offered([ttlUs], 'time');
    this.#ttlUs = ttlUs;
  }

  /** Attempts in the order of time; afterwards they are marked with what the contract admits. */
  measure(attempts: ArrivalBatch): void {
    this.#oracle.judge(attempts);
    this.demand.measure(attempts);
    this.#offered.measure(attempts);
  }

  figures(): OwnTrafficFigures {
    return { overTime: this.#offered.overTime(), mostKeysAlive: this.#offered.mostKeysAlive(this.#ttlUs) };
  }
}
