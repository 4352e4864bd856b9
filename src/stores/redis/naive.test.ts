/** What a naive recipe decides alone, and what it leaves behind when its client dies. */
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { type NaiveSequence, takesParams } from '../../algorithms/redis/naive.ts';
import { type Case, caseOf, quotas } from '../../algorithms/testing/cases.ts';
import { type Decision, decideByHand, quota, type Request } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { ownRedis } from '../testing/own-redis.ts';
import { dayMs, naiveRequest, newName, recipes } from './naive.recipes.ts';
import { runNaive } from './naive-runner.ts';

let redis: Redis;
ownRedis((own) => {
  redis = own;
});

describe.each(recipes.map((each) => [each.name, each] as const))('%s', (name, { algorithm, recipe }) => {
  test.each(quotas.map((each) => [`${each.quota.limit}/${each.quota.periodUs}us`, each] as const))(
    'decides as the limiter while nobody gets in between: %s',
    async (_, each) => {
      const limiterCase = caseOf(algorithm, each, recipe.params);
      const random = traffic(each.quota, { epochUs: each.epochUs, keys: 3, maxLength: 60 });
      const requests = name.endsWith('zadd-timestamp') ? random.map(oneAtAnInstant) : random;
      await fc.assert(
        fc.asyncProperty(requests, async (requests) => {
          const limiter = limiterCase.create();
          const expected = requests.map((request) => decideByHand(limiter, request));
          expect(await oneByOne(recipe.sequence, limiterCase, requests)).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    },
  );

  test('leaves a key for ever only where that is its fault', async () => {
    const key = `dead:{${newName()}}`;
    const request = naiveRequest({ atUs: 5, key: 0, cost: 1, durationUs: 7 }, key);
    const steps = recipe.sequence(request, quota('10/1m'), { epochUs: 0 });
    const immortal = [];
    for (let step = steps.next(); !step.done; ) {
      const replies = [];
      for (const [command, ...args] of step.value.commands) replies.push(await redis.call(command, ...args));
      immortal.push(...(await immortalKeys(key))); // as if the client had died now
      step = steps.next(replies);
    }
    expect(immortal).toHaveLength(name === 'fixed-window incr-then-expire' ? 1 : 0);
    expect(await redis.keys(`${key}*`)).toHaveLength(1);
  });
});

async function oneByOne(
  sequence: NaiveSequence,
  { quota, epochUs }: Case,
  requests: readonly Request[],
): Promise<Decision[]> {
  const run = newName();
  const decisions = [];
  for (const request of requests) {
    const naive = naiveRequest(request, `alone:${run}:{${request.key}}`);
    const { retryAfterUs, delayUs } = await runNaive(redis, sequence, naive, quota, { epochUs });
    decisions.push({ waitUs: retryAfterUs, delayUs });
  }
  return decisions;
}

/** The first request of each instant: what zadd-timestamp tells apart. */
function oneAtAnInstant(requests: readonly Request[]): Request[] {
  return requests.filter(
    ({ atUs, key }, place) =>
      place === requests.findIndex((other) => other.atUs === atUs && other.key === key),
  );
}

async function immortalKeys(prefix: string): Promise<string[]> {
  const keys = await redis.keys(`${prefix}*`);
  const ttls = await Promise.all(keys.map((key) => redis.ttl(key)));
  return keys.filter((_, place) => ttls[place] === -1);
}

test.each([
  ['a command', 'gcra get-then-set'],
  ['one of several commands', 'sliding-window-log zcard-then-zadd'],
  ['one in a transaction', 'sliding-window-log zadd-timestamp'],
])('rejects when %s fails', async (_, name) => {
  const key = `wrong:{${newName()}}`;
  await redis.hset(key, 'a', 'hash');
  await redis.pexpire(key, dayMs);
  const request = naiveRequest({ atUs: 0, key: 0, cost: 1, durationUs: 0 }, key);
  const { sequence } = recipes.find((each) => each.name === name)!.recipe;
  const decision = runNaive(redis, sequence, request, quota('10/1m'), { epochUs: 0 });
  await expect(decision).rejects.toThrow('WRONGTYPE');
});

test('a row may leave the parameters alone or spell out those of the recipe, and no others', () => {
  const { algorithm, recipe } = recipes.find(({ name }) => name === 'fixed-window incr-then-expire')!;
  const takes = (params: object) => takesParams(recipe, algorithm.params, algorithm.params.parse(params));
  expect(takes({})).toBe(true);
  expect(takes({ count_rejected: true })).toBe(true);
  expect(takes({ align: 'first' })).toBe(false);
  expect(takes({ align: 'first', count_rejected: true })).toBe(false);
});
