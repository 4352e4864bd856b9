/** How tests make limiters and batches: quotas as people write them, parameters through each algorithm's own schema. */
import { parseCount, parsePeriod } from '../../units.ts';
import type { Algorithm, Limiter, Quota } from '../algorithm.ts';
import { ArrivalBatch, DecisionBatch } from '../batch.ts';

/** Keys below this number may be used in a test. */
export const testKeys = 8;

export interface Request {
  readonly atUs: number;
  readonly key: number;
  readonly cost: number;
  readonly durationUs: number;
}

/** `waitUs` is 0 for an admitted request, `delayUs` is 0 for a refused one. */
export interface Decision {
  readonly waitUs: number;
  readonly delayUs: number;
}

/** `100/1m` or `7/3us`, with the burst when it is not the limit. */
export function quota(text: string, burst?: number): Quota {
  const [limit, period] = text.split('/');
  return { limit: parseCount(limit), periodUs: parsePeriod(period), burst: burst ?? parseCount(limit) };
}

export function limiterOf(algorithm: Algorithm, quota: Quota, params: object = {}, epochUs = 0): Limiter {
  const limiter = algorithm.create(quota, algorithm.params.parse(params), { epochUs });
  limiter.reserve(testKeys);
  return limiter;
}

/** What `decide` does for one request, spelled out. */
export function decideByHand(limiter: Limiter, { atUs, key, cost, durationUs }: Request): Decision {
  const waitUs = limiter.waitUs(key, atUs, cost);
  if (waitUs === 0) return { waitUs, delayUs: limiter.take(key, atUs, cost, durationUs) };
  limiter.refuse(key, atUs, cost);
  return { waitUs, delayUs: 0 };
}

export function decideAllByHand(limiter: Limiter, requests: readonly Request[]): Decision[] {
  return requests.map((request) => decideByHand(limiter, request));
}

/** The same through the batch loop, all requests in one batch. */
export function decideBatch(
  limiter: Limiter,
  requests: readonly Request[],
  tenantOf = (_key: number) => 0,
): Decision[] {
  const arrivals = new ArrivalBatch(requests.length);
  const decisions = new DecisionBatch(requests.length);
  requests.forEach((request, row) => {
    arrivals.timeUs[row] = request.atUs;
    arrivals.key[row] = request.key;
    arrivals.tenant[row] = tenantOf(request.key);
    arrivals.cost[row] = request.cost;
    arrivals.durationUs[row] = request.durationUs;
  });
  arrivals.length = requests.length;
  arrivals.keys = testKeys;
  arrivals.tenants = 1 + Math.max(...Array.from({ length: testKeys }, (_, key) => tenantOf(key)));
  arrivals.findOneCost();
  limiter.decide(arrivals, decisions);
  return requests.map((_, row) =>
    decisions.allowed[row] === 1
      ? { waitUs: 0, delayUs: decisions.delayUs[row] }
      : { waitUs: decisions.retryAfterUs[row], delayUs: 0 },
  );
}
