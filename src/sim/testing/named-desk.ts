import { TenantNumbers, tenantOf } from '../../traffic/tenant.ts';
import { DecisionDesk } from '../decision-desk.ts';
import type { Rule } from '../rule.ts';
import type { Selection } from '../selection.ts';

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

/** Decides requests by name of key, and answers with plain data. */
export class NamedDesk {
  readonly #desk: DecisionDesk;
  readonly #keys = new Map<string, number>();
  readonly #tenants = new TenantNumbers();

  constructor(selection: Selection, rules: readonly Rule[]) {
    this.#desk = new DecisionDesk(selection, rules);
  }

  decide(request: Request, explain: boolean): Decided {
    const desk = this.#desk;
    const { key: name, decidedAtUs, cost, durationUs } = request;
    const key = this.#keys.get(name) ?? this.#keys.size;
    this.#keys.set(name, key);
    const tenant = this.#tenants.of(tenantOf(name));
    const before = explain ? desk.explain(key, tenant, decidedAtUs) : undefined;
    desk.decide(key, tenant, decidedAtUs, cost, durationUs);
    const { allowed, remaining, retryAfterUs, delayUs } = desk;
    return {
      request,
      allowed,
      remaining,
      retryAfterUs,
      delayUs,
      ...(before !== undefined && { before, after: desk.explain(key, tenant, decidedAtUs) }),
    };
  }
}
