import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { ServiceError } from '../../errors.ts';
import {
  type Store,
  type StoreDecision,
  StoreError,
  type StoreLimiter,
  type StoreUsage,
} from '../../stores/store.ts';
import { addCounts, noCounts } from '../counts.ts';
import type { Engine, LiveProgress } from '../engine.ts';
import type { LaneResult } from '../lane.ts';
import { LaneMeters } from '../lane-meters.ts';
import { Demand } from '../meters/fairness.ts';
import { UsDistribution } from '../meters/quantiles.ts';
import type { ComparisonPlan } from '../plan.ts';
import { wallClockMs } from '../wall-clock.ts';
import { Failures } from './failures.ts';
import { fallbackFor } from './fallback.ts';
import { Flight } from './flight.ts';
import { laneResult } from './lane-result.ts';
import type { LiveOptions } from './options.ts';
import { Pace, type Sent } from './pace.ts';
import { Room } from './room.ts';
import { stateNames } from './state-names.ts';
import { warmUp } from './warm-up.ts';

/**
 * Requests read at once: fewer than may be under way, so that the store is not out of work meanwhile; in wall time few, so
 * that the screen hears of them soon.
 */
const rowsOf = { logical: 512, wall: 64 };

/** Sends the requests of the plan's only row to a store, and measures what it decides and how long that takes. */
export class StoreEngine implements Engine {
  readonly sortsByKey = false;
  readonly #plan: ComparisonPlan;
  readonly #store: Store;
  readonly #limiter: StoreLimiter;
  readonly #options: LiveOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #flights: readonly Flight[];
  readonly #room: Room;
  readonly #pace: Pace;
  readonly #prefix: string;
  readonly #namesOf: ReturnType<typeof stateNames>;
  readonly #fallback: ReturnType<typeof fallbackFor>;
  readonly #meters: LaneMeters;
  readonly #demand = new Demand();
  readonly #latency = new UsDistribution();
  readonly #answerLatency = new UsDistribution();
  readonly #failures = new Failures();
  /** What became of the requests that the store did not decide. */
  readonly #withoutStore = noCounts();
  #next = 0;
  #startedMs: number | undefined;
  #answered = 0;
  #decidedUntilUs = 0;
  #isAway = false;

  /** `prefix`: what the names of the row's state begin with. */
  constructor(
    plan: ComparisonPlan,
    store: Store,
    limiter: StoreLimiter,
    prefix: string,
    options: LiveOptions,
    signal?: AbortSignal,
  ) {
    const rows = rowsOf[options.clock.kind];
    this.#plan = plan;
    this.#store = store;
    this.#limiter = limiter;
    this.#options = options;
    this.#signal = signal;
    this.#flights = Array.from({ length: Math.ceil(options.inFlight / rows) + 1 }, () => new Flight(rows));
    this.#room = new Room(options.inFlight);
    this.#pace = new Pace(options.clock, signal);
    this.#prefix = prefix;
    this.#namesOf = stateNames(plan, prefix);
    this.#fallback = fallbackFor(options.onStoreError, plan);
    this.#meters = new LaneMeters(plan, rows);
  }

  async lend(): Promise<ArrivalBatch> {
    const flight = this.#flights[this.#next];
    await flight.landed;
    return flight.arrivals;
  }

