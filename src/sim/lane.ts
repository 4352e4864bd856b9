import type { Limiter } from '../algorithms/algorithm.ts';
import { type ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { createLimiter } from './limiters.ts';
import { type Demand, Fairness } from './meters/fairness.ts';
import { UsDistribution } from './meters/quantiles.ts';
import { Refusals } from './meters/refusals.ts';
import { RuleAudit } from './meters/rule-audit.ts';
import { Timeline, type TimelineSnapshot } from './meters/timeline.ts';
import { applicability, type ComparisonPlan } from './plan.ts';
import type { AlgorithmResult } from './result.ts';
import { findAlgorithm, type Selection, validParams } from './selection.ts';
import { wallClockMs } from './wall-clock.ts';

/** What a lane finds out by itself; `assemble` adds what is known of the traffic as a whole. */
export interface LaneResult extends Omit<AlgorithmResult, 'memory' | 'timeline'> {
  readonly bytesPerKey: number;
  readonly admittedOverTime: TimelineSnapshot;
}

/** One row of the comparison: a limiter and the meters that watch it. */
export class Lane {
  readonly #selection: Selection;
  readonly #limiter: Limiter;
  readonly #decisions: DecisionBatch;
  readonly #conforming: Uint8Array;
  readonly #audits: readonly RuleAudit[];
  readonly #fairness = new Fairness();
  readonly #refusals = new Refusals();
  readonly #admittedOverTime = new Timeline();
  readonly #delay = new UsDistribution();
  #requests = 0;
  #admitted = 0;
  #overAdmitted = 0;
  #needlessRejected = 0;
  #oracleDisagreed = 0;
  #decideMs = 0;

  constructor(selection: Selection, plan: ComparisonPlan, capacity: number) {
    this.#selection = selection;
    this.#limiter = createLimiter(selection, plan);
    this.#decisions = new DecisionBatch(capacity);
    this.#conforming = new Uint8Array(capacity);
    this.#audits = plan.rules.map(
      (rule, at) => new RuleAudit(rule, plan.contracts[at], plan.context, applicability(rule, plan)),
    );
  }

  take(arrivals: ArrivalBatch): void {
    const decisions = this.#decisions;
    this.#limiter.reserve(arrivals.keys);
    const startedMs = wallClockMs();
    this.#limiter.decide(arrivals, decisions);
    this.#decideMs += wallClockMs() - startedMs;

    this.#conforming.fill(1, 0, arrivals.length);
    for (const audit of this.#audits) audit.measure(arrivals, decisions, this.#conforming);
    this.#count(arrivals);
    this.#fairness.measure(arrivals, decisions);
    this.#refusals.measure(arrivals, decisions);
  }

  result(demand: Demand): LaneResult {
    const { algorithm, variant, params } = this.#selection;
    return {
      algorithm,
      variant,
      params: validParams(findAlgorithm(algorithm), params),
      store: 'virtual',
      topology: 'ideal',
      requests: this.#requests,
      admitted: this.#admitted,
      rejected: this.#requests - this.#admitted,
      accuracy: this.#accuracy(),
      burst: this.#burst(),
      fairness: this.#fairnessFigures(demand),
      latency: this.#latency(),
      retry_after: this.#retryAfter(),
      bytesPerKey: demand.asked === 0 ? 0 : this.#limiter.stateBytes(demand.asked) / demand.asked,
      throughput: {
        decisions_per_s: this.#decideMs === 0 ? 0 : Math.round((this.#requests / this.#decideMs) * 1e3),
        measured: true,
      },
      admittedOverTime: this.#admittedOverTime.snapshot(),
    };
  }

  #count({ timeUs, cost, entitled, length }: ArrivalBatch): void {
    const { allowed, delayUs } = this.#decisions;
    const conforming = this.#conforming;
    let admitted = 0;
    let overAdmitted = 0;
    let needlessRejected = 0;
    let oracleDisagreed = 0;
    for (let row = 0; row < length; row++) {
      const passed = allowed[row];
      admitted += passed;
      oracleDisagreed += passed ^ entitled[row];
      if (passed === 1) {
        overAdmitted += 1 - conforming[row];
        this.#delay.record(delayUs[row]);
        this.#admittedOverTime.add(timeUs[row] + delayUs[row]);
      } else if (cost[row] > 0) {
        needlessRejected += conforming[row];
      }
    }
    this.#requests += length;
    this.#admitted += admitted;
    this.#overAdmitted += overAdmitted;
    this.#needlessRejected += needlessRejected;
    this.#oracleDisagreed += oracleDisagreed;
  }

  #accuracy(): AlgorithmResult['accuracy'] {
    const ratio = (count: number) => (this.#requests === 0 ? 0 : count / this.#requests);
    const worst = this.#audits
      .map((audit) => ({ figures: audit.figures(), limit: audit.rule.quota.limit }))
      .filter(({ limit }) => limit > 0)
      .map(({ figures, limit }) => ({ ratio: figures.maxInWindow / limit, atUs: figures.worstWindowAtUs }))
      .sort((a, b) => b.ratio - a.ratio)[0];
    return {
      over_admitted: this.#overAdmitted,
      over_admitted_ratio: ratio(this.#overAdmitted),
      needless_rejected: this.#needlessRejected,
      needless_rejected_ratio: ratio(this.#needlessRejected),
      oracle_disagreed: this.#oracleDisagreed,
      oracle_disagreed_ratio: ratio(this.#oracleDisagreed),
      worst_window_ratio: worst ? worst.ratio : null,
      worst_window_at_us: worst && worst.ratio > 0 ? worst.atUs : null,
    };
  }

  #burst(): AlgorithmResult['burst'] {
    const [first] = this.#audits;
    const { maxIn10ms, maxIn100ms, maxIn1s, maxInWindow, sigma } = first.figures();
    const { limit, periodUs } = first.rule.quota;
    return {
      max_in_10ms: maxIn10ms,
      max_in_100ms: maxIn100ms,
      max_in_1s: maxIn1s,
      max_in_window: maxInWindow,
      sigma,
      rho_per_s: (limit / periodUs) * 1e6,
    };
  }

  #fairnessFigures(demand: Demand): AlgorithmResult['fairness'] {
    const { jain, jainEntitled, starvedKeys } = this.#fairness.figures(demand);
    return {
      jain,
      jain_entitled: jainEntitled,
      starved_keys: starvedKeys,
      longest_starvation_us: this.#refusals.figures().longestStarvationUs,
    };
  }

  #latency(): AlgorithmResult['latency'] {
    const { p50Us = 0, p90Us = 0, p99Us = 0, p999Us = 0, maxUs = 0 } = this.#delay.quantiles() ?? {};
    return { p50_us: p50Us, p90_us: p90Us, p99_us: p99Us, p999_us: p999Us, max_us: maxUs };
  }

  #retryAfter(): AlgorithmResult['retry_after'] {
    const { advised, admittedWhenDueRatio, late } = this.#refusals.figures();
    return {
      advised,
      admitted_when_due_ratio: admittedWhenDueRatio,
      late_p50_us: late?.p50Us ?? null,
      late_p99_us: late?.p99Us ?? null,
    };
  }
}
