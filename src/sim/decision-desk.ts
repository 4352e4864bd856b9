import type { Limiter } from '../algorithms/algorithm.ts';
import { ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { TenantNumbers, tenantOf } from '../traffic/tenant.ts';
import { contractOf } from './contract.ts';
import { createLimiter } from './limiters.ts';
import type { Rule } from './rule.ts';
import type { Selection } from './selection.ts';

/** A request as a person or a program writes it. */
export interface Request {
  /** As given: any whole number of microseconds. */
  readonly timeUs: number;
  /** The instant at which it is decided: `timeUs`, unless the clock was held. Never goes backwards. */
  readonly decidedAtUs: number;
  /** `tenant/user` makes the part before the slash the tenant, for limits that are shared. */
  readonly key: string;
  readonly cost: number;
  readonly durationUs: number;
}

export interface Decided {
  readonly request: Request;
  readonly allowed: boolean;
  readonly remaining: number;
  /** 0 when allowed, -1 when it can never pass. */
  readonly retryAfterUs: number;
  readonly delayUs: number;
  /** The limiter's state in words, when asked for. */
  readonly before?: string;
  readonly after?: string;
}

/** Decides single requests by name of key, as a server would, through the same limiters as a comparison. */
export class DecisionDesk {
  readonly #selection: Selection;
  readonly #rules: readonly Rule[];
  readonly #keys = new Map<string, number>();
  readonly #tenants = new TenantNumbers();
  readonly #arrival = new ArrivalBatch(1);
  readonly #decision = new DecisionBatch(1);
  #limiter: Limiter | undefined;
  #epochUs = 0;

  constructor(selection: Selection, rules: readonly Rule[]) {
    this.#selection = selection;
    this.#rules = rules;
    this.#open(0); // so that wrong parameters are found before the first request
  }

  decide(request: Request, explain: boolean): Decided {
    if (this.#keys.size === 0) this.#open(request.decidedAtUs);
    const limiter = this.#limiter!; // opened by the constructor
    const nowUs = request.decidedAtUs - this.#epochUs;
    const key = this.#arrive(request, nowUs);
    limiter.reserve(this.#arrival.keys);
    const before = explain ? this.#explainBefore(limiter, key, nowUs) : undefined;
    limiter.decide(this.#arrival, this.#decision);
    const allowed = this.#decision.allowed[0] === 1;
    const waitUs = this.#decision.retryAfterUs[0];
    return {
      request,
      allowed,
      remaining: limiter.remaining(key, nowUs),
      retryAfterUs: allowed ? 0 : waitUs === Number.POSITIVE_INFINITY ? -1 : waitUs,
      delayUs: allowed ? this.#decision.delayUs[0] : 0,
      ...(before !== undefined && { before, after: limiter.explain(key, nowUs) }),
    };
  }

  /** Peeks first, which changes no state: a composite learns the tenant of a key from its requests. */
  #explainBefore(limiter: Limiter, key: number, nowUs: number): string {
    const cost = this.#arrival.cost[0];
    this.#arrival.cost[0] = 0;
    limiter.decide(this.#arrival, this.#decision);
    this.#arrival.cost[0] = cost;
    return limiter.explain(key, nowUs);
  }

  /** Time 0 of the limiter is the first request; aligned windows are still aligned by the given times. */
  #open(epochUs: number): void {
    this.#epochUs = epochUs;
    this.#limiter = createLimiter(this.#selection, {
      rules: this.#rules,
      contracts: this.#rules.map(contractOf),
      selections: [this.#selection],
      context: { epochUs },
      tenants: [],
    });
  }

  #arrive({ key: name, cost, durationUs }: Request, nowUs: number): number {
    const arrival = this.#arrival;
    const key = this.#keys.get(name) ?? this.#keys.size;
    this.#keys.set(name, key);
    arrival.length = 1;
    arrival.timeUs[0] = nowUs;
    arrival.key[0] = key;
    arrival.tenant[0] = this.#tenants.of(tenantOf(name));
    arrival.cost[0] = cost;
    arrival.durationUs[0] = durationUs;
    arrival.keys = this.#keys.size;
    arrival.tenants = this.#tenants.size;
    return key;
  }
}
