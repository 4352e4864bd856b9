import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { type EmbeddedRedis, startEmbeddedRedis } from '../redis/embedded.ts';

/** Gives the tests of a file a Redis of their own, as long as they run: a client that is connected to it. */
export function ownRedis(give: (redis: Redis) => void): void {
  let server: EmbeddedRedis | undefined;
  let redis: Redis | undefined;

  beforeAll(async () => {
    server = await startEmbeddedRedis();
    redis = new Redis(server.socketPath);
    await redis.ping();
    give(redis);
  });

  afterAll(async () => {
    redis?.disconnect();
    await server?.stop();
  });
}
