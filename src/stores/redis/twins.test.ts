import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Limiter } from '../../algorithms/algorithm.ts';
import { neverHeld, type ScriptReply, scriptText } from '../../algorithms/redis/redis.ts';
import { type Case, cases } from '../../algorithms/testing/cases.ts';
import { decideByHand, type Request } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { type EmbeddedRedis, startEmbeddedRedis } from './embedded.ts';

const dayMs = 86_400_000; // logical time says nothing about when a key may expire

let server: EmbeddedRedis;
let redis: Redis;
let run = 0;

beforeAll(async () => {
  server = await startEmbeddedRedis();
  redis = new Redis(server.socketPath);
});

afterAll(async () => {
  redis?.disconnect();
  await server?.stop();
});

interface Answer {
  readonly waitUs: number;
  readonly delayUs: number;
  readonly remaining: number;
}

async function byScript(
  { algorithm, quota, params, epochUs }: Case,
  requests: readonly Request[],
): Promise<Answer[]> {
  const settings = algorithm.params.parse(params);
  const sha = String(await redis.script('LOAD', scriptText(algorithm.redis!.lua(settings))));
  const limit = algorithm.redis!.settings(quota, settings, { epochUs });
  run++;
  const replies = await Promise.all(
    requests.map(({ atUs, key, cost, durationUs }) =>
      redis.evalsha(sha, 1, `twin:${run}:{${key}}`, atUs, 0, cost, durationUs, dayMs, ...limit),
    ),
  );
  return replies.map((reply) => {
    const [held, remaining] = reply as ScriptReply; // what clock.lua returns
    if (held >= 0) return { waitUs: 0, delayUs: held, remaining };
    return { waitUs: held === neverHeld ? Number.POSITIVE_INFINITY : -held, delayUs: 0, remaining };
  });
}

function byLimiter(limiter: Limiter, requests: readonly Request[]): Answer[] {
  return requests.map((request) => ({
    ...decideByHand(limiter, request),
    remaining: limiter.remaining(request.key, request.atUs),
  }));
}

describe.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
  test('decides in Redis as on the virtual clock, request by request', async () => {
    const requests = traffic(each.quota, { epochUs: each.epochUs, keys: 3, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(requests, async (requests) => {
        expect(await byScript(each, requests)).toEqual(byLimiter(each.create(), requests));
      }),
      { numRuns: 40 },
    );
  });
});
