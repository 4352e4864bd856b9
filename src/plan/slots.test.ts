import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdsInTimeFor } from '../algorithms/testing/law.ts';
import { TestRedis } from '../stores/testing/redis-server.ts';
import { zipfGroups } from './popularity.ts';
import { Placement } from './slots.ts';

describe('placement', () => {
  let server: TestRedis;
  let redis: Redis;

  beforeAll(async () => {
    server = await TestRedis.start('--cluster-enabled', 'yes');
    redis = new Redis(server.port);
  });

  afterAll(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  test('a name lies on the shard whose range has the slot that Redis names', async () => {
    const shards = 16_384; // one slot each
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a{b}c', '{}x', 'ratelimit:{42}:0', 'é{ü}'),
    );
    await holdsInTimeFor(
      fc.tuple(name, name),
      async ([one, other]) => {
        const [slot, otherSlot] = [
          await redis.cluster('KEYSLOT', one),
          await redis.cluster('KEYSLOT', other),
        ];
        const placement = Placement.ofNames([
          [one, 3],
          [other, 1],
        ]);
        expect(placement.fullest(shards).requests).toBe(slot === otherSlot ? 1 : 0.75);
      },
      100,
    );
  });

  test('no shard can have less than the hottest key, however many there are; keys themselves spread evenly', () => {
    const groups = zipfGroups(1e6, 1);
    const placement = Placement.ofGroups(groups);
    expect(placement.fullest(1)).toMatchObject({
      requests: expect.closeTo(1, 9),
      keys: expect.closeTo(1, 9),
    });
    for (const shards of [2, 3, 10, 100]) {
      const { requests, keys } = placement.fullest(shards);
      expect(requests).toBeGreaterThan(Math.max(1 / shards, groups[0].share));
      expect(keys * shards).toBeLessThan(1.05);
    }
  });
});
