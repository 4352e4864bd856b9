import type { LimiterContext, Quota } from '../algorithm.ts';
import { ProductLimiter, refusalUs, wholeUnits } from './product.ts';

/**
 * What Upstash's three algorithms share: the client's clock of milliseconds, and the ephemeral cache. A refused identifier
 * is kept in the client's memory until `reset` and refused there without a question to Redis, through that very millisecond.
 */
export abstract class UpstashLimiter extends ProductLimiter {
  protected readonly limit: number;
  protected readonly periodMs: number;
  readonly #epochUs: number;
  readonly #cachedUntil: number; // field of a key's record: milliseconds since 1970
  readonly #caches: boolean;

  constructor(quota: Quota, fields: number, caches: boolean, { epochUs }: LimiterContext) {
    super(fields + 1);
    this.limit = quota.limit;
    this.periodMs = wholeUnits(quota, 1000, 'Upstash');
    this.#epochUs = epochUs;
    this.#cachedUntil = fields;
    this.#caches = caches;
  }

  /** Whether Redis would admit `cost` units. */
  protected abstract admits(key: number, nowMs: number, cost: number): boolean;
  /** Takes or counts the units in Redis; what is refused may count as well. */
  protected abstract count(key: number, nowMs: number, cost: number, allowed: boolean): void;
  /** Units left by the state in Redis. */
  protected abstract left(key: number, nowMs: number): number;
  /** When the product says that there will be units again: milliseconds since 1970. */
  protected abstract resetMs(key: number, nowMs: number): number;
  protected abstract describe(key: number, nowMs: number): string;

  override waitUs(key: number, nowUs: number, cost: number): number {
    const nowMs = this.#ms(nowUs);
    const cachedMs = this.#cached(key, nowMs);
    if (cost === 0 || (cachedMs === undefined && this.admits(key, nowMs, cost))) return 0;
    return refusalUs(((cachedMs ?? this.resetMs(key, nowMs)) - nowMs) * 1000);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost > 0) this.count(key, this.#ms(nowUs), cost, true);
    return 0;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    const nowMs = this.#ms(nowUs);
    if (this.#cached(key, nowMs) !== undefined) return;
    const resetMs = this.resetMs(key, nowMs);
    this.count(key, nowMs, cost, false);
    if (this.#caches) this.records[key * this.fields + this.#cachedUntil] = resetMs;
  }

  override remaining(key: number, nowUs: number): number {
    const nowMs = this.#ms(nowUs);
    return this.#cached(key, nowMs) === undefined ? Math.max(0, this.left(key, nowMs)) : 0;
  }

  override explain(key: number, nowUs: number): string {
    const nowMs = this.#ms(nowUs);
    const cachedMs = this.#cached(key, nowMs);
    const state = this.describe(key, nowMs);
    return cachedMs === undefined ? state : `${state}; refused by the client for ${cachedMs - nowMs} ms more`;
  }

  #ms(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1000);
  }

  #cached(key: number, nowMs: number): number | undefined {
    const untilMs = this.records[key * this.fields + this.#cachedUntil];
    return untilMs >= nowMs ? untilMs : undefined;
  }
}
