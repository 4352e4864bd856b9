import type { Limiter } from '../../algorithms/algorithm.ts';
import { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';
import type { Classes } from '../clients/classes.ts';
import type { Attempts } from './attempts.ts';
import type { Slots } from './key-slots.ts';

const never = -1;

/** What a decider may have beside its limiter. */
export interface DeciderOptions {
  /** Where a memory that forgets keys has their state; without it, every key is remembered. */
  readonly slots?: Slots | undefined;
  /** Who is let through only while more than they need is free. */
  readonly classes?: Classes | undefined;
  /** Units that the parts of the limit are parts of, which classes keep free. */
  readonly capacity?: number;
}

/** A request and what was decided about it at another place. */
export interface Decided {
  readonly key: number;
  readonly tenant: number;
  readonly cost: number;
  readonly durationUs: number;
  readonly atUs: number;
  readonly allowed: boolean;
}

/**
 * A limiter at one place of a deployment: decides attempts one by one, by a clock that never goes backwards for a key (who
 * is told an earlier time than before uses the one before, as the Redis scripts do).
 */
export class Decider {
  readonly #attempts: Attempts;
  readonly #create: () => Limiter;
  readonly #slots: Slots | undefined;
  readonly #classes: Classes | undefined;
  readonly #capacity: number;
  readonly #one = new ArrivalBatch(1);
  readonly #decision = new DecisionBatch(1);
  #limiter: Limiter;
  #lastUs = new Float64Array(0);
  #known = 0;
  #reserved = -1;

  constructor(
    attempts: Attempts,
    create: () => Limiter,
    { slots, classes, capacity = 0 }: DeciderOptions = {},
  ) {
    this.#attempts = attempts;
    this.#create = create;
    this.#limiter = create();
    this.#slots = slots;
    this.#classes = classes;
    this.#capacity = capacity;
    this.#one.length = 1;
  }

  /** Takes what the attempt costs, times `weight`, if that conforms; the answer is left with the attempt. */
  decide(attempt: number, nowUs: number, weight = 1): void {
    const attempts = this.#attempts;
    const place = attempt & attempts.mask;
    this.#point(attempts.key[place], attempts.tenant[place], nowUs);
    this.#decideFor(attempts.key[place], attempts.cost[place] * weight, attempts.durationUs[place]);
    const allowed = this.#decision.allowed[0];
    attempts.allowed[place] = allowed;
    attempts.retryAfterUs[place] = this.#decision.retryAfterUs[0];
    attempts.delayUs[place] = allowed === 1 ? this.#decision.delayUs[0] : 0;
    if (attempts.tellsLimit) this.#tell(place, weight);
  }

  /** Decides again what was decided elsewhere with the same history, which brings this limiter to the same state. */
  replay(key: number, tenant: number, cost: number, durationUs: number, nowUs: number): void {
    this.#point(key, tenant, nowUs);
    this.#decideFor(key, cost, durationUs);
  }

  /** Decides and takes nothing: what a node learns that reads the state first and counts afterwards. */
  look(attempt: number, nowUs: number): void {
    const attempts = this.#attempts;
    const place = attempt & attempts.mask;
    this.#point(attempts.key[place], attempts.tenant[place], nowUs);
    this.#ask(0, 0); // a peek, from which a composite learns the tenant
    const units = attempts.cost[place] + this.#keptFrom(attempts.key[place]);
    const waitUs = this.#limiter.waitUs(this.#one.key[0], this.#one.timeUs[0], units);
    attempts.allowed[place] = waitUs === 0 ? 1 : 0;
    attempts.retryAfterUs[place] = waitUs;
    attempts.delayUs[place] = 0;
    if (attempts.tellsLimit) this.#tell(place, 1);
  }

  /** Counts an attempt that `look` has decided, whatever has come in between. */
  count(attempt: number, nowUs: number): void {
    const attempts = this.#attempts;
    const place = attempt & attempts.mask;
    this.#point(attempts.key[place], attempts.tenant[place], nowUs);
    const allowed = attempts.allowed[place] === 1;
    attempts.delayUs[place] = this.#count(allowed, attempts.cost[place], attempts.durationUs[place]);
  }

  /** Takes `cost` units that were let through elsewhere, conforming or not. */
  absorb(key: number, tenant: number, cost: number, nowUs: number): void {
    this.follow({ key, tenant, cost, durationUs: 0, atUs: nowUs, allowed: true });
  }

  /** Counts a request as it was decided elsewhere, conforming or not. */
  follow({ key, tenant, cost, durationUs, atUs, allowed }: Decided): void {
    this.#point(key, tenant, atUs);
    this.#ask(0, 0); // a peek, from which a composite learns the tenant
    this.#count(allowed, cost, durationUs);
  }

  /** State of all keys that ever asked here, each at its fullest. */
  get stateBytes(): number {
    return this.#limiter.stateBytes(this.#known);
  }

  /** Begins anew with an empty memory. */
  forget(): void {
    this.#limiter = this.#create();
    this.#reserved = -1;
  }

  /** Leaves what is left of the limit with the attempt, in requests of the same weight. */
  #tell(place: number, weight: number): void {
    const key = this.#one.key[0];
    const nowUs = this.#one.timeUs[0];
    const remaining = Math.floor(this.#limiter.remaining(key, nowUs) / weight);
    this.#attempts.remaining[place] = remaining;
    this.#attempts.moreInUs[place] = this.#limiter.waitUs(key, nowUs, (remaining + 1) * weight);
  }

  /** Decides about the row that was pointed at, for a client whose class may have to leave something free. */
  #decideFor(client: number, cost: number, durationUs: number): void {
    const kept = this.#keptFrom(client);
    if (kept === 0 || cost === 0) {
      this.#ask(cost, durationUs);
      return;
    }
    this.#ask(0, 0); // a peek, from which a composite learns the tenant
    const { key, timeUs } = this.#one;
    const waitUs = this.#limiter.waitUs(key[0], timeUs[0], cost + kept);
    if (waitUs === 0) {
      this.#ask(cost, durationUs);
      return;
    }
    this.#limiter.refuse(key[0], timeUs[0], cost);
    this.#decision.allowed[0] = 0;
    this.#decision.retryAfterUs[0] = waitUs;
  }

  /** Takes or refuses a request of the key that was pointed at; answers the microseconds for which it is held back. */
  #count(allowed: boolean, cost: number, durationUs: number): number {
    const key = this.#one.key[0];
    const nowUs = this.#one.timeUs[0];
    if (allowed) return this.#limiter.take(key, nowUs, cost, durationUs);
    this.#limiter.refuse(key, nowUs, cost);
    return 0;
  }

  /** Units that must stay free when a request of this client is let through. */
  #keptFrom(client: number): number {
    return this.#classes ? Math.ceil(this.#classes.keptFrom(client) * this.#capacity) : 0;
  }

  #ask(cost: number, durationUs: number): void {
    this.#one.cost[0] = cost;
    this.#one.durationUs[0] = durationUs;
    this.#limiter.decide(this.#one, this.#decision);
  }

  /** Makes the only row of the batch speak of this key at this time. */
  #point(key: number, tenant: number, nowUs: number): void {
    const one = this.#one;
    const { keys, tenants } = this.#attempts;
    const slot = this.#slots ? this.#slots.slotOf(key, keys) : key;
    this.#reserve(this.#slots ? this.#slots.slots : keys, tenants);
    if (this.#lastUs[slot] === never) this.#known++;
    const clockUs = Math.max(nowUs, this.#lastUs[slot]);
    this.#lastUs[slot] = clockUs;
    one.timeUs[0] = clockUs;
    one.key[0] = slot;
    one.tenant[0] = tenant;
  }

  #reserve(keys: number, tenants: number): void {
    this.#one.tenants = tenants;
    if (keys <= this.#reserved) return;
    this.#reserved = Math.max(keys, this.#reserved * 2);
    this.#one.keys = this.#reserved;
    this.#lastUs = grown(this.#lastUs, this.#reserved, never);
    this.#limiter.reserve(this.#reserved);
  }
}
