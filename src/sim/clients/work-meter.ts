import { latencyFigures } from '../latency-figures.ts';
import { UsDistribution } from '../meters/quantiles.ts';
import { Timeline } from '../meters/timeline.ts';
import type { ClientFigures } from '../result.ts';
import { type Span, timeToClear, workTimeline } from './backlog.ts';
import { Dispersion } from './dispersion.ts';

/** What became of the work that clients wanted done. Each unit is done or abandoned in the end. */
export class WorkMeter {
  readonly #arrivals = new Timeline();
  readonly #completions = new Timeline();
  readonly #settlements = new Timeline();
  readonly #timeToDone = new UsDistribution();
  readonly #offeredWork = new Dispersion();
  readonly #attempts = new Dispersion();
  #offered = 0;
  #done = 0;
  #made = 0;
  #firstTries = 0;
  #refused = 0;
  #wastedCost = 0;
  #lastOfferedUs = 0;
  #lastSettledUs = 0;

  /** In the order of time. */
  offer(timeUs: number): void {
    this.#offered++;
    this.#arrivals.add(timeUs);
    this.#offeredWork.add(timeUs);
    this.#lastOfferedUs = timeUs;
  }

  /** In the order of time. */
  attempt(timeUs: number, isFirst: boolean): void {
    this.#made++;
    if (isFirst) this.#firstTries++;
    this.#attempts.add(timeUs);
  }

  refuse(): void {
    this.#refused++;
  }

  finish(arrivedUs: number, doneUs: number): void {
    this.#done++;
    this.#timeToDone.record(Math.round(doneUs - arrivedUs));
    this.#completions.add(doneUs);
    this.#settle(doneUs);
  }

  /** `cost`: units that were admitted for it, too late. */
  abandon(atUs: number, cost: number): void {
    this.#wastedCost += cost;
    this.#settle(atUs);
  }

  /** `faults`: when something was wrong. */
  figures(faults: readonly Span[]): Omit<ClientFigures, 'label' | 'policy' | 'params'> {
    const timeline = workTimeline(this.#arrivals, this.#completions, this.#settlements);
    const lengthUs = Math.max(this.#lastOfferedUs, this.#lastSettledUs);
    return {
      offered: this.#offered,
      done: this.#done,
      abandoned: this.#offered - this.#done,
      goodput_ratio: this.#offered === 0 ? null : this.#done / this.#offered,
      goodput_per_s: lengthUs === 0 ? null : (this.#done / lengthUs) * 1e6,
      attempts: this.#made,
      retries: this.#made - this.#firstTries,
      retry_ratio: this.#made === 0 ? null : this.#refused / this.#made,
      wasted_cost: this.#wastedCost,
      time_to_done: latencyFigures(this.#timeToDone),
      backlog_most: Math.max(0, ...timeline.backlog),
      time_to_clear_us: timeToClear(timeline, faults),
      dispersion: this.#attempts.index,
      dispersion_offered: this.#offeredWork.index,
      most_in_100ms: this.#attempts.most,
      timeline,
    };
  }

  #settle(atUs: number): void {
    this.#settlements.add(atUs);
    this.#lastSettledUs = Math.max(this.#lastSettledUs, atUs);
  }
}
