import { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { Crowd } from '../clients/crowd.ts';
import { OwnTraffic } from '../clients/own-traffic.ts';
import type { LaneResult } from '../lane.ts';
import { LaneMeters } from '../lane-meters.ts';
import { latencyFigures, noLatency } from '../latency-figures.ts';
import type { Demand } from '../meters/fairness.ts';
import { UsDistribution } from '../meters/quantiles.ts';
import type { ComparisonPlan } from '../plan.ts';
import { findAlgorithm, type Selection, validParams } from '../selection.ts';
import { wallClockMs } from '../wall-clock.ts';
import { nobody } from './attempts.ts';
import type { Deployment } from './deployment.ts';
import { deploymentFigures } from './figures.ts';
import { Site } from './site.ts';

/** One row of the comparison as a deployment decides it, and the meters that watch it. */
export class DeployedLane {
  readonly #selection: Selection;
  readonly #deployment: Deployment;
  readonly #site: Site;
  readonly #meters: LaneMeters;
  readonly #arrivals: ArrivalBatch;
  readonly #decisions: DecisionBatch;
  readonly #latency = new UsDistribution();
  readonly #crowd: Crowd | undefined;
  readonly #own: OwnTraffic | undefined;
  #decided = 0;
  #elapsedMs = 0;

  /** `rows`: how many requests are measured at once. */
  constructor(selection: Selection, deployment: Deployment, plan: ComparisonPlan, rows: number) {
    this.#selection = selection;
    this.#deployment = deployment;
    this.#site = new Site(selection, deployment, plan, (attempt) => this.#hear(attempt));
    this.#meters = new LaneMeters(plan, rows);
    this.#arrivals = new ArrivalBatch(rows);
    this.#decisions = new DecisionBatch(rows);
    if (deployment.clients) {
      this.#crowd = new Crowd(deployment.clients, this.#site, deployment.classes);
      this.#own = new OwnTraffic(plan, this.#site.ttlUs);
    }
  }

  /** Requests in the order of time. */
  take(arrivals: ArrivalBatch): void {
    const startedMs = wallClockMs();
    const { attempts, loop } = this.#site;
    const { timeUs, key, tenant, cost, durationUs, entitled } = arrivals;
    attempts.keys = arrivals.keys;
    attempts.tenants = arrivals.tenants;
    for (let row = 0; row < arrivals.length; row++) {
      loop.runUntil(timeUs[row]);
      if (this.#crowd) {
        this.#crowd.arrive(key[row], tenant[row], cost[row], durationUs[row]);
      } else {
        this.#site.receive(
          attempts.make(
            timeUs[row],
            key[row],
            tenant[row],
            cost[row],
            durationUs[row],
            entitled[row],
            nobody,
          ),
        );
      }
    }
    this.#elapsedMs += wallClockMs() - startedMs;
    while (attempts.ready >= this.#arrivals.capacity) this.#measure();
  }

  result(demand: Demand): LaneResult {
    this.#settle();
    const { algorithm, variant, params } = this.#selection;
    const asked = this.#own?.demand ?? demand;
    const { admittedOverTime, ...figures } = this.#meters.figures(asked);
    return {
      algorithm,
      variant,
      params: validParams(findAlgorithm(algorithm), params),
      store: 'virtual',
      topology: this.#deployment.label,
      ...figures,
      admittedOverTime,
      latency: latencyFigures(this.#latency) ?? noLatency,
      bytesPerKey: asked.asked === 0 ? 0 : this.#site.stateBytes / asked.asked,
      throughput: {
        decisions_per_s: this.#elapsedMs === 0 ? 0 : Math.round((this.#decided / this.#elapsedMs) * 1e3),
        measured: true,
      },
      deployment: deploymentFigures(this.#deployment, this.#site),
      ...(this.#own && { ownTraffic: this.#own.figures() }),
      ...(this.#crowd && { clients: this.#crowd.figures() }),
    };
  }

  /** Lets time pass until every attempt is answered and no client wants anything more. */
  #settle(): void {
    const startedMs = wallClockMs();
    const { attempts, loop } = this.#site;
    while ((attempts.ready < attempts.length || this.#isWaitedFor) && loop.step()) {
      if (attempts.ready >= this.#arrivals.capacity) this.#measure();
    }
    this.#elapsedMs += wallClockMs() - startedMs;
    while (attempts.length > 0) this.#measure();
  }

  get #isWaitedFor(): boolean {
    return this.#crowd !== undefined && this.#crowd.open > 0;
  }

  #hear(attempt: number): void {
    const { attempts, loop } = this.#site;
    const place = attempt & attempts.mask;
    this.#decided++;
    if (attempts.allowed[place] === 1) {
      this.#latency.record(Math.round(loop.nowUs - attempts.timeUs[place]) + attempts.delayUs[place]);
    }
    this.#crowd?.hear(attempt);
  }

  #measure(): void {
    const arrivals = this.#arrivals;
    this.#site.attempts.drain(arrivals, this.#decisions, arrivals.capacity);
    this.#own?.measure(arrivals);
    this.#meters.measure(arrivals, this.#decisions);
    this.#site.faults.count(this.#meters, arrivals, this.#decisions);
  }
}