  /** Settles when all have been sent. When the user interrupts, the batch is cut to what was sent. */
  async take(batch: ArrivalBatch): Promise<void> {
    if (this.#startedMs === undefined) await this.#start();
    const flight = this.#flights[this.#next];
    const previous = this.#flights.at(this.#next - 1)!; // there are at least two
    for (let row = 0; row < batch.length; row++) {
      const timeUs = batch.timeUs[row];
      if (!this.#pace.isDue(timeUs)) await this.#pace.untilDue(timeUs);
      if (this.#room.isFull) await this.#room.untilFree();
      if (this.#isAway) await this.#untilBack();
      if (this.#signal?.aborted) batch.length = row;
      else this.#send(flight, row);
    }
    flight.landed = previous.landed.then(() => flight.complete()).then(() => this.#measure(flight));
    this.#next = (this.#next + 1) % this.#flights.length;
  }

  /** Throws ServiceError when the store decided nothing of all that it was asked. */
  async finish(): Promise<LaneResult[]> {
    await Promise.all(this.#flights.map(({ landed }) => landed));
    this.#refuseSilence();
    const elapsedMs = wallClockMs() - (this.#startedMs ?? wallClockMs());
    const usage = await this.#limiter.usage().catch((): StoreUsage => ({})); // of a server that is gone nothing is known
    return [
      laneResult({
        selection: this.#plan.selections[0],
        store: this.#store,
        options: this.#options,
        figures: this.#meters.figures(this.#demand),
        latency: this.#latency,
        answerLatency: this.#answerLatency,
        slip: this.#pace.slip,
        decisionsPerSecond: elapsedMs === 0 ? 0 : (this.#answered / elapsedMs) * 1e3,
        usage,
        errors: this.#failures.byKind,
        withoutStore: this.#withoutStore,
      }),
    ];
  }

  async close(): Promise<void> {
    await Promise.all(this.#flights.map(({ landed }) => landed.catch(() => {})));
  }

  live(): LiveProgress {
    const { p50Us = 0, p99Us = 0 } = this.#latency.quantiles() ?? {};
    return { p50Us, p99Us };
  }

  async #start(): Promise<void> {
    if (this.#options.clock.kind === 'wall') {
      const isOver = () => this.#signal?.aborted ?? false;
      await warmUp(this.#limiter, this.#plan.rules.length, this.#prefix, isOver);
    }
    await this.#limiter.begin().catch((error: Error) => {
      throw new ServiceError(`${this.#store.title} went away before the run began: ${error.message}`);
    });
    this.#startedMs = wallClockMs();
    this.#pace.start();
  }

  #send(flight: Flight, row: number): void {
    const { timeUs, key, tenant, cost, durationUs } = flight.arrivals;
    const nowUs = this.#pace.nowUs(timeUs[row]);
    const { limits, names } = this.#namesOf(key[row], tenant[row]);
    const request = { limits, names, nowUs, cost: cost[row], durationUs: durationUs[row] };
    const sent = this.#pace.sent(timeUs[row]);
    this.#room.enter();
    flight.depart();
    this.#limiter.decide(request).then(
      (decision) => this.#arrive(flight, row, sent, decision, false),
      (error: unknown) => {
        const decision = this.#withoutDecision(error, flight.arrivals, row);
        this.#arrive(flight, row, sent, decision, true);
      },
    );
  }

  #arrive(flight: Flight, row: number, sent: Sent, decision: StoreDecision, withoutStore: boolean): void {
    const nowMs = wallClockMs();
    this.#latency.record(Math.round((nowMs - sent.dueMs) * 1e3));
    this.#answerLatency.record(Math.round((nowMs - sent.atMs) * 1e3));
    this.#answered++;
    flight.arrive(row, decision, withoutStore);
    this.#room.leave();
  }

  #withoutDecision(error: unknown, arrivals: ArrivalBatch, row: number): StoreDecision {
    if (!(error instanceof StoreError)) throw error;
    this.#failures.add(error);
    const isGone = error.kind === 'connection' || error.kind === 'timeout';
    if (isGone && this.#options.clock.kind === 'logical') this.#isAway = true;
    return this.#fallback(arrivals, row, this.#pace.nowUs(arrivals.timeUs[row]));
  }

  #refuseSilence(): void {
    const { count, lastMessage } = this.#failures;
    if (count === 0 || count < this.#answered || this.#signal?.aborted) return;
    throw new ServiceError(
      `${this.#store.title} decided none of the ${count} requests; the last error: ${lastMessage}`,
    );
  }

  async #untilBack(): Promise<void> {
    this.#isAway = false;
    if (await this.#store.isReady(this.#options.awaitStoreMs, this.#signal)) return;
    if (this.#signal?.aborted) return;
    throw new ServiceError(
      `${this.#store.title} went away and did not come back within ${this.#options.awaitStoreMs / 1e3} s`,
    );
  }

  #measure(flight: Flight): void {
    const decided = flight.asDecided(this.#decidedUntilUs);
    if (decided.length === 0) return;
    this.#decidedUntilUs = decided.timeUs[decided.length - 1];
    this.#demand.measure(decided);
    this.#meters.measure(decided, flight.decisions);
    addCounts(this.#withoutStore, this.#meters.countMarked(decided, flight.decisions, flight.withoutStore));
  }
}
