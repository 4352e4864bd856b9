import { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import type { StoreDecision } from '../../stores/store.ts';
import { createLimiter } from '../limiters.ts';
import type { ComparisonPlan } from '../plan.ts';
import type { ErrorPolicy } from './options.ts';

type Fallback = (arrivals: ArrivalBatch, row: number, nowUs: number) => StoreDecision;

/**
 * Decides what the store did not. `local` is a limiter in memory, as a node would keep one: it knows only of the requests
 * that it was asked about.
 */
export function fallbackFor(policy: ErrorPolicy, plan: ComparisonPlan): Fallback {
  if (policy === 'local') return localFallback(plan);
  const allowed = policy === 'open';
  const retryAfterUs = allowed ? 0 : Number.POSITIVE_INFINITY; // nobody knows, so nothing is told
  return (_arrivals, _row, atUs) => ({ allowed, retryAfterUs, delayUs: 0, atUs });
}

function localFallback(plan: ComparisonPlan): Fallback {
  const limiter = createLimiter(plan.selections[0], plan);
  const one = new ArrivalBatch(1);
  const decision = new DecisionBatch(1);
  one.length = 1;
  return (arrivals, row, nowUs) => {
    one.timeUs[0] = Math.max(one.timeUs[0], nowUs); // failures may come in another order than requests
    one.durationUs[0] = arrivals.durationUs[row];
    one.key[0] = arrivals.key[row];
    one.tenant[0] = arrivals.tenant[row];
    one.cost[0] = arrivals.cost[row];
    one.tenants = arrivals.tenants;
    limiter.reserve(arrivals.keys);
    limiter.decide(one, decision);
    const allowed = decision.allowed[0] === 1;
    return {
      allowed,
      retryAfterUs: allowed ? 0 : decision.retryAfterUs[0],
      delayUs: allowed ? decision.delayUs[0] : 0,
      atUs: one.timeUs[0],
    };
  };
}
