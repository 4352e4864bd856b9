/** What the naive recipes admit when their requests race, beside the atomic scripts. */
import type { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { algorithms } from '../../algorithms/index.ts';
import { type ScriptReply, scriptOfLimit } from '../../algorithms/redis/redis.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { ownRedis } from '../testing/own-redis.ts';
import { dayMs, naiveRequest, newName, recipes } from './naive.recipes.ts';
import { runNaive } from './naive-runner.ts';

const limit = 10;
const tenAMinute = quota(`${limit}/1m`);
const context = { epochUs: 0 };
const durationUs = 60e6;

let redis: Redis;
ownRedis((own) => {
  redis = own;
});

/** How many of 100 requests of one instant pass, on one connection: all first round trips are sent before any answer. */
async function admittedOf100(decide: () => Promise<boolean>): Promise<number> {
  const decisions = await Promise.all(Array.from({ length: 100 }, decide));
  return decisions.filter((allowed) => allowed).length;
}

const races = [
  ['fixed-window get-then-set', 100, 100], // the counter stands at 1
  ['fixed-window multi-without-watch', 100, 0], // the counter stands at 100
  ['fixed-window incr-then-expire', limit, 0],
  ['sliding-window-log zcard-then-zadd', 100, 0],
  ['sliding-window-log zadd-first', 0, 0], // all see each other, and are refused for each other
  ['sliding-window-log zadd-timestamp', 100, 100], // one member for all requests of the instant
  ['sliding-window-counter multi-without-watch', 100, 0],
  ['sliding-window-counter incr-first', limit, 0],
  ['token-bucket get-then-set', 100, 100],
  ['token-bucket multi-without-watch', 100, 100],
  ['leaky-bucket get-then-set', 100, 100],
  ['leaky-bucket multi-without-watch', 100, 100],
  ['leaky-bucket-queue get-then-set', 100, 100],
  ['leaky-bucket-queue multi-without-watch', 100, 100],
  ['gcra get-then-set', 100, 100],
  ['gcra multi-without-watch', 100, 100],
  ['concurrency zcard-then-zadd', 100, 0],
  ['concurrency zadd-first', limit, 0],
] as const;

describe('under a limit of 10, of 100 requests at once and 100 more a microsecond later', () => {
  test.each(races)('%s admits %i and %i', async (name, first, second) => {
    const found = recipes.find((recipe) => recipe.name === name);
    const key = `race:{${newName()}}`;
    const burst = (atUs: number) =>
      admittedOf100(async () => {
        const request = naiveRequest({ atUs, key: 0, cost: 1, durationUs }, key);
        return (await runNaive(redis, found!.recipe.sequence, request, tenAMinute, context)).allowed;
      });
    expect([await burst(1), await burst(2)]).toEqual([first, second]);
  });

  test.each(algorithms.map((algorithm) => [algorithm.name, algorithm] as const))(
    'the script of %s admits 10 and 0',
    async (_, algorithm) => {
      const params = algorithm.params.parse({});
      const settings = algorithm.redis!.settings(tenAMinute, params, context);
      const terms = { isServerTime: false, speed: 1, keepMs: dayMs };
      const script = scriptOfLimit(algorithm.redis!.lua(params), settings, terms);
      const key = `race:{${newName()}}`;
      const burst = (atUs: number) =>
        admittedOf100(async () => {
          const reply = (await redis.eval(script, 1, key, atUs, 1, durationUs)) as ScriptReply; // what answer.lua returns
          return typeof reply === 'number' || reply[0] >= 0;
        });
      expect([await burst(1), await burst(2)]).toEqual([limit, 0]);
    },
  );

  test('no recipe is left out', () => {
    expect(recipes.map(({ name }) => name).sort()).toEqual(races.map(([name]) => name).sort());
  });
});
