import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TestRedis, until } from '../../src/stores/testing/redis-server.ts';
import { TestMemcached } from '../../src/stores/testing/servers.ts';
import { ratelimit } from './program.ts';
import { decisionIn, TestService } from './service.ts';

const hourly = ['--algorithm', 'gcra', '--limit', '3/1h'];
const services: TestService[] = [];

async function serving(...flags: string[]): Promise<TestService> {
  const service = await TestService.start(flags);
  services.push(service);
  return service;
}

afterEach(async () => {
  const ends = await Promise.all(services.splice(0).map((service) => service.stop()));
  expect(ends.filter(({ code }) => code !== 0)).toEqual([]);
});

describe('state in Redis', () => {
  let server: TestRedis;
  let redis: Redis;

  beforeAll(async () => {
    server = await TestRedis.start();
    redis = new Redis(server.port);
  });

  afterAll(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  afterEach(() => redis.flushall()); // the test's own server

  test('is shared by services with the same limits, and by no others', async () => {
    const [one, two, other] = await Promise.all([
      serving(...hourly, '--store', server.url),
      serving(...hourly, '--store', server.url),
      serving('--algorithm', 'gcra', '--limit', '2/1h', '--store', server.url),
    ]);
    const requests = [one, two, one, two, one, two, other].map((service) => service.check({ key: 'ann' }));
    const answers = await Promise.all(requests);
    expect(answers.slice(0, 6).filter(({ ok }) => ok)).toHaveLength(3);
    expect(answers[6].status).toBe(200);
  });

  test('outlives the service, under names that hold no key and go by their time to live', async () => {
    const first = await serving(...hourly, '--store', server.url);
    await first.check({ key: 'a secret', cost: 3 });
    expect((await first.stop()).code).toBe(0);
    const second = await serving(...hourly, '--store', server.url);
    expect((await second.check({ key: 'a secret' })).status).toBe(429);
    const [name, ...others] = await redis.keys('*');
    expect(others).toEqual([]);
    expect(name).toMatch(/^ratelimit:serve:[\w-]{8}:\{[\w-]{22}\}$/);
    expect(await redis.ttl(name)).toBeGreaterThan(3500);
    expect(await redis.ttl(name)).toBeLessThanOrEqual(3600);
  });

  test('clients are told as they are in memory; the commands are counted', async () => {
    const [inRedis, inMemory] = await Promise.all([
      serving(...hourly, '--store', server.url),
      serving(...hourly),
    ]);
    for (const cost of [1, 2, 1, 4]) {
      const [stored, remembered] = await Promise.all(
        [inRedis, inMemory].map((service) => service.check({ key: 'ann', cost })),
      );
      for (const field of ['ratelimit-policy', 'ratelimit', 'retry-after'])
        expect(stored.headers.get(field)).toBe(remembered.headers.get(field));
    }
    const operations = 'rate_limiter_redis_ops_total';
    expect(await inRedis.metric(`${operations}{operation="eval"}`)).toBe(1); // makes the script known
    expect(await inRedis.metric(`${operations}{operation="evalsha"}`)).toBe(3);
    expect(await inRedis.metric(`${operations}{operation="ping"}`)).toBe(undefined);
    await inRedis.get('/ready');
    expect(await inRedis.metric(`${operations}{operation="ping"}`)).toBe(1);
    expect(await inMemory.metric(`${operations}{operation="evalsha"}`)).toBe(undefined);
  });
});

describe('when the store goes away', () => {
  test.each([
    ['closed', [503, 503], false],
    ['open', [200, 200], false],
    ['local', [200, 429], true],
  ])('%s', async (policy, statuses, isTold) => {
    const server = await TestRedis.start();
    const flags = [
      '--algorithm',
      'gcra',
      '--limit',
      '1/1h',
      '--store',
      server.url,
      '--on-store-error',
      policy,
    ];
    const service = await serving(...flags);
    expect((await service.get('/ready')).status).toBe(200);
    await server.kill();
    const answers = [await service.check({ key: 'ann' }), await service.check({ key: 'ann' })];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    expect(answers.map(({ headers }) => headers.has('ratelimit'))).toEqual([isTold, isTold]);
    expect(await decisionIn(answers[0])).toMatchObject({ allowed: answers[0].ok, store_error: 'connection' });
    expect(await service.metric('rate_limiter_redis_errors_total')).toBe(2);
    expect([(await service.get('/ready')).status, (await service.get('/health')).status]).toEqual([503, 200]);
    await server.restart();
    await until(async () => (await service.get('/ready')).status === 200);
    expect(await decisionIn(await service.check({ key: 'bob' }))).toEqual({
      allowed: true,
      remaining: 0,
      retry_after_us: 0,
      delay_us: 0,
    });
    await server.stop();
  });

  test('a store that is silent is given up', async () => {
    const server = await TestRedis.start();
    const service = await serving(...hourly, '--store', server.url);
    server.freeze();
    expect(await decisionIn(await service.check({ key: 'ann' }))).toMatchObject({ store_error: 'timeout' });
    await server.stop();
  });

  test('one that is not there at the start: exit code 3', async () => {
    const { code, stderr } = await ratelimit(['serve', ...hourly, '--store', 'redis://127.0.0.1:1']);
    expect(stderr).toMatch(/^ratelimit: redis:\/\/127\.0\.0\.1:1: cannot be used: nothing listens there/);
    expect(code).toBe(3);
  });
});

test('a store without scripts decides too, and clients are told what is known', async () => {
  const server = await TestMemcached.start();
  const service = await serving(...hourly, '--store', server.url);
  const answers = [];
  for (let at = 0; at < 4; at++) answers.push(await service.check({ key: 'ann' }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers[3].headers.get('ratelimit-policy')).toBe('"3/1h";q=3;w=3600');
  expect(Number(answers[3].headers.get('retry-after'))).toBeGreaterThan(1100);
  await server.stop();
});

test('a store that cannot decide by this algorithm: exit code 2', async () => {
  const { code, stderr } = await ratelimit(['serve', ...hourly, '--store', 'mock']);
  expect(stderr).toMatch(/^ratelimit: --store: gcra on a mock/);
  expect(code).toBe(2);
});
