import type { ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import type { Counts } from './counts.ts';
import { latencyFigures, noLatency } from './latency-figures.ts';
import { type Demand, Fairness } from './meters/fairness.ts';
import { countMarked, Outcomes } from './meters/outcomes.ts';
import { Refusals } from './meters/refusals.ts';
import { RuleAudit } from './meters/rule-audit.ts';
import type { TimelineSnapshot } from './meters/timeline.ts';
import { applicability, type ComparisonPlan } from './plan.ts';
import type { AlgorithmResult } from './result.ts';

/** The part of a row's result that its meters know. */
export type MeterFigures = Pick<
  AlgorithmResult,
  'requests' | 'admitted' | 'rejected' | 'accuracy' | 'burst' | 'fairness' | 'latency' | 'retry_after'
> & { readonly admittedOverTime: TimelineSnapshot };

/** The meters that watch one row of the comparison, whoever decides. */
export class LaneMeters {
  readonly #conforming: Uint8Array;
  readonly #served: Uint8Array;
  readonly #audits: readonly RuleAudit[];
  readonly #fairness = new Fairness();
  readonly #refusals = new Refusals();
  readonly #outcomes = new Outcomes();

  constructor(plan: ComparisonPlan, capacity: number) {
    this.#conforming = new Uint8Array(capacity);
    this.#served = new Uint8Array(capacity);
    this.#audits = plan.rules.map(
      (rule, at) => new RuleAudit(rule, plan.contracts[at], plan.context, applicability(rule, plan)),
    );
  }

  measure(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    const { keys, length, mayPeek } = arrivals;
    this.#conforming.fill(1, 0, length);
    for (const audit of this.#audits) audit.measure(arrivals, decisions, this.#conforming);
    const served = mayPeek ? this.#withoutPeeks(arrivals, decisions) : decisions.allowed;
    this.#outcomes.measure(arrivals, decisions, this.#conforming);
    this.#fairness.reserve(keys);
    this.#refusals.reserve(keys);
    this.#measureKeys(arrivals, decisions, served);
  }

  /** Of the batch measured last, the rows where `marked` is 1. */
  countMarked(arrivals: ArrivalBatch, decisions: DecisionBatch, marked: Uint8Array): Counts {
    return countMarked(arrivals, decisions, this.#conforming, marked);
  }

  figures(demand: Demand): MeterFigures {
    const { requests, admitted } = this.#outcomes.counts;
    return {
      requests,
      admitted,
      rejected: requests - admitted,
      accuracy: this.#accuracy(),
      burst: this.#burst(),
      fairness: this.#fairnessFigures(demand),
      latency: latencyFigures(this.#outcomes.delay) ?? noLatency,
      retry_after: this.#retryAfter(),
      admittedOverTime: this.#outcomes.admittedOverTime.snapshot(),
    };
  }

  /** The column `allowed` with 0 for peeks, which take nothing. A peek that was refused is no needless rejection. */
  #withoutPeeks({ cost, length }: ArrivalBatch, { allowed }: DecisionBatch): Uint8Array {
    for (let row = 0; row < length; row++) {
      this.#served[row] = cost[row] > 0 ? allowed[row] : 0;
      if (cost[row] === 0 && allowed[row] === 0) this.#conforming[row] = 0;
    }
    return this.#served;
  }

  /** What only concerns keys that are refused is left out for the many that never are. */
  #measureKeys(arrivals: ArrivalBatch, decisions: DecisionBatch, served: Uint8Array): void {
    const { key, length } = arrivals;
    for (let row = 0; row < length; ) {
      const ofKey = key[row];
      const from = row;
      let got = 0;
      do got += served[row];
      while (++row < length && key[row] === ofKey);
      this.#fairness.add(ofKey, got);
      if (got < row - from || this.#refusals.awaits(ofKey))
        this.#refusals.measureRun(ofKey, arrivals, decisions, from, row);
    }
  }

  #accuracy(): AlgorithmResult['accuracy'] {
    const { counts, oracleDisagreed } = this.#outcomes;
    const { requests, overAdmitted, needlessRejected } = counts;
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
      oracle_disagreed: oracleDisagreed,
      oracle_disagreed_ratio: ratio(oracleDisagreed),
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
