import type { Limiter, LimiterContext } from '../../algorithms/algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { DrainingLevel } from '../../algorithms/draining-level.ts';
import { type Ticks, ticksOf } from '../../algorithms/ticks.ts';
import { type ContractKind, referenceLimiter } from '../contract.ts';
import type { Rule } from '../rule.ts';
import { AdmissionLog } from './admissions.ts';

const shortSpansUs = [10e3, 100e3, 1e6] as const;

/** What a key (or tenant, or all together) got through at most; units are costs, not requests. */
export interface BurstFigures {
  readonly maxIn10ms: number;
  readonly maxIn100ms: number;
  readonly maxIn1s: number;
  readonly maxInWindow: number;
  /** The earliest instant at which such a window ended; 0 when nothing was admitted. */
  readonly worstWindowAtUs: number;
  /** Smallest σ such that every interval of length t holds at most σ + ρ · t units, ρ being the rule's rate. */
  readonly sigma: number;
}

/**
 * Watches what one limiter admits under one rule: judges each request against the rule's contract on the limiter's OWN
 * history, and keeps the largest bursts. A request of a queue counts at the instant of its release; a refusal is judged
 * when it comes or, if the queue has yet to release others, at the last of their releases, the earliest at which it could
 * have had its turn. Peeks are not judged.
 */
export class RuleAudit {
  readonly #rule: Rule;
  readonly #appliesTo: ((tenant: number) => boolean) | undefined;
  readonly #admissions: AdmissionLog;
  readonly #reference: Limiter | undefined; // absent for the window contract, which the log of admissions answers
  readonly #ticks: Ticks;
  readonly #backlog: DrainingLevel;
  #everyone = new Uint32Array(0); // entity 0 in each row, for a limit that all share
  #mostBacklogTicks = 0;
  #keys = 0;

  constructor(
    rule: Rule,
    contract: ContractKind,
    context: LimiterContext,
    appliesTo: ((tenant: number) => boolean) | undefined,
  ) {
    this.#rule = rule;
    this.#appliesTo = appliesTo;
    const { periodUs } = rule.quota;
    this.#admissions = new AdmissionLog([...new Set([...shortSpansUs, periodUs])], periodUs);
    this.#reference = contract === 'window' ? undefined : referenceLimiter(contract, rule, context);
    this.#ticks = ticksOf(rule.quota);
    this.#backlog = new DrainingLevel(this.#ticks);
  }

  /** Clears `conforming` in the rows that the contract would not have allowed. */
  measure(arrivals: ArrivalBatch, { allowed, delayUs }: DecisionBatch, conforming: Uint8Array): void {
    const { timeUs, cost, tenant, length } = arrivals;
    const entity = this.#entities(arrivals);
    this.#reserve(this.#rule.per === 'key' ? arrivals.keys : arrivals.tenants);
    for (let row = 0; row < length; row++) {
      if (cost[row] === 0 || (this.#appliesTo !== undefined && !this.#appliesTo(tenant[row]))) continue;
      const key = entity[row];
      this.#admissions.select(key);
      const atUs = allowed[row] === 1 ? timeUs[row] + delayUs[row] : timeUs[row];
      if (!this.#conforms(key, atUs, cost[row])) conforming[row] = 0;
      if (allowed[row] === 1) this.#admit(key, atUs, cost[row]);
    }
  }

  /** Adds what was measured of other keys (or tenants) under the same rule. */
  merge(other: RuleAudit): void {
    this.#admissions.merge(other.#admissions);
    this.#mostBacklogTicks = Math.max(this.#mostBacklogTicks, other.#mostBacklogTicks);
  }

  figures(): BurstFigures {
    const [tenMs, hundredMs, second] = shortSpansUs;
    return {
      maxIn10ms: this.#admissions.most(tenMs),
      maxIn100ms: this.#admissions.most(hundredMs),
      maxIn1s: this.#admissions.most(second),
      maxInWindow: this.#admissions.most(this.#rule.quota.periodUs),
      worstWindowAtUs: this.#admissions.mostAtUs,
      sigma: this.#mostBacklogTicks / this.#ticks.perUnit,
    };
  }

  get rule(): Rule {
    return this.#rule;
  }

  #entities({ key, tenant, length }: ArrivalBatch): Uint32Array {
    if (this.#rule.per === 'key') return key;
    if (this.#rule.per === 'tenant') return tenant;
    if (this.#everyone.length < length) this.#everyone = new Uint32Array(length);
    return this.#everyone;
  }

  #reserve(keys: number): void {
    if (keys <= this.#keys) return;
    this.#keys = keys;
    this.#admissions.reserve(keys);
    this.#backlog.reserve(keys);
    this.#reference?.reserve(keys);
  }

  #conforms(key: number, atUs: number, cost: number): boolean {
    if (this.#reference !== undefined) return this.#reference.waitUs(key, atUs, cost) === 0;
    return this.#admissions.fits(this.#rule.quota.periodUs, atUs, cost, this.#rule.quota.limit);
  }

  #admit(key: number, atUs: number, cost: number): void {
    this.#reference?.take(key, atUs, cost, 0);
    this.#admissions.admit(atUs, cost);
    const ticks = this.#backlog.at(key, atUs) + cost * this.#ticks.perUnit;
    this.#backlog.set(key, atUs, ticks);
    if (ticks > this.#mostBacklogTicks) this.#mostBacklogTicks = ticks;
  }
}
