import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RedisState, unixUsText } from '../algorithms/redis/state.ts';
import { findAlgorithm, parseSelections, validParams } from '../sim/selection.ts';
import { openStore } from '../stores/index.ts';
import type { Store, StoreRow } from '../stores/store.ts';
import { TestRedis, until } from '../stores/testing/redis-server.ts';
import { rowNamed, testPrefix } from '../stores/testing/rows.ts';
import { keyBytes, type RedisBuild, tableBytes } from './redis-bytes.ts';
import { redisStateOf } from './redis-state.ts';

const startUs = Number(unixUsText);
const periodUs = 60e6;

/** Debian's Redis uses the system's jemalloc; others come with their own. */
async function quantumOf(redis: Redis): Promise<8 | 16> {
  const name = 'twenty-characters-ok'; // 22 bytes with head and end
  await redis.set(name, '1764');
  expect(await redis.info('memory')).toContain('mem_allocator:jemalloc');
  const nameBytes = (await redis.memory('USAGE', name))! - 24 - 16; // the entry and the object
  return nameBytes > 24 ? 16 : 8;
}

/** Copies a key inside the server, with its time to live, to names of the same length. */
const copies = `
for at = 1, ARGV[1] do redis.call('COPY', KEYS[1], KEYS[1] .. string.format(':%06d', at)) end
redis.call('DEL', KEYS[1])`;

const cases: readonly [selection: string, requests: number, limit: number][] = [
  ['fixed-window', 1, 100],
  ['fixed-window', 100, 100],
  ['fixed-window:align=first', 100, 100],
  ['sliding-window-log', 1, 100],
  ['sliding-window-log', 10, 100],
  ['sliding-window-log', 100, 100],
  ['sliding-window-log', 1000, 1000], // several listpacks
  ['sliding-window-log:access=zadd-timestamp', 100, 1000],
  ['sliding-window-log:access=zadd-timestamp', 128, 1000],
  ['sliding-window-log:access=zadd-timestamp', 129, 1000], // a skip list from here on
  ['sliding-window-log:access=zadd-timestamp', 500, 1000],
  ['sliding-window-counter', 1, 100],
  ['sliding-window-counter', 100, 100],
  ['sliding-window-counter:sub_windows=10', 50, 100],
  ['token-bucket', 1, 100],
  ['token-bucket', 100, 100],
  ['token-bucket:refill=interval', 10, 100],
  ['leaky-bucket', 50, 100],
  ['leaky-bucket-queue', 50, 100],
  ['gcra', 1, 100],
  ['gcra', 7, 7], // does not divide the minute: two numbers in one text
  ['concurrency', 1, 100],
  ['concurrency', 100, 100],
  ['concurrency', 600, 1000], // a table from 513 on
];

function rowAndState(selection: string, limit: string): { row: StoreRow; state: RedisState } {
  const [{ algorithm: name, params, access = 'atomic' }] = parseSelections(selection);
  const row = { ...rowNamed(name, limit, access), params: validParams(findAlgorithm(name), params) };
  return { row, state: redisStateOf(row.algorithm, row.params, access, row.quotas[0]) };
}

const inCluster = cases.filter(([selection, requests]) => selection === 'gcra' || requests === 10);

describe.each([
  ['a server', false, cases],
  ['a node of a cluster', true, inCluster],
] as const)('on %s', (_, isCluster, cases) => {
  let server: TestRedis;
  let redis: Redis;
  let store: Store;
  let build: RedisBuild;

  beforeAll(async () => {
    server = await TestRedis.start(...(isCluster ? ['--cluster-enabled', 'yes'] : []));
    redis = new Redis(server.port);
    if (isCluster) {
      await redis.cluster('ADDSLOTSRANGE', 0, 16383);
      await until(async () => (await redis.cluster('INFO')).includes('cluster_state:ok'));
    }
    store = await openStore(server.url, { prefix: testPrefix, timeoutMs: 20_000, connections: 1, env: {} });
    build = { quantum: await quantumOf(redis), isCluster };
  });

  afterAll(async () => {
    await store?.close();
    redis?.disconnect();
    await server?.stop();
  });

  /** Lets a client make so many requests within a period; one that makes several has also been there before. */
  async function fill(row: StoreRow, requests: number): Promise<string> {
    const name = `${testPrefix}{client}`;
    const limiter = await store.open(row);
    const ask = (nowUs: number) =>
      limiter.decide({ limits: [0], names: [name], nowUs, cost: 1, durationUs: 100 * periodUs });
    if (requests > 1) await ask(startUs - periodUs);
    for (let request = 0; request < requests; request++) {
      await ask(startUs + Math.floor((request * periodUs) / (requests + 1)));
    }
    return name;
  }

  async function growth(key: string, keys: number): Promise<number> {
    const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))![1]);
    await redis.eval(copies, 1, key, 1); // what the first copy costs the script's own cache
    await redis.copy(`${key}:000001`, key);
    const before = await used();
    await redis.eval(copies, 1, key, keys);
    const bytes = (await used()) - before;
    await redis.flushall('SYNC');
    return bytes / keys;
  }

  test.each(cases)('%s after %i requests of %i a minute: within 10 %', async (selection, requests, limit) => {
    const { row, state } = rowAndState(selection, `${limit}/1m`);
    const name = await fill(row, requests);
    const keys = requests > 100 ? 5000 : 100_000; // large ones take the server long to copy
    const measured = await growth(name, keys);
    const predicted = keyBytes(state.value(requests), name.length + 7, build) + (2 * tableBytes(keys)) / keys;
    expect(predicted / measured).toBeGreaterThan(0.9);
    expect(predicted / measured).toBeLessThan(1.1);
  });
});
