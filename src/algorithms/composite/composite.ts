import type { Limiter } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';

/** Who shares one state: each key has its own, or all keys of a tenant share it, or all keys there are. */
export type Scope = 'key' | 'tenant' | 'global';

/** One limit of several that a request must pass. */
export interface Member {
  readonly limiter: Limiter;
  readonly per: Scope;
  /** Tells for a tenant whether the limit is meant for it; absent when it is meant for all. */
  readonly appliesTo?: ((tenant: number) => boolean) | undefined;
}

/**
 * Several limits on one request: all must pass, and nothing is taken from any unless all do. The wait is the longest
 * of the waits, since what conforms once conforms later too as long as nothing else arrives. A tenant → user
 * hierarchy is a limit per key beside a limit per tenant.
 */
export class Composite implements Limiter {
  #tenantOf = new Uint32Array(0);
  #tenants = 1;
  readonly #members: readonly Member[];

  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  reserve(keys: number): void {
    this.#tenantOf = grown(this.#tenantOf, keys);
    for (const { limiter, per } of this.#members) limiter.reserve(per === 'key' ? keys : this.#tenants);
  }

  decide(
    { timeUs, key, tenant, tenants, cost, durationUs, length }: ArrivalBatch,
    decisions: DecisionBatch,
  ): void {
    this.#tenants = tenants;
    for (const { limiter, per } of this.#members) if (per !== 'key') limiter.reserve(tenants);
    for (let row = 0; row < length; row++) {
      this.#tenantOf[key[row]] = tenant[row];
      const waitUs = this.waitUs(key[row], timeUs[row], cost[row]);
      decisions.allowed[row] = waitUs === 0 ? 1 : 0;
      if (waitUs === 0) {
        decisions.delayUs[row] = this.take(key[row], timeUs[row], cost[row], durationUs[row]);
      } else {
        decisions.retryAfterUs[row] = waitUs;
        this.refuse(key[row], timeUs[row], cost[row]);
      }
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    let longestUs = 0;
    for (const member of this.#members) {
      if (!this.#applies(member, key)) continue;
      const waitUs = member.limiter.waitUs(this.#entity(member, key), nowUs, cost);
      if (waitUs > longestUs) longestUs = waitUs;
    }
    return longestUs;
  }

  take(key: number, nowUs: number, cost: number, durationUs: number): number {
    let longestUs = 0;
    for (const member of this.#members) {
      if (!this.#applies(member, key)) continue;
      const delayUs = member.limiter.take(this.#entity(member, key), nowUs, cost, durationUs);
      if (delayUs > longestUs) longestUs = delayUs;
    }
    return longestUs;
  }

  refuse(key: number, nowUs: number, cost: number): void {
    for (const member of this.#members) {
      if (this.#applies(member, key)) member.limiter.refuse(this.#entity(member, key), nowUs, cost);
    }
  }

  remaining(key: number, nowUs: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (const member of this.#members) {
      if (this.#applies(member, key)) {
        least = Math.min(least, member.limiter.remaining(this.#entity(member, key), nowUs));
      }
    }
    return least;
  }

  explain(key: number, nowUs: number): string {
    return this.#members
      .filter((member) => this.#applies(member, key))
      .map((member) => `per ${member.per}: ${member.limiter.explain(this.#entity(member, key), nowUs)}`)
      .join('; ');
  }

  stateBytes(keys: number): number {
    const entities = { key: keys, tenant: this.#tenants, global: 1 };
    return this.#members.reduce((bytes, { limiter, per }) => bytes + limiter.stateBytes(entities[per]), 0);
  }

  #applies({ appliesTo }: Member, key: number): boolean {
    return appliesTo === undefined || appliesTo(this.#tenantOf[key]);
  }

  #entity({ per }: Member, key: number): number {
    return per === 'key' ? key : per === 'tenant' ? this.#tenantOf[key] : 0;
  }
}
