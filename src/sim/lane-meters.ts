import type { ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { type Demand, Fairness } from './meters/fairness.ts';
import { UsDistribution } from './meters/quantiles.ts';
import { Refusals } from './meters/refusals.ts';
import { RuleAudit } from './meters/rule-audit.ts';
import { Timeline, type TimelineSnapshot } from './meters/timeline.ts';
import { applicability, type ComparisonPlan } from './plan.ts';
import type { AlgorithmResult } from './result.ts';

/** The part of a row's result that its meters know. */
export type MeterFigures = Pick<
  AlgorithmResult,
  'requests' | 'admitted' | 'rejected' | 'accuracy' | 'burst' | 'fairness' | 'latency' | 'retry_after'
> & { readonly admittedOverTime: TimelineSnapshot };

/** Requests and what became of them; wrong decisions are those against the contract on the row's own history. */
export interface Counts {
  requests: number;
  admitted: number;
  overAdmitted: number;
  needlessRejected: number;
}

const noCounts = (): Counts => ({ requests: 0, admitted: 0, overAdmitted: 0, needlessRejected: 0 });

/** The meters that watch one row of the comparison, whoever decides. */
export class LaneMeters {
  readonly #conforming: Uint8Array;
  readonly #audits: readonly RuleAudit[];
  readonly #fairness = new Fairness();
  readonly #refusals = new Refusals();
  readonly #admittedOverTime = new Timeline();
  readonly #delay = new UsDistribution();
  readonly #counts = noCounts();
  #oracleDisagreed = 0;

  constructor(plan: ComparisonPlan, capacity: number) {
    this.#conforming = new Uint8Array(capacity);
    this.#audits = plan.rules.map(
      (rule, at) => new RuleAudit(rule, plan.contracts[at], plan.context, applicability(rule, plan)),
    );
  }

  measure(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    this.#conforming.fill(1, 0, arrivals.length);
    for (const audit of this.#audits) audit.measure(arrivals, decisions, this.#conforming);
    this.#count(arrivals, decisions);
    this.#fairness.measure(arrivals, decisions);
    this.#refusals.measure(arrivals, decisions);
  }

  /** Of the batch measured last, the rows where `marked` is 1. */
  countMarked({ cost, length }: ArrivalBatch, { allowed }: DecisionBatch, marked: Uint8Array): Counts {
    const counts = noCounts();
    for (let row = 0; row < length; row++) {
      if (marked[row] === 0) continue;
      counts.requests++;
      counts.admitted += allowed[row];
      if (allowed[row] === 1) counts.overAdmitted += 1 - this.#conforming[row];
      else if (cost[row] > 0) counts.needlessRejected += this.#conforming[row];
    }
    return counts;
  }

  figures(demand: Demand): MeterFigures {
    const { requests, admitted } = this.#counts;
    return {
      requests,
      admitted,
      rejected: requests - admitted,
      accuracy: this.#accuracy(),
      burst: this.#burst(),
      fairness: this.#fairnessFigures(demand),
      latency: this.#latency(),
      retry_after: this.#retryAfter(),
      admittedOverTime: this.#admittedOverTime.snapshot(),
    };
  }

  #count({ timeUs, cost, entitled, length }: ArrivalBatch, { allowed, delayUs }: DecisionBatch): void {
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
    const counts = this.#counts;
    counts.requests += length;
    counts.admitted += admitted;
    counts.overAdmitted += overAdmitted;
    counts.needlessRejected += needlessRejected;
    this.#oracleDisagreed += oracleDisagreed;
  }

  #accuracy(): AlgorithmResult['accuracy'] {
    const { requests, overAdmitted, needlessRejected } = this.#counts;
    const ratio = (count: number) => (requests === 0 ? 0 : count / requests);
    const worst = this.#audits
      .map((audit) => ({ figures: audit.figures(), limit: audit.rule.quota.limit }))
      .filter(({ limit }) => limit > 0)
      .map(({ figures, limit }) => ({ ratio: figures.maxInWindow / limit, atUs: figures.worstWindowAtUs }))
      .sort((a, b) => b.ratio - a.ratio)[0];
    return {
      over_admitted: overAdmitted,
      over_admitted_ratio: ratio(overAdmitted),
      needless_rejected: needlessRejected,
      needless_rejected_ratio: ratio(needlessRejected),
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
    const { jain, jainEntitled, starvedKeys, demandedCurve, entitledCurve } = this.#fairness.figures(demand);
    return {
      jain,
      jain_entitled: jainEntitled,
      starved_keys: starvedKeys,
      longest_starvation_us: this.#refusals.figures().longestStarvationUs,
      curve: { demanded: demandedCurve, entitled: entitledCurve },
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
