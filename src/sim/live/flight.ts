import { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import type { StoreDecision } from '../../stores/store.ts';

/** A batch whose requests are on their way to a store, and what has come back. */
export class Flight {
  /** As the traffic has them. */
  readonly arrivals: ArrivalBatch;
  readonly decisions: DecisionBatch;
  /** 1 where the store did not decide. */
  readonly withoutStore: Uint8Array;
  /** Settled when every request has its decision and the meters have seen them. */
  landed: Promise<void> = Promise.resolve();
  readonly #decidedAtUs: Float64Array;
  readonly #decided: ArrivalBatch;
  #missing = 0;
  #complete: (() => void) | undefined;

  constructor(rows: number) {
    this.arrivals = new ArrivalBatch(rows);
    this.decisions = new DecisionBatch(rows);
    this.withoutStore = new Uint8Array(rows);
    this.#decidedAtUs = new Float64Array(rows);
    this.#decided = new ArrivalBatch(rows);
  }

  /** Notes that the request of one more row is under way. */
  depart(): void {
    this.#missing++;
  }

  arrive(row: number, decision: StoreDecision, withoutStore: boolean): void {
    this.decisions.allowed[row] = decision.allowed ? 1 : 0;
    this.decisions.retryAfterUs[row] = decision.retryAfterUs;
    this.decisions.delayUs[row] = decision.delayUs;
    this.withoutStore[row] = withoutStore ? 1 : 0;
    this.#decidedAtUs[row] = decision.atUs;
    this.#missing--;
    if (this.#missing === 0) this.#complete?.();
  }

  /** Settled when none of the departed requests is missing. */
  async complete(): Promise<void> {
    if (this.#missing === 0) return;
    await new Promise<void>((resolve) => {
      this.#complete = resolve;
    });
    this.#complete = undefined;
  }

  /**
   * The arrivals at the times at which they were decided, which is the history that a limiter goes by. `fromUs`: the
   * last such time so far; time never goes back, though the answers of several connections may come in any order.
   */
  asDecided(fromUs: number): ArrivalBatch {
    const { arrivals } = this;
    const decided = this.#decided;
    const { length } = arrivals;
    let lastUs = fromUs;
    for (let row = 0; row < length; row++) {
      lastUs = Math.max(lastUs, this.#decidedAtUs[row]);
      decided.timeUs[row] = lastUs;
    }
    for (const column of ['durationUs', 'key', 'tenant', 'cost', 'entitled'] as const) {
      decided[column].set(arrivals[column].subarray(0, length));
    }
    decided.length = length;
    decided.keys = arrivals.keys;
    decided.tenants = arrivals.tenants;
    decided.oneCost = arrivals.oneCost;
    return decided;
  }
}
