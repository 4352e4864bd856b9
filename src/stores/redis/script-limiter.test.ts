import type { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { gcra } from '../../algorithms/gcra/index.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { ownRedis } from '../testing/own-redis.ts';
import { ScriptLimiter } from './script-limiter.ts';

let redis: Redis;
ownRedis((own) => {
  redis = own;
});

/** Limits of 1, 2, 3 … a minute, each asked once for three units. */
async function decideUnderEach(limits: number): Promise<boolean[]> {
  const quotas = Array.from({ length: limits }, (_, at) => quota(`${at + 1}/1m`));
  const limiter = new ScriptLimiter(
    [redis],
    {
      algorithm: gcra,
      params: {},
      access: 'atomic',
      quotas,
      context: { epochUs: 0 },
      clock: { kind: 'logical' },
    },
    async () => 0,
    async () => ({}),
  );
  const decisions = quotas.map((_, at) =>
    limiter.decide({ limits: [at], names: [`limits:${limits}:{${at}}`], nowUs: 0, cost: 3, durationUs: 0 }),
  );
  return (await Promise.all(decisions)).map(({ allowed }) => allowed);
}

async function scriptsOnServer(): Promise<number> {
  return Number(/number_of_cached_scripts:(\d+)/.exec(await redis.info('memory'))![1]);
}

describe('a script for each limit', () => {
  test.each([
    { limits: 5, scripts: 5, why: 'few limits are written into scripts of their own' },
    { limits: 65, scripts: 1, why: 'many come as arguments of one, since a server forgets no script' },
  ])('$limits limits make $scripts: $why', async ({ limits, scripts }) => {
    await redis.script('FLUSH');
    const decided = await decideUnderEach(limits);
    expect(decided).toEqual(decided.map((_, at) => at >= 2));
    expect(await scriptsOnServer()).toBe(scripts);
  });
});
