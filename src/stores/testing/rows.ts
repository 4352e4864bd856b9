/** Rows and requests for stores, as the engine makes them. */
import type { Limiter } from '../../algorithms/algorithm.ts';
import { algorithms } from '../../algorithms/index.ts';
import { type Case, caseOf } from '../../algorithms/testing/cases.ts';
import { decideByHand, quota, type Request } from '../../algorithms/testing/limiters.ts';
import type { StoreDecision, StoreLimiter, StoreRequest, StoreRow } from '../store.ts';

/** What the names of all state in tests begin with. */
export const testPrefix = 'ratelimit:test:';

let rows = 0;

/** A row of one limit, in logical time. */
export function rowOf({ algorithm, quota, params, epochUs }: Case, access = 'atomic'): StoreRow {
  return {
    algorithm,
    params: algorithm.params.parse(params),
    access,
    quotas: [quota],
    context: { epochUs },
    clock: { kind: 'logical' },
  };
}

/** The same by the algorithm's name, with its default parameters. */
export function rowNamed(name: string, limit: string, access = 'atomic'): StoreRow {
  const algorithm = algorithms.find((each) => each.name === name)!; // a test that misspells it fails
  return rowOf(caseOf(algorithm, { quota: quota(limit), epochUs: 0 }), access);
}

/** In wall time requests on one name do not wait for each other. */
export function inWallTime(row: StoreRow): StoreRow {
  return { ...row, clock: { kind: 'wall', speed: 1 } };
}

/** Requests of one instant on one key. */
export function burst(costs: readonly number[], atUs = 0): Request[] {
  return costs.map((cost) => ({ atUs, key: 0, cost, durationUs: 0 }));
}

export function admittedOf(decisions: readonly StoreDecision[]): number {
  return decisions.filter(({ allowed }) => allowed).length;
}

/** Sends all requests at once; to keys that no other call has used, if nothing else is said. */
export function decideTogether(
  limiter: Pick<StoreLimiter, 'decide'>,
  requests: readonly Request[],
  nameOf = freshNames(),
): Promise<StoreDecision[]> {
  return Promise.all(requests.map((request) => limiter.decide(storeRequest(request, nameOf))));
}

/** Sends each request after the answer to the one before. */
export async function decideInTurn(
  limiter: Pick<StoreLimiter, 'decide'>,
  requests: readonly Request[],
  nameOf = freshNames(),
): Promise<StoreDecision[]> {
  const decisions: StoreDecision[] = [];
  for (const request of requests) decisions.push(await limiter.decide(storeRequest(request, nameOf)));
  return decisions;
}

export function freshNames(): (key: number) => string {
  const row = rows++;
  return (key) => `${testPrefix}${row}:{${key}}`;
}

function storeRequest(
  { atUs, key, cost, durationUs }: Request,
  nameOf: (key: number) => string,
): StoreRequest {
  return { limits: [0], names: [nameOf(key)], nowUs: atUs, cost, durationUs };
}

/** What the limiter on the virtual clock answers to the same. */
export function decideVirtually(limiter: Limiter, requests: readonly Request[]): StoreDecision[] {
  return requests.map((request) => {
    const { waitUs, delayUs } = decideByHand(limiter, request);
    const remaining = limiter.remaining(request.key, request.atUs);
    return { allowed: waitUs === 0, retryAfterUs: waitUs, delayUs, remaining, atUs: request.atUs };
  });
}
