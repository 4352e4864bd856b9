import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import type { Limiter } from '../../algorithms/algorithm.ts';
import { neverHeld, type ScriptReply, scriptOfLimit, scriptOfLimits } from '../../algorithms/redis/redis.ts';
import { type Case, cases } from '../../algorithms/testing/cases.ts';
import { decideByHand, type Request } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { ownRedis } from '../testing/own-redis.ts';

// logical time says nothing about when a key may expire
const terms = { isServerTime: false, speed: 1, keepMs: 86_400_000 };

let run = 0;
let redis: Redis;
ownRedis((own) => {
  redis = own;
});

interface Answer {
  readonly waitUs: number;
  readonly delayUs: number;
  readonly remaining: number;
}

/** Settings are written into the script, or come as arguments. */
type Form = 'written' | 'arguments';

function scriptOf({ algorithm, quota, params, epochUs }: Case, form: Form) {
  const chosen = algorithm.params.parse(params);
  const lua = algorithm.redis!.lua(chosen);
  const settings = algorithm.redis!.settings(quota, chosen, { epochUs });
  if (form === 'written') return { text: scriptOfLimit(lua, settings, terms), args: [] };
  return { text: scriptOfLimits(lua, Object.keys(settings), 1, terms), args: Object.values(settings) };
}

async function byScript(each: Case, requests: readonly Request[], form: Form): Promise<Answer[]> {
  const { text, args } = scriptOf(each, form);
  const sha = String(await redis.script('LOAD', text));
  run++;
  const replies = await Promise.all(
    requests.map(({ atUs, key, cost, durationUs }) =>
      redis.evalsha(sha, 1, `twin:${run}:{${key}}`, atUs, cost, durationUs, ...args),
    ),
  );
  return replies.map((reply) => answerOf(reply as ScriptReply)); // what answer.lua returns
}

function answerOf(reply: ScriptReply): Answer {
  const [held, remaining] = typeof reply === 'number' ? [0, reply] : reply;
  if (held >= 0) return { waitUs: 0, delayUs: held, remaining };
  return { waitUs: held === neverHeld ? Number.POSITIVE_INFINITY : -held, delayUs: 0, remaining };
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
        const wanted = byLimiter(each.create(), requests);
        expect(await byScript(each, requests, 'written')).toEqual(wanted);
        expect(await byScript(each, requests, 'arguments')).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });
});
