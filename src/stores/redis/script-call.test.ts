import type { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { ownRedis } from '../testing/own-redis.ts';
import { scriptOn } from './script-call.ts';

let redis: Redis;
ownRedis((own) => {
  redis = own;
});

test('calls of scripts and other commands are answered each with its own, however they are mixed', async () => {
  const say = scriptOn(redis, 'Say', 'return ARGV[1] + 0', 1);
  const withBytes = scriptOn(redis, 'WithBytes', 'return { #KEYS[1], ARGV[1] + 0 }', 1);
  const answers = Array.from({ length: 200 }, (_, n) => {
    if (n % 7 === 3) return redis.echo(`${n}`);
    if (n % 7 === 5) return redis.multi().echo(`${n}`).exec();
    return n % 2 === 0 ? say('k', `${n}`) : withBytes('ключ', `${n}`);
  });
  expect(await Promise.all(answers)).toEqual(
    answers.map((_, n) => {
      if (n % 7 === 3) return `${n}`;
      if (n % 7 === 5) return [[null, `${n}`]];
      return n % 2 === 0 ? n : [8, n];
    }),
  );
});

test('a script that the server has forgotten is sent whole again', async () => {
  const say = scriptOn(redis, 'Say', 'return ARGV[1] + 0', 1);
  await say('k', '1');
  await redis.script('FLUSH');
  expect(await Promise.all([say('k', '2'), say('k', '3'), redis.ping()])).toEqual([2, 3, 'PONG']);
});
