import type { Limiter, LimiterContext } from '../../algorithms/algorithm.ts';
import { type ArrivalBatch, type DecisionBatch, runEnd } from '../../algorithms/batch.ts';
import { freeAtUs } from '../../algorithms/trailing-span.ts';
import { type ContractKind, referenceLimiter } from '../contract.ts';
import type { Rule } from '../rule.ts';
import { AdmissionLog } from './admissions.ts';
import { Backlogs } from './backlogs.ts';

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
  readonly #judgesUnits: boolean; // whether the log of admissions alone answers for all requests of 1 unit
  readonly #backlogs: Backlogs;
  #everyone = new Uint32Array(0); // entity 0 in each row, for a limit that all share
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
    this.#judgesUnits = this.#reference === undefined && appliesTo === undefined && rule.quota.limit > 0;
    this.#backlogs = new Backlogs(rule.quota);
  }

  /** Clears `conforming` in the rows that the contract would not have allowed. */
  measure(arrivals: ArrivalBatch, decisions: DecisionBatch, conforming: Uint8Array): void {
    const entity = this.#entities(arrivals);
    this.#reserve(this.#rule.per === 'key' ? arrivals.keys : arrivals.tenants);
    for (let row = 0; row < arrivals.length; ) {
      const key = entity[row];
      const end = runEnd(entity, row, arrivals.length);
      this.#admissions.select(key);
      while (row < end) {
        const ofUnits = this.#judgesUnits && this.#admissions.log.ofUnits;
        if (ofUnits) row = this.#measureUnits(key, arrivals, decisions, conforming, row, end);
        if (row < end)
          row = this.#measureAny(key, arrivals, decisions, conforming, row, ofUnits ? row + 1 : end);
      }
    }
  }

  /** Adds what was measured of other keys (or tenants) under the same rule. */
  merge(other: RuleAudit): void {
    this.#admissions.merge(other.#admissions);
    this.#backlogs.merge(other.#backlogs);
  }

  figures(): BurstFigures {
    const [tenMs, hundredMs, second] = shortSpansUs;
    return {
      maxIn10ms: this.#admissions.most(tenMs),
      maxIn100ms: this.#admissions.most(hundredMs),
      maxIn1s: this.#admissions.most(second),
      maxInWindow: this.#admissions.most(this.#rule.quota.periodUs),
      worstWindowAtUs: this.#admissions.mostAtUs,
      sigma: this.#backlogs.sigma,
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
    this.#backlogs.reserve(keys);
    this.#reference?.reserve(keys);
  }

  /**
   * Measures requests of 1 unit of the selected key under the window contract, for as long as there is room to log those
   * admitted. Answers the first row that it leaves. Between two admissions the contract has room from one instant on.
   */
  #measureUnits(
    key: number,
    { timeUs, cost }: ArrivalBatch,
    { allowed, delayUs }: DecisionBatch,
    conforming: Uint8Array,
    from: number,
    end: number,
  ): number {
    const { log } = this.#admissions;
    const { limit, periodUs } = this.#rule.quota;
    const { ofKey, ticks } = this.#backlogs;
    const { perUnit, perUs } = ticks;
    const { sinceBaseUs, baseUs, block, mask, start, fullAt, latestUs } = log;
    let next = log.end;
    let roomAtUs = freeAtUs(log, periodUs, limit, 1);
    let backlogTicks = ofKey[key * 2];
    let lastUs = ofKey[key * 2 + 1];
    let { mostTicks } = this.#backlogs;
    let row = from;
    for (; row < end && cost[row] === 1; row++) {
      const admitted = allowed[row] === 1;
      const atUs = Math.max(admitted ? timeUs[row] + delayUs[row] : timeUs[row], lastUs);
      if (admitted && (next === fullAt || atUs > latestUs)) break;
      if (atUs < roomAtUs) conforming[row] = 0;
      if (!admitted) continue;
      sinceBaseUs[block + (next++ & mask)] = atUs - baseUs;
      if (next - start >= limit) roomAtUs = baseUs + sinceBaseUs[block + ((next - limit) & mask)] + periodUs;
      backlogTicks = Math.max(backlogTicks - (atUs - lastUs) * perUs, 0) + perUnit;
      mostTicks = Math.max(mostTicks, backlogTicks);
      lastUs = atUs;
    }
    log.end = next;
    ofKey[key * 2] = backlogTicks;
    ofKey[key * 2 + 1] = lastUs;
    this.#backlogs.mostTicks = mostTicks;
    return row;
  }

  /** Measures any requests of the selected key. */
  #measureAny(
    key: number,
    { timeUs, cost, tenant }: ArrivalBatch,
    { allowed, delayUs }: DecisionBatch,
    conforming: Uint8Array,
    from: number,
    end: number,
  ): number {
    let units = 0; // of which it is known when they conform
    let roomAtUs = 0;
    for (let row = from; row < end; row++) {
      if (cost[row] === 0 || (this.#appliesTo !== undefined && !this.#appliesTo(tenant[row]))) continue;
      const admitted = allowed[row] === 1;
      const lastUs = this.#backlogs.lastUs(key);
      const atUs = Math.max(admitted ? timeUs[row] + delayUs[row] : timeUs[row], lastUs);
      if (cost[row] !== units) {
        units = cost[row];
        roomAtUs = this.#freeAtUs(key, atUs, units);
      }
      if (atUs < roomAtUs) conforming[row] = 0;
      if (!admitted) continue;
      this.#admit(key, atUs, units);
      units = 0;
    }
    return end;
  }

  /** From when on, asked at `atUs`, the contract allows `cost` units, if nothing is admitted before. */
  #freeAtUs(key: number, atUs: number, cost: number): number {
    if (this.#reference !== undefined) return atUs + this.#reference.waitUs(key, atUs, cost);
    const { limit, periodUs } = this.#rule.quota;
    return freeAtUs(this.#admissions.log, periodUs, limit, cost);
  }

  #admit(key: number, atUs: number, cost: number): void {
    this.#reference?.take(key, atUs, cost, 0);
    this.#admissions.admit(atUs, cost);
    this.#backlogs.add(key, atUs, cost);
  }
}
