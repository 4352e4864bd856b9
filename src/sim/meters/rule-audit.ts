import type { Limiter, LimiterContext } from '../../algorithms/algorithm.ts';
import { type ArrivalBatch, type DecisionBatch, runEnd } from '../../algorithms/batch.ts';
import { blockAt, blockRowsAt, endAt, hasRoomFor, recordWords, startAt } from '../../algorithms/key-log.ts';
import { freeAtUs, freeSinceBaseUs } from '../../algorithms/trailing-span.ts';
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
    if (this.#judgesUnits && arrivals.oneCost === 1 && this.#admissions.log.ofUnits)
      this.#measureUnits(entity, arrivals, decisions, conforming);
    else this.#measureAny(entity, arrivals, decisions, conforming);
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

  /** Measures requests of 1 unit under the window contract. */
  #measureUnits(
    entity: Uint32Array,
    arrivals: ArrivalBatch,
    decisions: DecisionBatch,
    conforming: Uint8Array,
  ): void {
    const { log } = this.#admissions;
    this.#admissions.raiseRecords();
    for (let row = 0; ; ) {
      row = this.#measureWithRoom(entity, arrivals, decisions, conforming, row);
      if (row === arrivals.length) return;
      log.select(entity[row]);
      log.makeRoomFor(this.#countsAtUs(entity[row], arrivals, decisions, row));
    }
  }

  /**
   * Measures requests of 1 unit from row `from` on. Answers the first row that it leaves: an admission for which there is no room
   * in the log. Between two admissions of an entity the contract has room from one instant on.
   */
  #measureWithRoom(
    entity: Uint32Array,
    { timeUs, length }: ArrivalBatch,
    { allowed, delayUs }: DecisionBatch,
    conforming: Uint8Array,
    from: number,
  ): number {
    const { records, basesUs, sinceBaseUs, mostSinceBaseUs } = this.#admissions.log;
    const { limit, periodUs } = this.#rule.quota;
    const { ofKey } = this.#backlogs;
    const { perUnit, perUs } = this.#backlogs.ticks;
    let { mostTicks } = this.#backlogs;
    let row = from;
    let hasRoom = true;
    while (row < length && hasRoom) {
      const key = entity[row];
      const record = key * recordWords;
      const block = records[record + blockAt];
      const mask = records[record + blockRowsAt] - 1;
      const start = records[record + startAt];
      const before = records[record + endAt];
      const baseUs = basesUs[key];
      let end = before;
      let freeUs = freeSinceBaseUs(sinceBaseUs, block, mask, end - start, end, periodUs, limit);
      let backlogTicks = ofKey[key * 2];
      let lastUs = ofKey[key * 2 + 1];
      const quietUs = timeUs[row] - lastUs;
      do {
        const admitted = allowed[row] === 1;
        const atUs = countsAtUs(timeUs[row], admitted, delayUs[row], lastUs);
        const sinceUs = atUs - baseUs;
        hasRoom = !admitted || hasRoomFor(sinceUs, end - start, mask, mostSinceBaseUs);
        if (!hasRoom) break;
        if (sinceUs < freeUs) conforming[row] = 0;
        if (!admitted) continue;
        sinceBaseUs[block + (end++ & mask)] = sinceUs;
        freeUs = freeSinceBaseUs(sinceBaseUs, block, mask, end - start, end, periodUs, limit);
        backlogTicks = Math.max(backlogTicks - (atUs - lastUs) * perUs, 0) + perUnit;
        mostTicks = Math.max(mostTicks, backlogTicks);
        lastUs = atUs;
      } while (++row < length && entity[row] === key);
      records[record + endAt] = end;
      ofKey[key * 2] = backlogTicks;
      ofKey[key * 2 + 1] = lastUs;
      this.#admissions.recordFrom(key, before, end - start, end - before, quietUs);
    }
    this.#backlogs.mostTicks = mostTicks;
    return row;
  }

  #countsAtUs(
    key: number,
    { timeUs }: ArrivalBatch,
    { allowed, delayUs }: DecisionBatch,
    row: number,
  ): number {
    return countsAtUs(timeUs[row], allowed[row] === 1, delayUs[row], this.#backlogs.lastUs(key));
  }

  /** Measures any requests. */
  #measureAny(
    entity: Uint32Array,
    arrivals: ArrivalBatch,
    decisions: DecisionBatch,
    conforming: Uint8Array,
  ): void {
    for (let row = 0; row < arrivals.length; ) {
      const end = runEnd(entity, row, arrivals.length);
      this.#measureRun(entity[row], arrivals, decisions, conforming, row, end);
      row = end;
    }
  }

  /** Measures any requests of one entity. */
  #measureRun(
    key: number,
    arrivals: ArrivalBatch,
    decisions: DecisionBatch,
    conforming: Uint8Array,
    from: number,
    end: number,
  ): void {
    const { cost, tenant } = arrivals;
    this.#admissions.select(key);
    let units = 0; // of which it is known when they conform
    let roomAtUs = 0;
    for (let row = from; row < end; row++) {
      if (cost[row] === 0 || (this.#appliesTo !== undefined && !this.#appliesTo(tenant[row]))) continue;
      const atUs = this.#countsAtUs(key, arrivals, decisions, row);
      if (cost[row] !== units) {
        units = cost[row];
        roomAtUs = this.#freeAtUs(key, atUs, units);
      }
      if (atUs < roomAtUs) conforming[row] = 0;
      if (decisions.allowed[row] === 0) continue;
      this.#admit(key, atUs, units);
      units = 0;
    }
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

/** When a request counts: at its release, and not before the last of its entity. */
function countsAtUs(timeUs: number, admitted: boolean, delayUs: number, lastUs: number): number {
  return Math.max(admitted ? timeUs + delayUs : timeUs, lastUs);
}
