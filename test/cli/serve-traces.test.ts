import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort, TestRedis, until } from '../../src/stores/testing/redis-server.ts';
import { TestCollector } from './collector.ts';
import { TestService } from './service.ts';

const flags = ['--algorithm', 'gcra', '--limit', '3/1h'];

let collector: TestCollector;

beforeEach(async () => {
  collector = await TestCollector.start();
});

afterEach(() => collector.stop());

/** One decision by a service of its own; what it traced has arrived when it has ended. */
async function decided(
  more: readonly string[],
  work = (service: TestService) => service.check({ key: 'ann' }),
) {
  const service = await TestService.start([...flags, ...more, '--otlp', collector.url]);
  await work(service);
  expect((await service.stop()).code).toBe(0);
}

describe('traces of a decision', () => {
  test('in memory', async () => {
    await decided([]);
    expect(collector.outline()).toEqual([
      'rate_limit_check',
      '  extract_identifier',
      '  load_config',
      '  algorithm_execute',
    ]);
    const root = collector.spans.find(({ name }) => name === 'rate_limit_check')!;
    expect(root.attributes).toEqual([
      { key: 'ratelimit.algorithm', value: { stringValue: 'gcra' } },
      { key: 'ratelimit.allowed', value: { boolValue: true } },
      { key: 'ratelimit.remaining', value: { intValue: 2 } },
    ]);
    expect(JSON.stringify(collector.spans)).not.toContain('ann');
    expect([...collector.services]).toEqual(['ratelimit']);
  });

  test('in Redis; a second attempt shows where the server has lost the script', async () => {
    const server = await TestRedis.start();
    const redis = new Redis(server.port);
    await decided(['--store', server.url], async (service) => {
      await service.check({ key: 'ann' });
      await redis.script('FLUSH');
      return service.check({ key: 'ann' });
    });
    const start = ['rate_limit_check', '  extract_identifier', '  load_config', '  redis_query'];
    const query = ['    redis_connect', '    lua_script_exec', '    algorithm_execute'];
    const again = [
      '    redis_connect',
      '    lua_script_exec: failed',
      '    lua_script_exec',
      '    algorithm_execute',
    ];
    expect(collector.outline()).toEqual([...start, ...query, ...start, ...again]);
    redis.disconnect();
    await server.stop();
  });

  test('without a connection', async () => {
    const server = await TestRedis.start();
    await decided(['--store', server.url], async (service) => {
      await server.kill();
      await until(async () => (await service.get('/ready')).status === 503); // it has learnt of it
      return service.check({ key: 'ann' });
    });
    expect(collector.outline().slice(-2)).toEqual(['  redis_query: failed', '    redis_connect: failed']);
    await server.stop();
  });

  test("what is wrong with the request; and the caller's trace goes on", async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await decided(['--key', 'header:x-api-key'], (service) => {
      return service.get('/', { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    });
    const callers = 'b7ad6b7169203331';
    expect(collector.outline(callers)).toEqual(['rate_limit_check: failed', '  extract_identifier: failed']);
    expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  });

  test('asked for by the environment, under its name', async () => {
    const service = await TestService.start(flags, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'edge',
    });
    await service.get('/');
    await service.stop();
    expect([...collector.services]).toEqual(['edge']);
  });

  test('a collector that is not there: decisions go on, and standard error says so', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const service = await TestService.start([...flags, '--otlp', nobody], {
      OTEL_EXPORTER_OTLP_TIMEOUT: '200',
    });
    expect((await service.check({ key: 'ann' })).status).toBe(200);
    const { code, stderr } = await service.stop();
    expect(stderr).toMatch(/^ratelimit: traces cannot be sent: .*ECONNREFUSED/m);
    expect(code).toBe(0);
  });
});
